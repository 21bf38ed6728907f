// Command bench measures agrovet against bare programs that do the least that the same work needs,
// and says which of the limits hold. `make bench` runs it.
//
// Both sides run in the same minute on the same machine and against the same private PostgreSQL, by
// turns, and what counts is the ratio of the two: absolute numbers of a shared machine say little.
// Each figure is the median of several rounds.
//
// Start reading here: measurements is the list. harness.go builds and starts the product, bare.go is
// its peer (the bench binary itself, run with the argument "bare"), load.go makes the load. Then one
// file per group: start.go, events.go, reads.go, media.go, passwords.go, adds.go, foro.go, hop.go, chat.go, growth.go, import.go.
//
// The exit status is 1 when a limit is missed and 2 when something could not be measured.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"
)

// measurement fills some rows of the table.
type measurement struct {
	name string // for -only
	run  func(context.Context, *house) ([]row, error)
}

// measurements in the order in which they run: those that want a quiet machine first, those that
// add users last.
var measurements = []measurement{
	{"start", measureStart},
	{"memory", measureMemory},
	{"drain", measureDrain},
	{"lag", measureLag},
	{"kafka-drain", measureKafkaDrain},
	{"kafka-lag", measureKafkaLag},
	{"kafka-writes", measureKafkaWrites},
	{"kafka-away", measureKafkaAway},
	{"user", measureUser},
	{"page", measurePage},
	{"signed-in", measureSignedIn},
	{"objects", measureObjects},
	{"download", measureDownload},
	{"renditions", measureRenditions},
	{"slow-uploads", measureSlowUploads},
	{"login", measureLogin},
	{"flood", measureFlood},
	{"registration", measureRegistration},
	{"adds", measureAdds},
	{"foro", measureForo},
	{"hop", measureHop},
	{"chat", measureChat},
	{"sockets", measureIdleSockets},
}

// onDemand are measured only when they are asked for: they take minutes.
var onDemand = []measurement{
	{"growth", measureGrowth},
	{"foro-growth", measureForoGrowth},
	{"import", measureImport},
}

// errMissed says that a limit does not hold.
var errMissed = errors.New("a limit was missed")

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	var err error
	if len(os.Args) > 1 && os.Args[1] == "bare" {
		err = bare(ctx, os.Args[2:])
	} else {
		err = bench(ctx, os.Args[1:])
	}
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
	}
	switch {
	case errors.Is(err, errMissed):
		os.Exit(1)
	case err != nil:
		os.Exit(2)
	}
}

func bench(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	only := flags.String("only", "", "measure these alone, separated by commas: "+strings.Join(names(), ", "))
	rounds := flags.Int("rounds", 3, "rounds of each measurement; the median counts")
	flags.BoolVar(&realKafka, "real-kafka", false, "measure kafka-… on Apache Kafkas, by Java and Maven, instead of stand-ins")
	flags.IntVar(&adverts.small, "small", adverts.small, "adverts of the small database of growth")
	flags.IntVar(&adverts.large, "large", adverts.large, "adverts of the large database of growth; 10000000 takes an hour")
	flags.IntVar(&posts.small, "posts-small", posts.small, "posts of the small database of foro-growth")
	flags.IntVar(&posts.large, "posts-large", posts.large, "posts of the large database of foro-growth")
	if err := flags.Parse(args); err != nil {
		return err
	}
	chosen, err := choose(*only)
	if err != nil {
		return err
	}
	return measure(ctx, chosen, max(1, *rounds), os.Stdout)
}

// measure runs what was chosen and prints the table, also of an incomplete run.
func measure(ctx context.Context, chosen []measurement, rounds int, out io.Writer) (err error) {
	h, err := open(ctx, rounds)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	var rows []row
	var failed []error
	for _, m := range chosen {
		begun := time.Now()
		more, err := m.run(ctx, h)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			failed = append(failed, fmt.Errorf("%s: %w", m.name, err))
			continue
		}
		fmt.Fprintf(os.Stderr, "%-13s measured in %v\n", m.name, time.Since(begun).Round(100*time.Millisecond))
		rows = append(rows, more...)
	}
	return errors.Join(append(failed, printTable(out, rows))...)
}

func names() (all []string) {
	for _, m := range slices.Concat(measurements, onDemand) {
		all = append(all, m.name)
	}
	return all
}

// choose picks measurements by their names, all but those on demand for none.
func choose(only string) (chosen []measurement, err error) {
	if only == "" {
		return measurements, nil
	}
	for name := range strings.SplitSeq(only, ",") {
		found := false
		for _, m := range slices.Concat(measurements, onDemand) {
			if m.name == strings.TrimSpace(name) {
				chosen, found = append(chosen, m), true
			}
		}
		if !found {
			return nil, fmt.Errorf("-only: there is no measurement %q; there are %s", name, strings.Join(names(), ", "))
		}
	}
	return chosen, nil
}
