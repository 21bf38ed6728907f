package kafka

import (
	"context"
	"sync"
	"time"

	"agrovet/internal/platform/bus"
)

// topicPause is between tries to make topics.
const topicPause = 2 * time.Second

// Run makes the topics, if the configuration says so, and brings the inlets what other processes wrote,
// until ctx ends; then it finishes what is in hand, for the grace period at most. It waits for brokers that
// are away.
//
// Errors: a configuration that no client can be made of.
func (r *Road) Run(ctx context.Context, inlets []bus.Inlet, topics []string) error {
	work, cancel := r.afterlife(ctx)
	defer cancel()
	var consumers []*consumer
	for _, in := range inlets {
		c, err := r.consumer(work, in)
		if err != nil {
			return err
		}
		consumers = append(consumers, c)
	}
	var running sync.WaitGroup
	if r.CreateTopics {
		running.Go(func() { r.insist(ctx, topics) })
	}
	for _, c := range consumers {
		running.Go(func() { c.run(ctx, work) })
	}
	running.Wait()
	return nil
}

// insist makes the topics as soon as Kafka is there.
func (r *Road) insist(ctx context.Context, topics []string) {
	for ctx.Err() == nil {
		err := r.Ensure(ctx, topics)
		if err == nil || ctx.Err() != nil {
			return
		}
		r.Log.Warn("cannot make topics, trying again", "error", err, "pause", topicPause)
		sleep(ctx, topicPause)
	}
}

// afterlife is a context that ends a grace period after ctx.
func (r *Road) afterlife(ctx context.Context) (context.Context, context.CancelFunc) {
	work, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() {
		timer := time.AfterFunc(r.Grace, cancel)
		context.AfterFunc(work, func() { timer.Stop() })
	})
	return work, func() { stop(); cancel() }
}
