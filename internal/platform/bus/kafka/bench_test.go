package kafka_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"agrovet/internal/platform/bus"
	"agrovet/internal/platform/bus/bustest"
	"agrovet/internal/platform/bus/kafka"
	"agrovet/internal/platform/pg"

	"github.com/stretchr/testify/require"
	"github.com/twmb/franz-go/pkg/kgo"
)

const (
	benchEvents = 20_000
	benchBatch  = 256
)

// BenchmarkDrainToKafka compares how fast a bus drains an outbox to Kafka's acknowledgement with a bare loop
// that reads a batch, produces it and marks it; ratio is bare time by ours.
func BenchmarkDrainToKafka(b *testing.B) {
	source, _ := databases(b)
	addresses := broker(b).ListenAddrs()
	fill(b, source)
	for b.Loop() {
		_, err := source.Q(b.Context()).Exec(b.Context(), "truncate outbox_cursor; drop table if exists bare")
		require.NoError(b, err)
		bare := bareLoop(b, source, addresses)
		ours := drain(b, source, addresses)
		b.ReportMetric(benchEvents/ours.Seconds(), "events/s")
		b.ReportMetric(bare.Seconds()/ours.Seconds(), "ratio")
	}
}

func fill(b *testing.B, db *pg.DB) {
	outbox := bus.New(bus.Config{}).Source(db, bustest.Topic)
	for from := 0; from < benchEvents; from += 1000 {
		require.NoError(b, db.Tx(b.Context(), func(ctx context.Context) error {
			for n := from; n < from+1000; n++ {
				if err := outbox.Publish(ctx, bustest.Note{N: int64(n), K: fmt.Sprint(n)}); err != nil {
					return err
				}
			}
			return nil
		}))
	}
	_, err := db.Q(b.Context()).Exec(b.Context(), "vacuum analyze outbox")
	require.NoError(b, err)
}

// counting tells when the last event is acknowledged.
type counting struct {
	*kafka.Road
	left int
	done chan struct{}
}

func (c *counting) Deliver(ctx context.Context, events []bus.Event) error {
	err := c.Road.Deliver(ctx, events)
	if err == nil {
		if c.left -= len(events); c.left == 0 {
			close(c.done)
		}
	}
	return err
}

func drain(b *testing.B, source *pg.DB, addresses []string) time.Duration {
	road := open(b, kafka.Config{Brokers: addresses})
	defer road.Close()
	require.NoError(b, road.Ensure(b.Context(), []string{bustest.Topic}))
	c := &counting{road, benchEvents, make(chan struct{})}
	roads := bus.New(bus.Config{Log: slog.New(slog.DiscardHandler)})
	roads.Source(source, bustest.Topic)
	roads.Mirror("kafka", c)
	begun := time.Now()
	stop := bustest.Run(roads)
	<-c.done
	stop() // which makes the cursor durable
	return time.Since(begun)
}

// bareLoop is the least that a relay to Kafka can do.
func bareLoop(b *testing.B, db *pg.DB, addresses []string) time.Duration {
	ctx := b.Context()
	_, err := db.Q(ctx).Exec(ctx, `create table bare as select *, false as relayed from outbox;
		alter table bare add primary key (position); create index on bare (position) where not relayed; analyze bare`)
	require.NoError(b, err)
	cl, err := kgo.NewClient(kgo.SeedBrokers(addresses...), kgo.AllowAutoTopicCreation(), kgo.ProducerLinger(0), kgo.DefaultProduceTopic("bare"))
	require.NoError(b, err)
	defer cl.Close()
	begun := time.Now()
	for n := benchBatch; n == benchBatch; {
		rows, err := db.Q(ctx).Query(ctx, "select position, key, data from bare where not relayed order by position limit $1", benchBatch)
		require.NoError(b, err)
		var positions []int64
		var records []*kgo.Record
		for rows.Next() {
			var position int64
			var key string
			var data json.RawMessage
			require.NoError(b, rows.Scan(&position, &key, (*[]byte)(&data)))
			positions = append(positions, position)
			records = append(records, &kgo.Record{Key: []byte(key), Value: data})
		}
		require.NoError(b, rows.Err())
		require.NoError(b, cl.ProduceSync(ctx, records...).FirstErr())
		_, err = db.Q(ctx).Exec(ctx, "update bare set relayed = true where position = any($1)", positions)
		require.NoError(b, err)
		n = len(positions)
	}
	return time.Since(begun)
}
