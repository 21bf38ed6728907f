package main

import (
	"context"
	"fmt"
	"regexp"
	"time"

	"agrovet/tools/split/fleet"
)

// settle waits until every process says that all is well, nothing waits in an outbox, and no group is behind on Kafka.
func (g *ground) settle(ctx context.Context) error {
	start := time.Now()
	if err := fleet.Settle(ctx, g.waiting); err != nil {
		return err
	}
	say("all is handled %s later", time.Since(start).Round(100*time.Millisecond))
	return nil
}

// waiting says what is not done yet.
func (g *ground) waiting(ctx context.Context) error {
	for name, url := range g.at {
		if err := fleet.Idle(ctx, url); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	if len(g.at) == 1 {
		return nil // everything goes through the process: groups that were there while modules were apart stay behind
	}
	return g.behind(ctx)
}

var lagging = regexp.MustCompile(`\S+ \([1-9]\d*\)`)

// behind says which groups have not read all of their topics.
func (g *ground) behind(ctx context.Context) error {
	out, err := g.tool(ctx, "topics")
	if err != nil {
		return err
	}
	if late := lagging.FindString(out); late != "" {
		return fmt.Errorf("behind on Kafka: %s", late)
	}
	return nil
}

// tool runs a command of agrovet beside the installation.
func (g *ground) tool(ctx context.Context, args ...string) (string, error) {
	return g.Tool(ctx, g.binary, g.env, args...)
}
