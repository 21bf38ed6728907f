// Command split runs agrovet as six processes on this machine, with all that they stand on: PostgreSQL, Redis, a Kafka,
// and Traefik in front. `make split` starts it, and Ctrl-C ends everything; `make split-test` tells the stories of
// cmd/agrovet/stories to it.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"

	"agrovet/tools/split/fleet"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "split:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	if fleet.IsKafka(args) {
		return fleet.BeKafka(ctx, args)
	}
	var o options
	flags := flag.NewFlagSet("split", flag.ExitOnError)
	flags.StringVar(&o.dir, "dir", "", "where all keep their data and logs (default: a new temporary directory, removed at the end when nothing failed)")
	flags.StringVar(&o.binary, "agrovet", "bin/agrovet", "the agrovet command")
	flags.StringVar(&o.traefik, "traefik", "bin/traefik", "the traefik command")
	flags.StringVar(&o.kafka, "kafka", "", fleet.KafkaFlag)
	flags.IntVar(&o.replicas, "replicas", 1, "processes of each module")
	flags.BoolVar(&o.test, "test", false, "tell the stories through Traefik, on free ports, and end")
	if err := flags.Parse(args); err != nil {
		return err
	}
	return o.run(ctx)
}

func (o options) run(ctx context.Context) error {
	do := func(f *fleet.Fleet) error { return o.within(ctx, f) }
	if o.dir == "" {
		return fleet.Temporary("split", do)
	}
	dir, err := filepath.Abs(o.dir)
	if err != nil {
		return err
	}
	f, err := fleet.New(dir)
	if err != nil {
		return err
	}
	return errors.Join(do(f), f.Close())
}

// within runs the split in a fleet's directory.
func (o options) within(ctx context.Context, f *fleet.Fleet) error {
	s, err := o.start(ctx, f)
	if err != nil {
		return err
	}
	if o.test {
		return s.tell(ctx)
	}
	s.announce(f.Dir)
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
