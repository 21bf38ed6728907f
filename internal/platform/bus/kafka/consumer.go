package kafka

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"agrovet/internal/platform/bus"

	"github.com/twmb/franz-go/pkg/kgo"
)

const (
	mostRecords = 512 // per poll

	awayMin = 100 * time.Millisecond // for a database that is away
	awayMax = 5 * time.Second        // after doubling
)

// consumer brings one subscription's records to its inlet.
type consumer struct {
	bus.Inlet
	client  *kgo.Client
	silence context.CancelFunc // ends the client without a farewell, as a killed one does
	session time.Duration
	metrics *metrics
	log     *slog.Logger
}

// consumer joins the inlet's group. It falls silent when work ends.
func (r *Road) consumer(work context.Context, in bus.Inlet) (*consumer, error) {
	options, err := r.options("agrovet-consumer")
	if err != nil {
		return nil, err
	}
	work, silence := context.WithCancel(work)
	c := &consumer{Inlet: in, silence: silence, session: r.Session, metrics: r.metrics, log: r.Log.With("group", in.Subscription)}
	gone := func(_ context.Context, _ *kgo.Client, partitions map[string][]int32) {
		c.metrics.lag.forget(in.Subscription, partitions)
	}
	c.client, err = kgo.NewClient(append(options,
		kgo.WithContext(work), kgo.ConsumerGroup(in.Subscription), kgo.ConsumeTopics(in.Topics...),
		kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()),
		kgo.DisableAutoCommit(), kgo.BlockRebalanceOnPoll(),
		kgo.OnPartitionsRevoked(gone), kgo.OnPartitionsLost(gone),
		kgo.SessionTimeout(r.Session), kgo.HeartbeatInterval(r.Session/5), kgo.RebalanceTimeout(2*r.Session),
		kgo.FetchMaxWait(time.Second), kgo.FetchMaxBytes(16<<20),
	)...)
	return c, err
}

// close leaves the group. A group that is just being balanced anew is not waited for.
func (c *consumer) close() {
	timer := time.AfterFunc(c.session/5, c.silence)
	c.client.CloseAllowingRebalance()
	timer.Stop()
	c.silence()
}

// run consumes until ctx ends. What is in hand then is finished in work.
func (c *consumer) run(ctx, work context.Context) {
	defer c.close()
	limit, pause := mostRecords, awayMin
	for ctx.Err() == nil {
		fetches := c.client.PollRecords(ctx, limit)
		troubled := c.report(fetches)
		start := time.Now()
		err := c.take(work, fetches)
		limit = nextLimit(limit, time.Since(start), c.session)
		if err != nil {
			c.letGo(fetches)
		}
		c.client.AllowRebalance()
		if err == nil && !troubled {
			pause = awayMin
			continue
		}
		if err != nil && ctx.Err() == nil {
			c.log.Warn("cannot handle events, trying again", "error", err, "pause", pause)
		}
		sleep(ctx, pause)
		pause = min(2*pause, awayMax)
	}
}

// take hands over what was polled and commits it. After an error, everything has to come again.
func (c *consumer) take(ctx context.Context, fetches kgo.Fetches) error {
	events, err := c.read(ctx, fetches)
	if err != nil {
		return err
	}
	if len(events) > 0 {
		if err := c.Sink.Deliver(ctx, events); err != nil {
			return err
		}
	}
	var last []*kgo.Record
	fetches.EachPartition(func(p kgo.FetchTopicPartition) {
		if n := len(p.Records); n > 0 {
			last = append(last, p.Records[n-1])
			c.metrics.consumed.WithLabelValues(c.Subscription, p.Topic).Add(float64(n))
			c.metrics.lag.set(c.Subscription, p.Topic, p.Partition, p.HighWatermark-p.Records[n-1].Offset-1)
		}
	})
	if len(last) == 0 {
		return nil
	}
	if err := c.client.CommitRecords(ctx, last...); err != nil && ctx.Err() == nil {
		c.log.Warn("cannot commit offsets, events may come again", "error", err)
	}
	return nil
}

// read makes events of records, in order within each partition, and keeps aside what is none. It leaves out the
// original's, or all others, as the inlet says.
func (c *consumer) read(ctx context.Context, fetches kgo.Fetches) (events []bus.Event, err error) {
	for records := fetches.RecordIter(); !records.Done(); {
		r := records.Next()
		e, original, why := decode(r)
		if why == nil {
			if original == c.Original {
				events = append(events, e)
			}
			continue
		}
		place := fmt.Sprintf("%s/%d/%d", r.Topic, r.Partition, r.Offset)
		if err := c.Reject(ctx, bus.Rejected{Place: place, Reason: why.Error(), Value: r.Value}); err != nil {
			return nil, err
		}
	}
	return events, nil
}

// letGo has what was polled fetched again. It comes before rebalances are allowed, so the partitions still
// are this consumer's; those that are not afterwards are fetched by others from what was committed.
func (c *consumer) letGo(fetches kgo.Fetches) {
	back := map[string]map[int32]kgo.EpochOffset{}
	fetches.EachPartition(func(p kgo.FetchTopicPartition) {
		if len(p.Records) == 0 {
			return
		}
		if back[p.Topic] == nil {
			back[p.Topic] = map[int32]kgo.EpochOffset{}
		}
		first := p.Records[0]
		back[p.Topic][p.Partition] = kgo.EpochOffset{Epoch: first.LeaderEpoch, Offset: first.Offset}
		c.metrics.lag.set(c.Subscription, p.Topic, p.Partition, p.HighWatermark-first.Offset)
	})
	c.client.SetOffsets(back)
}

// report logs what is wrong with partitions, or with the whole, and says whether something is.
func (c *consumer) report(fetches kgo.Fetches) (troubled bool) {
	for _, e := range fetches.Errors() {
		if errors.Is(e.Err, context.Canceled) || errors.Is(e.Err, kgo.ErrClientClosed) {
			continue
		}
		troubled = true
		c.log.Warn("cannot read", "topic", e.Topic, "partition", e.Partition, "error", e.Err)
	}
	return troubled
}

// nextLimit is how many records to take at once, when so many took so long: who needs too long is put out
// of the group.
func nextLimit(limit int, took, session time.Duration) int {
	switch {
	case took > session/2:
		return max(1, limit/2)
	case took < session/8:
		return min(mostRecords, 2*limit)
	}
	return limit
}

func sleep(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}
