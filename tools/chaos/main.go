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
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"agrovet/tools/split/fleet"
)

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
	if fleet.IsKafka(args) {
		return fleet.BeKafka(ctx, args)
	}
	var o options
	flags := flag.NewFlagSet("chaos", flag.ExitOnError)
	flags.StringVar(&o.binary, "agrovet", "bin/agrovet", "the agrovet command")
	flags.StringVar(&o.traefik, "traefik", "bin/traefik", "the traefik command")
	flags.StringVar(&o.kafka, "kafka", "", fleet.KafkaFlag)
	flags.StringVar(&o.only, "only", "", "only these parts: a list of names")
	flags.BoolVar(&o.short, "short", false, "Kafka is away for ten seconds instead of two minutes, auth for twenty seconds instead of six minutes")
	flags.IntVar(&o.people, "people", 12, "people of the community")
	if err := flags.Parse(args); err != nil {
		return err
	}
	var err error
	if o.binary, err = filepath.Abs(o.binary); err != nil {
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

// part gives a part its ground.
func (o options) part(ctx context.Context, show func(context.Context, options, *ground) error) error {
	return fleet.Temporary("chaos", func(f *fleet.Fleet) error {
		g := &ground{Fleet: f, options: o}
		if err := g.stores(ctx); err != nil {
			return err
		}
		return show(ctx, o, g)
	})
}

// say prints a line of the report.
func say(format string, args ...any) {
	fmt.Printf("   "+time.Now().Format("15:04:05 ")+format+"\n", args...)
}
