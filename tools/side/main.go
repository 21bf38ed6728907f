// Command side proves what moving in promises, on real processes of this machine: a community works through Traefik on a
// stand-in for the original, while one module after another moves to agrovet, and one moves back; at the end all
// that was acknowledged is there, once. `make side-test` runs it.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"agrovet/tools/split/fleet"
	"agrovet/tools/split/people"
)

// options are the flags.
type options struct {
	binary, traefik string
	people          int
}

// limit is how long all of it may take.
const limit = 8 * time.Minute

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var o options
	flag.StringVar(&o.binary, "agrovet", "bin/agrovet", "the agrovet command")
	flag.StringVar(&o.traefik, "traefik", "bin/traefik", "the traefik command")
	flag.IntVar(&o.people, "people", 8, "people of the community, at the beginning")
	flag.Parse()
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	if err := o.run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "side:", err)
		os.Exit(1)
	}
}

// run makes the ground.
func (o options) run(ctx context.Context) error {
	return fleet.Temporary("side", func(f *fleet.Fleet) error {
		g := &ground{Fleet: f, options: o}
		if err := g.start(ctx); err != nil {
			return err
		}
		return g.sideBySide(ctx)
	})
}

// sideBySide is what is shown.
func (g *ground) sideBySide(ctx context.Context) error {
	m, err := gather(ctx, g)
	if err != nil {
		return err
	}
	say("%d people work on the original", g.people)
	if err := people.WorkWhile(ctx, m.people, m.act, g.moves); err != nil {
		return err
	}
	m.Client.Report(say)
	if err := fleet.Settle(ctx, func(ctx context.Context) error { return fleet.Idle(ctx, g.agrovet) }); err != nil {
		return err
	}
	if err := errors.Join(m.check(ctx), oldFriends(ctx, m.Client)); err != nil {
		return err
	}
	out, err := g.tool(ctx, "verify")
	if err != nil {
		return err
	}
	say("agrovet verify: %s", last(out))
	return nil
}

// say prints a line of the report.
func say(format string, args ...any) {
	fmt.Printf("   "+time.Now().Format("15:04:05 ")+format+"\n", args...)
}
