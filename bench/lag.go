package main

import (
	"context"
	"fmt"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"agrovet/internal/platform/bus"
)

// The load of the lag: events per second, seconds, goroutines that publish, keys.
const (
	lagRate    = 1000
	lagSeconds = 5
	lagEvents  = lagRate * lagSeconds
	publishers = 8
	lagKeys    = 100
)

// measureLag publishes at a fixed rate, each event in a durable transaction of its own, and measures
// from the end of the commit to the handler.
func measureLag(ctx context.Context, h *house) ([]row, error) {
	r, err := h.roads(ctx, "lag")
	if err != nil {
		return nil, err
	}
	defer r.close()
	var typical, rates, machine []float64
	p99, err := repeat(h.rounds, func() (float64, error) {
		late := lateness(ctx)
		run, err := r.lag(ctx)
		typical, rates = append(typical, ms(quantile(run.lags, 0.5))), append(rates, run.rate)
		machine = append(machine, late())
		return ms(quantile(run.lags, 0.99)), err
	})
	return []row{{
		what:     fmt.Sprintf("from commit to handler at %d events/s, p99", lagRate),
		measured: fmt.Sprintf("p99 %s, p50 %.1f ms at %.0f/s", spread(p99, "%.1f"), median(typical), median(rates)),
		peer:     spread(machine, "%.1f") + " ms that a timer is late",
		rounds:   p99, unit: " ms", limit: atMost(10),
	}}, err
}

// lagRun is one round: when each event was committed, and how long it then took.
type lagRun struct {
	begun     time.Time
	committed [lagEvents]atomic.Int64 // since begun; 0 until the publisher knows of the commit
	seen      [lagEvents]atomic.Bool  // handled once; a handler may be called again
	lags      []time.Duration
	rate      float64 // that was reached
	handled   sync.WaitGroup
	warm      chan struct{} // closed when an event has come through before those that are measured
	warmed    sync.Once
}

// early is the number of events that are not measured.
const early = -1

func newLagRun() *lagRun {
	run := &lagRun{begun: time.Now(), lags: make([]time.Duration, lagEvents), warm: make(chan struct{})}
	run.handled.Add(lagEvents)
	return run
}

func (r roads) lag(ctx context.Context) (*lagRun, error) {
	run := newLagRun()
	b, outbox := r.bus(run.handle)
	defer running(ctx, b)()
	return run, run.carry(ctx, r, outbox)
}

// carry publishes what is measured when the road is open, and waits until it has come through.
func (run *lagRun) carry(ctx context.Context, r roads, outbox *bus.Outbox) error {
	err := r.source.Tx(ctx, func(ctx context.Context) error { return outbox.Publish(ctx, note{N: early, K: "early"}) })
	if err != nil {
		return err
	}
	select {
	case <-run.warm:
	case <-time.After(time.Minute):
		return fmt.Errorf("no event was delivered within a minute")
	case <-ctx.Done():
		return ctx.Err()
	}
	run.begun = time.Now()
	if err := r.publish(ctx, outbox, run); err != nil {
		return err
	}
	return run.await(ctx)
}

// handle notes the lag. An event that is handled before its publisher knows of the commit has none.
func (run *lagRun) handle(_ context.Context, n note) error {
	if n.N == early {
		run.warmed.Do(func() { close(run.warm) })
		return nil
	}
	if !run.seen[n.N].CompareAndSwap(false, true) {
		return nil
	}
	if at := run.committed[n.N].Load(); at != 0 {
		run.lags[n.N] = time.Since(run.begun) - time.Duration(at)
	}
	run.handled.Done()
	return nil
}

func (run *lagRun) await(ctx context.Context) error {
	all := make(chan struct{})
	go func() { run.handled.Wait(); close(all) }()
	select {
	case <-all:
		return nil
	case <-time.After(time.Minute):
		return fmt.Errorf("events were not delivered within a minute")
	case <-ctx.Done():
		return ctx.Err()
	}
}

// publish is over when all events are committed.
func (r roads) publish(ctx context.Context, outbox *bus.Outbox, run *lagRun) error {
	var next atomic.Int64
	begun := time.Now()
	g, ctx := errgroup.WithContext(ctx)
	for range publishers {
		g.Go(func() error {
			for i := next.Add(1) - 1; i < lagEvents; i = next.Add(1) - 1 {
				time.Sleep(time.Until(begun.Add(time.Duration(i) * time.Second / lagRate)))
				if err := r.publishOne(ctx, outbox, run, i); err != nil {
					return err
				}
			}
			return nil
		})
	}
	err := g.Wait()
	run.rate = lagEvents / time.Since(begun).Seconds()
	return err
}

func (r roads) publishOne(ctx context.Context, outbox *bus.Outbox, run *lagRun, i int64) error {
	return r.source.Tx(ctx, func(ctx context.Context) error {
		r.source.AfterCommit(ctx, func() { run.committed[i].Store(int64(time.Since(run.begun))) })
		return outbox.Publish(ctx, note{N: i, K: strconv.FormatInt(i%lagKeys, 10)})
	})
}
