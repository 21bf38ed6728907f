// Command split runs agrovet as six processes on this machine, with all that they stand on: PostgreSQL, Redis, a Kafka,
// and Traefik in front. `make split` starts it, and Ctrl-C ends everything; `make split-test` tells the stories of
// cmd/agrovet/stories to it.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"

	"agrovet/tools/split/fleet"
)

// standIn is the argument with which this program is a Kafka.
const standIn = "kafka-stand-in"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "split:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	if len(args) == 3 && args[0] == standIn {
		return fleet.BeKafka(ctx, args[1], args[2])
	}
	var o options
	flags := flag.NewFlagSet("split", flag.ExitOnError)
	flags.StringVar(&o.dir, "dir", "", "where all keep their data and logs (default: a new temporary directory, removed at the end)")
	flags.StringVar(&o.binary, "agrovet", "bin/agrovet", "the agrovet command")
	flags.StringVar(&o.traefik, "traefik", "bin/traefik", "the traefik command")
	flags.StringVar(&o.kafka, "kafka", "", "real: Apache Kafka, which needs Java and Maven; else a stand-in")
	flags.IntVar(&o.replicas, "replicas", 1, "processes of each module")
	flags.BoolVar(&o.test, "test", false, "tell the stories through Traefik, on free ports, and end")
	if err := flags.Parse(args); err != nil {
		return err
	}
	return o.run(ctx)
}

func (o options) run(ctx context.Context) (err error) {
	if o.dir == "" {
		if o.dir, err = os.MkdirTemp("", "agrovet-split-"); err != nil {
			return err
		}
		defer os.RemoveAll(o.dir)
		if err := os.Chmod(o.dir, 0o755); err != nil { // root's PostgreSQL account enters it
			return err
		}
	}
	if o.dir, err = filepath.Abs(o.dir); err != nil {
		return err
	}
	f, err := fleet.New(o.dir)
	if err != nil {
		return err
	}
	defer func() {
		if ended := f.Close(); err == nil {
			err = ended
		}
	}()
	s, err := o.start(ctx, f)
	if err != nil {
		return err
	}
	if o.test {
		return s.tell(ctx)
	}
	s.announce(o)
	<-ctx.Done()
	fmt.Println("\nstopping …")
	return nil
}

// tell runs the stories against the split.
func (s split) tell(ctx context.Context) error {
	installation, err := s.installation()
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, "go", "test", "-tags", "installed", "-count=1", "-v", "-timeout", "15m", "agrovet/cmd/agrovet/stories")
	cmd.Env = append(os.Environ(), "STORIES="+installation)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	return cmd.Run()
}
