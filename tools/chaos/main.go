// Command chaos proves what splitting promises, on real processes of this machine: a scripted community works through
// Traefik while processes are killed and Redis, Kafka and PostgreSQL are stopped; at the end all that
// was acknowledged is there, once. `make chaos` runs all of it, `make chaos KAFKA=real` against an Apache Kafka.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"agrovet/tools/split/fleet"
)

// standIn is the argument with which this program is a Kafka.
const standIn = "kafka-stand-in"

// options are the flags.
type options struct {
	binary, traefik, kafka, only string
	short                        bool
	people                       int
}

// parts are what is shown, in order. Each has a fleet of its own.
var parts = []struct {
	name  string
	shows string
	run   func(context.Context, options, *ground) error
}{
	{"travel", "what registering makes in other modules, by Kafka", travel},
	{"traces", "one request through Traefik, profiles, auth, Kafka and foro is one trace", traces},
	{"away", "auth is away, and those who are signed in go on", away},
	{"chats", "two processes of chat, one of which is killed", chats},
	{"moving", "modules leave the process and come back while a community works", moving},
	{"storm", "kills and stops while a community works", storm},
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "chaos:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	if len(args) == 3 && args[0] == standIn {
		return fleet.BeKafka(ctx, args[1], args[2])
	}
	var o options
	flags := flag.NewFlagSet("chaos", flag.ExitOnError)
	flags.StringVar(&o.binary, "agrovet", "bin/agrovet", "the agrovet command")
	flags.StringVar(&o.traefik, "traefik", "bin/traefik", "the traefik command")
	flags.StringVar(&o.kafka, "kafka", "", "real: Apache Kafka, which needs Java and Maven; else a stand-in")
	flags.StringVar(&o.only, "only", "", "only these parts: a list of names")
	flags.BoolVar(&o.short, "short", false, "Kafka is away for ten seconds instead of two minutes, auth for twenty seconds instead of six minutes")
	flags.IntVar(&o.people, "people", 12, "people of the community")
	if err := flags.Parse(args); err != nil {
		return err
	}
	for _, p := range parts {
		if o.only != "" && !strings.Contains(","+o.only+",", ","+p.name+",") {
			continue
		}
		start := time.Now()
		fmt.Printf("\n== %s: %s\n", p.name, p.shows)
		if err := o.part(ctx, p.run); err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		fmt.Printf("== %s: held (%s)\n", p.name, time.Since(start).Round(time.Second))
	}
	return nil
}

// part gives a part its ground, and keeps the logs when it fails.
func (o options) part(ctx context.Context, show func(context.Context, options, *ground) error) (err error) {
	dir, err := os.MkdirTemp("", "agrovet-chaos-")
	if err != nil {
		return err
	}
	if err := os.Chmod(dir, 0o755); err != nil { // root's PostgreSQL account enters it
		return err
	}
	g := &ground{options: o}
	if g.Fleet, err = fleet.New(dir); err != nil {
		return err
	}
	defer func() {
		ended := g.Close()
		if err != nil {
			fmt.Println("logs are in", dir)
			return
		}
		if err = ended; err == nil {
			err = os.RemoveAll(dir)
		}
	}()
	if err := g.stores(ctx); err != nil {
		return err
	}
	return show(ctx, o, g)
}

// say prints a line of the report.
func say(format string, args ...any) {
	fmt.Printf("   "+time.Now().Format("15:04:05 ")+format+"\n", args...)
}
