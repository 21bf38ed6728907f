package main

import (
	"context"
	"errors"
	"time"

	"agrovet/tools/split/patient"
	"agrovet/tools/split/people"
)

// calm is how long all work together between two faults.
const calm = 4 * time.Second

// storm is a community at work while all that it stands on goes down and comes back, one after the other.
func storm(ctx context.Context, o options, g *ground) error {
	if err := g.apart(ctx); err != nil {
		return err
	}
	m, err := gather(ctx, g)
	if err != nil {
		return err
	}
	return m.workWhile(ctx, g, func(ctx context.Context) error { return g.faults(ctx, o.short) })
}

// workWhile has the community work while something is done to the installation, and then checks everything.
func (m *community) workWhile(ctx context.Context, g *ground, done func(context.Context) error) error {
	defer m.leave()
	err := people.WorkWhile(ctx, m.people, act, done)
	m.Client.Report(say)
	if err != nil {
		return err
	}
	if err := g.settle(ctx); err != nil {
		return err
	}
	return errors.Join(m.check(ctx), g.invariants(ctx))
}

// faults are all that is done to the installation.
func (g *ground) faults(ctx context.Context, short bool) error {
	away := 2 * time.Minute
	if short {
		away = 10 * time.Second
	}
	for _, name := range []string{"media", "auth", "profiles", "marketplace", "foro", "chat-1", "chat-2"} {
		if err := g.outage(ctx, name, true, time.Second); err != nil {
			return err
		}
	}
	if err := g.outage(ctx, "redis", true, 5*time.Second); err != nil {
		return err
	}
	if err := g.outage(ctx, "kafka", false, away); err != nil {
		return err
	}
	if err := patient.Rest(ctx, calm); err != nil {
		return err
	}
	say("PostgreSQL is restarted")
	if err := errors.Join(g.StopPostgres(ctx), patient.Rest(ctx, 2*time.Second), g.RestartPostgres(ctx)); err != nil {
		return err
	}
	return patient.Rest(ctx, 2*calm)
}

// outage kills or stops a process, and starts it again.
func (g *ground) outage(ctx context.Context, name string, kill bool, away time.Duration) error {
	if err := patient.Rest(ctx, calm); err != nil {
		return err
	}
	p, start := g.Process(name), time.Now()
	if kill {
		p.Kill()
	} else if err := p.Stop(); err != nil {
		return err
	}
	if err := patient.Rest(ctx, away); err != nil {
		return err
	}
	if err := p.Restart(ctx); err != nil {
		return err
	}
	say("%s was %s for %s", name, map[bool]string{true: "killed", false: "stopped"}[kill], time.Since(start).Round(100*time.Millisecond))
	return nil
}
