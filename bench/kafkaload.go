package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"agrovet/internal/platform/bus"
)

const (
	writeSpan  = 2 * time.Second  // of a turn of measureKafkaWrites
	writeTurns = 5                // of each side, in a round, whose medians count
	quietSpan  = 20 * time.Second // at lagRate before the broker goes
	awaySpan   = time.Minute      // at lagRate while it is away
	part       = 5 * time.Second  // of these
	drainBound = 5 * time.Second  // of what has waited
)

// measureKafkaWrites has some writers commit as fast as they can, each a row and its event, while the relay carries the
// events to Kafka, against the same without a relay.
func measureKafkaWrites(ctx context.Context, h *house) ([]row, error) {
	r, err := h.roads(ctx, "kafka_writes")
	if err != nil {
		return nil, err
	}
	defer r.close()
	b, err := h.startBroker(ctx, "broker-writes")
	if err != nil {
		return nil, err
	}
	defer b.stop()
	if err := r.exec(ctx, r.source, "create table written (n bigint primary key)"); err != nil {
		return nil, err
	}
	if _, err := b.writes(ctx, r, false); err != nil { // until the server has its files
		return nil, err
	}
	var on, off, ratios []float64
	for range h.rounds {
		d, err := byTurns(writeTurns,
			func() (float64, error) { return b.writes(ctx, r, true) },
			func() (float64, error) { return b.writes(ctx, r, false) })
		if err != nil {
			return nil, err
		}
		on, off, ratios = append(on, d.product), append(off, d.peer), append(ratios, d.product/d.peer)
	}
	return []row{{
		what:     fmt.Sprintf("transactions of %d writers with the relay to Kafka on, against off", publishers),
		measured: fmt.Sprintf("%.0f/s", median(on)), peer: fmt.Sprintf("%.0f/s", median(off)),
		rounds: ratios, limit: atLeast(0.9),
	}}, nil
}

// writes is how many transactions are committed a second. The tables are as new before.
func (b *broker) writes(ctx context.Context, r roads, relay bool) (float64, error) {
	if err := r.exec(ctx, r.source, "truncate outbox, outbox_cursor, written"); err != nil {
		return 0, err
	}
	road, err := b.road(ctx)
	if err != nil {
		return 0, err
	}
	defer road.Close()
	bus, outbox, taken := r.mirror(road)
	var n atomic.Int64
	if relay {
		defer running(ctx, bus)()
		if err := errors.Join(r.write(ctx, outbox, n.Add(1)), taken.await(ctx, 1, time.Minute)); err != nil { // until it has begun
			return 0, err
		}
	}
	begun := time.Now()
	g, gctx := errgroup.WithContext(ctx)
	for range publishers {
		g.Go(func() error {
			for time.Since(begun) < writeSpan {
				if err := r.write(gctx, outbox, n.Add(1)); err != nil {
					return err
				}
			}
			return nil
		})
	}
	err = g.Wait()
	return float64(n.Load()) / time.Since(begun).Seconds(), err
}

func (r roads) write(ctx context.Context, outbox *bus.Outbox, n int64) error {
	return r.source.Tx(ctx, func(ctx context.Context) error {
		if _, err := r.source.Q(ctx).Exec(ctx, "insert into written (n) values ($1)", n); err != nil {
			return err
		}
		return outbox.Publish(ctx, note{N: n, K: strconv.FormatInt(n%lagKeys, 10)})
	})
}

// measureKafkaAway takes the broker away for a minute while events are written, and wants nobody to notice, nothing to be
// lost, and what has waited to be there soon after its return.
func measureKafkaAway(ctx context.Context, h *house) ([]row, error) {
	r, err := h.roads(ctx, "kafka_away")
	if err != nil {
		return nil, err
	}
	defer r.close()
	b, err := h.startBroker(ctx, "broker-away")
	if err != nil {
		return nil, err
	}
	defer func() { b.stop() }()
	if err := r.exec(ctx, r.source, "create table written (n bigint primary key)"); err != nil {
		return nil, err
	}
	road, err := b.road(ctx)
	if err != nil {
		return nil, err
	}
	defer road.Close()
	bus, outbox, taken := r.mirror(road)
	defer running(ctx, bus)()

	w := &writers{roads: r, outbox: outbox}
	there, err := w.steady(ctx, quietSpan)
	if err != nil {
		return nil, err
	}
	b.stop()
	away, err := w.steady(ctx, awaySpan)
	if err != nil {
		return nil, err
	}
	begun := time.Now()
	if err := b.start(ctx); err != nil {
		return nil, err
	}
	if err := taken.await(ctx, w.written.Load(), time.Minute); err != nil {
		return nil, err
	}
	drained := time.Since(begun)
	before, meanwhile := median(there), median(away)
	return []row{
		{
			what:     fmt.Sprintf("p99 of writes at %d/s while Kafka is away for %v, against while it is there", lagRate, awaySpan),
			measured: fmt.Sprintf("%.1f ms", meanwhile), peer: fmt.Sprintf("%.1f ms", before),
			rounds: []float64{meanwhile / before}, limit: atMost(1.2),
		},
		{
			what:     fmt.Sprintf("until all %.0f events that waited are acknowledged, its start included", lagRate*awaySpan.Seconds()),
			measured: fmt.Sprintf("%.1f s", drained.Seconds()), peer: "–",
			rounds: []float64{drained.Seconds()}, unit: " s", limit: atMost(drainBound.Seconds()),
		},
	}, nil
}

// writers write at a fixed rate.
type writers struct {
	roads
	outbox  *bus.Outbox
	written atomic.Int64
}

// steady writes for so long and returns the 99th percentile of what transactions took, in milliseconds, of every five
// seconds: a checkpoint of the database hits one or two of them.
func (w *writers) steady(ctx context.Context, span time.Duration) (p99 []float64, err error) {
	for range int(span / part) {
		took, err := w.part(ctx)
		if err != nil {
			return nil, err
		}
		p99 = append(p99, ms(quantile(took, 0.99)))
	}
	return p99, nil
}

func (w *writers) part(ctx context.Context) (took []time.Duration, err error) {
	var next atomic.Int64
	var mu sync.Mutex
	begun, all := time.Now(), int64(part.Seconds()*lagRate)
	g, ctx := errgroup.WithContext(ctx)
	for range publishers {
		g.Go(func() error {
			for i := next.Add(1) - 1; i < all; i = next.Add(1) - 1 {
				time.Sleep(time.Until(begun.Add(time.Duration(i) * time.Second / lagRate)))
				start := time.Now()
				if err := w.write(ctx, w.outbox, w.written.Add(1)); err != nil {
					return err
				}
				mu.Lock()
				took = append(took, time.Since(start))
				mu.Unlock()
			}
			return nil
		})
	}
	return took, g.Wait()
}
