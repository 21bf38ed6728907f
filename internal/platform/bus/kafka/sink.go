package kafka

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	"agrovet/internal/platform/bus"

	"github.com/twmb/franz-go/pkg/kgo"
)

// Deliver implements bus.Sink. It returns nil when all in-sync replicas have all events. While Kafka is away it
// waits, until ctx ends. Other errors (a topic that does not exist, one that takes no records of this size)
// come when the fate of every event is known, so that nothing lies about that could overtake the next try:
// of a partition, what follows an event that failed has failed too.
func (r *Road) Deliver(ctx context.Context, events []bus.Event) error {
	records := make([]*kgo.Record, len(events))
	for i, e := range events {
		var err error
		if records[i], err = encode(e); err != nil {
			return err
		}
	}
	start := time.Now()
	err := r.produce(ctx, records)
	if err != nil {
		r.metrics.produceErrors.Inc()
		return fmt.Errorf("kafka: %w", err)
	}
	r.metrics.producedEvents(events, time.Since(start))
	return nil
}

// produce writes records and waits for their fate, or for the end of ctx.
func (r *Road) produce(ctx context.Context, records []*kgo.Record) error {
	var left atomic.Int64
	var failed atomic.Pointer[error]
	left.Store(int64(len(records)))
	done := make(chan struct{})
	promise := func(_ *kgo.Record, err error) {
		if err != nil {
			failed.CompareAndSwap(nil, &err)
		}
		if left.Add(-1) == 0 {
			close(done)
		}
	}
	for _, record := range records {
		r.producer.Produce(ctx, record, promise)
	}
	select {
	case <-done:
	case <-ctx.Done(): // what is on its way cannot be called back, see doc.go on what is written twice
		return ctx.Err()
	}
	if err := failed.Load(); err != nil {
		return *err
	}
	return nil
}
