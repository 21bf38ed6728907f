package main

import (
	"context"
	"fmt"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

// measureSend has members send to each other in rooms of two, each the next message when the one before is
// stored: messages stored and delivered per second, against a peer that does nothing else.
func (c *chatHouse) measureSend(ctx context.Context) (rows []row, err error) {
	if err := c.season(ctx); err != nil {
		return nil, err
	}
	for _, senders := range []int{1, 8, 64} {
		d, err := byTurns(c.rounds, c.exchange(ctx, c.product, senders, 0), c.exchange(ctx, c.bare, senders, 0))
		if err != nil {
			return nil, fmt.Errorf("%d senders: %w", senders, err)
		}
		r := row{what: fmt.Sprintf("messages stored and delivered, %d senders, against batched inserts", senders),
			measured: perSecond(d.product), peer: perSecond(d.peer), rounds: d.ratios}
		if senders == 64 {
			r.limit = atLeast(0.6)
			half, err := c.halfLoad(ctx, d.product/2)
			if err != nil {
				return nil, err
			}
			rows = append(rows, half)
		}
		rows = append(rows, r)
	}
	return rows, nil
}

// season has a first conversation in all rooms, and the database look at its tables, as it does by itself within
// a minute: without statistics it reads tables whole that it takes to be empty.
func (c *chatHouse) season(ctx context.Context) error {
	for _, p := range []*process{c.product, c.bare} {
		if _, err := c.conversation(ctx, p, 64, 0); err != nil {
			return err
		}
	}
	return c.asOwner(ctx, "vacuum analyze", "checkpoint")
}

// halfLoad is how long messages take at half of what 64 senders can send.
func (c *chatHouse) halfLoad(ctx context.Context, rate float64) (row, error) {
	var p50 []float64
	p99, err := repeat(c.rounds, func() (float64, error) {
		took, err := c.conversation(ctx, c.product, 64, rate)
		p50 = append(p50, ms(quantile(took, 0.5)))
		return ms(quantile(took, 0.99)), err
	})
	return row{what: fmt.Sprintf("from send to receipt at half load (%.0f/s), p99", rate), measured: fmt.Sprintf("p99 %s, p50 %.1f ms", spread(p99, "%.1f"), median(p50)),
		peer: "–", rounds: p99, unit: " ms"}, err
}

const (
	exchangeWarm = 500 * time.Millisecond
	exchangeSpan = 3 * time.Second
)

// exchange is the messages per second of some senders, for byTurns.
func (c *chatHouse) exchange(ctx context.Context, p *process, senders int, rate float64) func() (float64, error) {
	return func() (float64, error) {
		took, err := c.conversation(ctx, p, senders, rate)
		if p == c.bare && err != nil {
			err = fmt.Errorf("the peer: %w", err)
		}
		return float64(len(took)) / exchangeSpan.Seconds(), err
	}
}

// conversation is how long each message took from its sending until the other one had it. rate is of all
// senders together; 0: as fast as they are stored.
func (c *chatHouse) conversation(ctx context.Context, p *process, senders int, rate float64) ([]time.Duration, error) {
	pairs, err := c.pairs(ctx, p, senders)
	if err != nil {
		return nil, err
	}
	defer closeAll(pairs)
	t := talk{begun: time.Now(), rate: rate / float64(senders)}
	g, ctx := errgroup.WithContext(ctx)
	for i := range senders {
		g.Go(func() error { return t.between(ctx, pairs[2*i], pairs[2*i+1]) })
	}
	err = g.Wait()
	return t.took, err
}

// pairs are connections of senders and their listeners, by turns, each two in a room of their own.
func (c *chatHouse) pairs(ctx context.Context, p *process, n int) ([]*socket, error) {
	all := make([]*socket, 2*n)
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(8)
	for i := range n {
		g.Go(func() error {
			two := c.people[2*i : 2*i+2]
			room, err := c.room(ctx, true, two...)
			if err != nil {
				return err
			}
			both, err := connectAll(ctx, p, two, room, 2)
			copy(all[2*i:], both)
			return err
		})
	}
	err := g.Wait()
	if err != nil {
		closeAll(all)
	}
	return all, err
}

// talk is what senders have in common.
type talk struct {
	begun time.Time
	rate  float64 // messages per second of each; 0: as fast as they are stored
	mu    sync.Mutex
	took  []time.Duration // of the messages that count
}

func (t *talk) heard(sent time.Time) {
	if since := sent.Sub(t.begun); since < exchangeWarm || since > exchangeWarm+exchangeSpan {
		return
	}
	d := time.Since(sent)
	t.mu.Lock()
	defer t.mu.Unlock()
	t.took = append(t.took, d)
}

// between sends until the time is over, and then waits for what is on its way.
func (t *talk) between(ctx context.Context, sender, listener *socket) error {
	var heard count
	done := make(chan struct{})
	go func() { defer close(done); heard.read(listener, t.heard) }()
	defer func() { _ = listener.Close(); <-done }()
	sent := int64(0)
	for ; time.Since(t.begun) < exchangeWarm+exchangeSpan; sent++ {
		if t.rate > 0 {
			if err := rests(ctx, time.Until(t.begun.Add(time.Duration(float64(sent)/t.rate*float64(time.Second))))); err != nil {
				return err
			}
		}
		if err := sender.say(); err != nil {
			return err
		}
		if err := sender.awaitOwn(); err != nil {
			return err
		}
	}
	return heard.await(ctx, sent)
}

// awaitOwn reads until the message that was sent last is there, which says that it is stored.
func (s *socket) awaitOwn() error {
	for {
		frame, err := s.next()
		if err != nil {
			return err
		}
		if _, ok := sentAt(frame); ok {
			return nil
		}
	}
}
