package chatmod_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/chat/internal/core"
)

// BenchmarkSend stores messages, each with its event, from concurrent senders who each have a private room of
// their own. It tells how many transactions a message takes.
//
// pgtest's server does not sync; for durable commits, name another one in TEST_DATABASE_URL.
func BenchmarkSend(b *testing.B) {
	for _, senders := range []int{1, 8, 64} {
		b.Run(fmt.Sprint(senders), func(b *testing.B) {
			w := setup(b)
			rooms := make([]int64, senders)
			for i := range rooms {
				rooms[i] = w.pair(ana, int64(1000+i))
			}
			before := w.commits()
			b.ResetTimer()
			var all sync.WaitGroup
			for i, room := range rooms {
				n := b.N / senders
				if i < b.N%senders {
					n++
				}
				all.Go(func() {
					for range n {
						_, _, err := w.module.Core().Send(context.Background(), core.Draft{RoomID: room, SenderID: ana, Content: "¿Todavía está la vaca? Puedo pasar el jueves."})
						require.NoError(b, err)
					}
				})
			}
			all.Wait()
			b.StopTimer()
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "messages/s")
			b.ReportMetric(float64(w.commits()-before)/float64(b.N), "transactions/message")
			require.Equal(b, b.N, w.count("entry"))
			require.Equal(b, b.N, w.count("outbox"))
		})
	}
}

// commits are those of the database until now, as far as connections have told.
func (w *world) commits() (n int) {
	w.t.Helper()
	w.tellStatistics()
	require.NoError(w.t, w.db.Q(context.Background()).QueryRow(context.Background(), "select xact_commit from pg_stat_database where datname = current_database()").Scan(&n))
	return n
}

// tellStatistics has each connection tell what it has done, which it does later by itself.
func (w *world) tellStatistics() {
	w.t.Helper()
	for range w.db.Stat().TotalConns() {
		conn, err := w.db.Acquire(context.Background())
		require.NoError(w.t, err)
		defer conn.Release()
		_, err = conn.Exec(context.Background(), "select pg_stat_force_next_flush(), pg_stat_clear_snapshot()")
		require.NoError(w.t, err)
	}
}
