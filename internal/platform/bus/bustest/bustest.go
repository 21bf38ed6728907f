// Package bustest holds what every road between an outbox and a subscriber must do. The road within
// a process and the one over Kafka pass the same [TestRoad].
//
// Runs are random. Each logs its seed; BUSTEST_SEED repeats one.
package bustest

import (
	"context"
	"log/slog"
	"time"

	"agrovet/internal/platform/bus"
	"agrovet/internal/platform/pg"
)

// Road is a source and a subscriber, each with a database of its own, and a way to start processes
// that carry events from one to the other.
type Road struct {
	Source     *pg.DB // whose outbox owns [Topic]
	Subscriber *pg.DB // where the handlers work
	// Start brings up what one process of the product runs for this road. It may be called again
	// while others run. Its buses are configured with [Config].
	Start func(end End, subs ...bus.Subscription) *Process
}

// End is how a process will end when it is stopped.
type End bool

// Ways to end. A killed process loses its connections in the middle of whatever it does.
const (
	InGoodOrder End = false
	Killed      End = true
)

// Process is one running process of a road.
type Process struct {
	Outbox *bus.Outbox
	Stop   func() // ends it and waits; may be called more than once
}

// Topic is where the suite publishes.
const Topic = "test.events"

// Config is the product's, with pauses that fit a test.
func Config(end End) bus.Config {
	c := bus.Config{
		Batch: 16, Poll: 50 * time.Millisecond, RetryBase: 10 * time.Millisecond, RetryMax: 40 * time.Millisecond,
		RetryPoll: 50 * time.Millisecond, Log: slog.New(slog.DiscardHandler),
	}
	if end == Killed {
		c.Grace = time.Nanosecond
	}
	return c
}

// Run runs a bus until the returned function is called.
func Run(b *bus.Bus) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = b.Run(ctx)
	}()
	return func() { cancel(); <-done }
}

// InProcess is the road of a process that hosts both modules.
func InProcess(source, subscriber *pg.DB) Road {
	return Road{Source: source, Subscriber: subscriber, Start: func(end End, subs ...bus.Subscription) *Process {
		b := bus.New(Config(end))
		outbox := b.Source(source, Topic)
		b.Subscribe(subscriber, subs...)
		return &Process{Outbox: outbox, Stop: Run(b)}
	}}
}
