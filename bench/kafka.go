package main

import (
	"context"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"

	"agrovet/internal/platform/bus"
	"agrovet/internal/platform/bus/kafka"
)

// The road of these measurements leads through a broker in a process of its own on this machine, which shares the
// two cores with everybody else: real brokers have machines to themselves.

// road is the product's way to the broker, where the topic is there.
func (b *broker) road(ctx context.Context) (*kafka.Road, error) {
	r, err := kafka.New(kafka.Config{Brokers: []string{b.address}, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return nil, err
	}
	if err := r.Ensure(ctx, []string{noteTopic}); err != nil {
		r.Close()
		return nil, err
	}
	return r, nil
}

// counting is a sink that counts what the one behind it has taken.
type counting struct {
	bus.Sink
	taken atomic.Int64
}

func (c *counting) Deliver(ctx context.Context, events []bus.Event) error {
	err := c.Sink.Deliver(ctx, events)
	if err == nil {
		c.taken.Add(int64(len(events)))
	}
	return err
}

// await waits until so many were taken.
func (c *counting) await(ctx context.Context, n int64, patience time.Duration) error {
	for deadline := time.Now().Add(patience); c.taken.Load() < n; {
		if time.Now().After(deadline) {
			return fmt.Errorf("%d of %d events were acknowledged within %v", c.taken.Load(), n, patience)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Millisecond):
		}
	}
	return nil
}

// mirror is a bus whose only destination is Kafka, and its outbox.
func (r roads) mirror(road bus.Sink) (*bus.Bus, *bus.Outbox, *counting) {
	c := &counting{Sink: road}
	b := bus.New(bus.Config{Log: slog.New(slog.DiscardHandler)})
	outbox := b.Source(r.source, noteTopic)
	b.Mirror("kafka", c)
	return b, outbox, c
}

// measureKafkaDrain carries a full outbox to the broker's acknowledgement, against a loop that reads batches of an
// equal table, writes each to the broker and marks it.
func measureKafkaDrain(ctx context.Context, h *house) ([]row, error) {
	r, err := h.roads(ctx, "kafka_drain")
	if err != nil {
		return nil, err
	}
	defer r.close()
	if err := r.fill(ctx); err != nil {
		return nil, err
	}
	b, err := h.startBroker(ctx, "broker-drain")
	if err != nil {
		return nil, err
	}
	defer b.stop()
	d, err := byTurns(h.rounds,
		func() (float64, error) { return r.timed(ctx, emptyInbox, b.drain(r)) },
		func() (float64, error) { return r.timed(ctx, freshBare, b.bareDrain(r)) })
	return []row{{
		what:     fmt.Sprintf("drain of %d events to Kafka's acknowledgement, against read, produce and mark", drained),
		measured: fmt.Sprintf("%.0f/s", d.product), peer: fmt.Sprintf("%.0f/s", d.peer),
		rounds: d.ratios, limit: atLeast(0.6),
	}}, err
}

// drain is over when the broker has acknowledged the last event.
func (b *broker) drain(r roads) func(context.Context) error {
	return func(ctx context.Context) error {
		road, err := b.road(ctx)
		if err != nil {
			return err
		}
		defer road.Close()
		bus, _, taken := r.mirror(road)
		defer running(ctx, bus)()
		return taken.await(ctx, drained, 5*time.Minute)
	}
}

// bareDrain is the least that a relay can do; each mark is a durable transaction.
func (b *broker) bareDrain(r roads) func(context.Context) error {
	return func(ctx context.Context) error {
		client, err := kgo.NewClient(kgo.SeedBrokers(b.address), kgo.ProducerLinger(0))
		if err != nil {
			return err
		}
		defer client.Close()
		for {
			events, positions, err := r.bareEvents(ctx)
			if err != nil || len(positions) == 0 {
				return err
			}
			records := make([]*kgo.Record, len(events))
			for i, e := range events {
				value, err := e.Envelope()
				if err != nil {
					return err
				}
				records[i] = &kgo.Record{Topic: e.Topic, Key: []byte(e.Key), Value: value}
			}
			if err := client.ProduceSync(ctx, records...).FirstErr(); err != nil {
				return err
			}
			if _, err := r.source.Q(ctx).Exec(ctx, "update bare set done = true where position = any($1)", positions); err != nil {
				return err
			}
		}
	}
}

// measureKafkaLag is measureLag through Kafka: from the end of the commit to the handler of another bus.
func measureKafkaLag(ctx context.Context, h *house) ([]row, error) {
	var typical, rates, machine []float64
	p99, err := repeat(h.rounds, func() (float64, error) {
		late := lateness(ctx)
		run, err := h.kafkaLag(ctx, len(rates))
		typical, rates = append(typical, ms(quantile(run.lags, 0.5))), append(rates, run.rate)
		machine = append(machine, late())
		return ms(quantile(run.lags, 0.99)), err
	})
	return []row{{
		what:     fmt.Sprintf("from commit through Kafka to handler at %d events/s, p99", lagRate),
		measured: fmt.Sprintf("p99 %s, p50 %.1f ms at %.0f/s", spread(p99, "%.1f"), median(typical), median(rates)),
		peer:     spread(machine, "%.1f") + " ms that a timer is late",
		rounds:   p99, unit: " ms", limit: atMost(10),
	}}, err
}

// kafkaLag is a round, on a database and a broker of its own: another round's events would come first.
func (h *house) kafkaLag(ctx context.Context, round int) (*lagRun, error) {
	run, name := newLagRun(), fmt.Sprintf("kafka_lag_%d", round)
	r, err := h.roads(ctx, name)
	if err != nil {
		return run, err
	}
	defer r.close()
	b, err := h.startBroker(ctx, name)
	if err != nil {
		return run, err
	}
	defer b.stop()
	road, err := b.road(ctx)
	if err != nil {
		return run, err
	}
	defer road.Close()
	source, outbox, _ := r.mirror(road)
	defer running(ctx, source)()
	defer b.read(ctx, r, road, run.handle)()
	return run, run.carry(ctx, r, outbox)
}

// read runs a bus that gets its events by the road, until the returned function is called.
func (b *broker) read(ctx context.Context, r roads, road *kafka.Road, handle func(context.Context, note) error) (stop func()) {
	reader := bus.New(bus.Config{Log: slog.New(slog.DiscardHandler)})
	reader.Subscribe(r.subscriber, bus.Subscription{Name: "bench", Routes: []bus.Route{bus.On(handle)}})
	stopReader := running(ctx, reader)
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = road.Run(ctx, reader.Inlets(), nil) // its configuration is right
	}()
	return func() { cancel(); <-done; stopReader() }
}
