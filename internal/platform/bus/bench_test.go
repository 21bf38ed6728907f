package bus_test

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"agrovet/internal/platform/bus"
	"agrovet/internal/platform/bus/bustest"
	"agrovet/internal/platform/pg"

	"github.com/stretchr/testify/require"
)

const benchBatch = 256

// fill writes n events to the outbox, in transactions of 1,000.
func fill(b *testing.B, db *pg.DB, n int) {
	outbox := bus.New(bus.Config{}).Source(db, bustest.Topic)
	for n > 0 {
		notes := make([]bus.Payload, min(n, 1000))
		for i := range notes {
			notes[i] = bustest.Note{N: int64(i), K: fmt.Sprint(i)}
		}
		require.NoError(b, db.Tx(b.Context(), func(ctx context.Context) error { return outbox.Publish(ctx, notes...) }))
		n -= len(notes)
	}
	_, err := db.Q(b.Context()).Exec(b.Context(), "vacuum analyze outbox")
	require.NoError(b, err)
}

// bareLoop reads batches and marks them: the least that any relay could do.
func bareLoop(b *testing.B, db *pg.DB) time.Duration {
	ctx := b.Context()
	_, err := db.Q(ctx).Exec(ctx, `create table bare as select *, false as relayed from outbox;
		alter table bare add primary key (position);
		create index on bare (position) where not relayed`)
	require.NoError(b, err)
	_, err = db.Q(ctx).Exec(ctx, "vacuum analyze bare")
	require.NoError(b, err)
	begun := time.Now()
	for n := benchBatch; n == benchBatch; {
		positions := make([]int64, 0, benchBatch)
		rows, err := db.Q(ctx).Query(ctx, `select position, id, topic, type, key, data, trace, occurred_at from bare
			where not relayed order by position limit $1`, benchBatch)
		require.NoError(b, err)
		for rows.Next() {
			var position int64
			var e bus.Event
			require.NoError(b, rows.Scan(&position, &e.ID, &e.Topic, &e.Type, &e.Key, (*[]byte)(&e.Data), &e.Trace, &e.OccurredAt))
			positions = append(positions, position)
		}
		require.NoError(b, rows.Err())
		_, err = db.Q(ctx).Exec(ctx, "update bare set relayed = true where position = any($1)", positions)
		require.NoError(b, err)
		n = len(positions)
	}
	return time.Since(begun)
}

// drain has a subscriber that does nothing handle the whole outbox.
func drain(b *testing.B, source, subscriber *pg.DB, n int) time.Duration {
	var left atomic.Int64
	left.Store(int64(n))
	done := make(chan struct{})
	roads := bus.New(bus.Config{Batch: benchBatch})
	roads.Source(source, bustest.Topic)
	roads.Subscribe(subscriber, bus.Subscription{Name: "null", Batch: benchBatch, Routes: []bus.Route{
		bus.On(func(context.Context, bustest.Note) error {
			if left.Add(-1) == 0 {
				close(done)
			}
			return nil
		})}})
	begun := time.Now()
	stop := bustest.Run(roads)
	<-done
	stop() // which waits for the last commit
	return time.Since(begun)
}

// BenchmarkDrain compares a bus with a null subscriber to the bare loop; ratio is bare time by ours.
func BenchmarkDrain(b *testing.B) {
	const n = 50_000
	source, subscriber := databases(b)
	fill(b, source, n)
	for b.Loop() {
		_, err := subscriber.Q(b.Context()).Exec(b.Context(), "truncate inbox")
		require.NoError(b, err)
		_, err = source.Q(b.Context()).Exec(b.Context(), "truncate outbox_cursor; drop table if exists bare")
		require.NoError(b, err)
		bare := bareLoop(b, source)
		ours := drain(b, source, subscriber, n)
		b.ReportMetric(n/ours.Seconds(), "events/s")
		b.ReportMetric(n/bare.Seconds(), "bare/s")
		b.ReportMetric(bare.Seconds()/ours.Seconds(), "ratio")
	}
}

// BenchmarkLag publishes 1,000 events a second, one per transaction, and measures the time from each
// commit to its handler. publish-p99-ms, the time that publishing took, tells what the disk is like.
func BenchmarkLag(b *testing.B) {
	const rate, n, writers = 1000, 5000, 8
	source, subscriber := databases(b)
	roads := bus.New(bus.Config{Log: slog.New(slog.DiscardHandler)})
	outbox := roads.Source(source, bustest.Topic)
	lags, commits := make([]time.Duration, n), make([]time.Duration, n)
	var committed [n]atomic.Int64
	var handled sync.WaitGroup
	start := time.Now()
	roads.Subscribe(subscriber, bus.Subscription{Name: "lag", Routes: []bus.Route{
		bus.On(func(_ context.Context, p bustest.Note) error {
			defer handled.Done()
			if at := committed[p.N].Load(); at != 0 { // else it was handled before its publisher knew
				lags[p.N] = time.Since(start) - time.Duration(at)
			}
			return nil
		})}})
	defer bustest.Run(roads)()
	handled.Add(1)
	publish(b.Context(), b, source, outbox, bustest.Note{})
	handled.Wait() // the feed is at work
	for b.Loop() {
		handled.Add(n)
		var next atomic.Int64
		var writing sync.WaitGroup
		begun := time.Now()
		for range writers {
			writing.Go(func() {
				for i := next.Add(1) - 1; i < n; i = next.Add(1) - 1 {
					time.Sleep(time.Until(begun.Add(time.Duration(i) * time.Second / rate)))
					publishing := time.Now()
					require.NoError(b, source.Tx(b.Context(), func(ctx context.Context) error {
						source.AfterCommit(ctx, func() { committed[i].Store(int64(time.Since(start))) })
						return outbox.Publish(ctx, bustest.Note{N: i, K: fmt.Sprint(i % 100)})
					}))
					commits[i] = time.Since(publishing)
				}
			})
		}
		writing.Wait()
		b.ReportMetric(n/time.Since(begun).Seconds(), "events/s")
		handled.Wait()
		slices.Sort(lags)
		slices.Sort(commits)
		b.ReportMetric(float64(commits[n*99/100].Microseconds())/1000, "publish-p99-ms")
		b.ReportMetric(float64(lags[n/2].Microseconds())/1000, "p50-ms")
		b.ReportMetric(float64(lags[n*99/100].Microseconds())/1000, "p99-ms")
		b.ReportMetric(float64(lags[n-1].Microseconds())/1000, "max-ms")
	}
}
