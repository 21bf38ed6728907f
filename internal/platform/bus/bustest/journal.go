package bustest

import (
	"cmp"
	"context"
	"os"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"agrovet/internal/platform/bus"
	"agrovet/internal/platform/pg"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
)

// Note is the suite's event.
type Note struct {
	N int64  `json:"n"` // unique within the test
	K string `json:"k"`
}

// Kind implements bus.Payload.
func (Note) Kind() bus.Kind { return bus.Kind{Topic: Topic, Type: "test.noted"} }

// Key implements bus.Payload.
func (n Note) Key() string { return n.K }

// journal is what a test did and what came of it.
type journal struct {
	t    testing.TB
	road Road

	mu   sync.Mutex
	last int64
	sent map[int64]span // of the events that were committed
}

// span is the time in which a transaction began, committed and returned.
type span struct {
	key         string
	begun, done time.Time
}

func newJournal(t testing.TB, road Road) *journal {
	_, err := road.Subscriber.Q(t.Context()).Exec(t.Context(),
		"create table effect (n bigint not null, key text not null, happened bigint generated always as identity)")
	require.NoError(t, err)
	return &journal{t: t, road: road, sent: map[int64]span{}}
}

// effect is the handler that tests build on: it leaves a row.
func (j *journal) effect(ctx context.Context, n Note) error {
	_, err := j.road.Subscriber.Q(ctx).Exec(ctx, "insert into effect (n, key) values ($1, $2)", n.N, n.K)
	return err
}

// subscription has the handler leave effects, after what before says.
func (j *journal) subscription(before func(context.Context, Note) error) bus.Subscription {
	return bus.Subscription{Name: "test-consumer", Batch: 8, Routes: []bus.Route{
		bus.On(func(ctx context.Context, n Note) error {
			if err := before(ctx, n); err != nil {
				return err
			}
			return j.effect(ctx, n)
		}),
	}}
}

func always(context.Context, Note) error { return nil }

// note makes a new event of a key.
func (j *journal) note(key string) Note {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.last++
	return Note{j.last, key}
}

// publish commits a transaction with events of these keys, one each.
func (j *journal) publish(outbox *bus.Outbox, keys ...string) {
	j.transact(func(ctx context.Context) ([]Note, error) {
		var notes []Note
		for _, k := range keys {
			n := j.note(k)
			require.NoError(j.t, outbox.Publish(ctx, n))
			notes = append(notes, n)
		}
		return notes, nil
	})
}

// transact runs fn in a transaction of the source, and records the events that fn says it published
// if that committed.
func (j *journal) transact(fn func(context.Context) ([]Note, error)) {
	var notes []Note
	begun := time.Now()
	err := j.road.Source.Tx(context.Background(), func(ctx context.Context) (err error) {
		notes, err = fn(ctx)
		return err
	})
	if err != nil {
		return
	}
	done := time.Now()
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, n := range notes {
		j.sent[n.N] = span{n.K, begun, done}
	}
}

// afterWrite has f run after the events that were published so far are written, and before the commit.
func (j *journal) afterWrite(ctx context.Context, f func() error) {
	hook := func(context.Context) error { return f() }
	j.road.Source.BeforeCommit(ctx, func(ctx context.Context) error {
		j.road.Source.BeforeCommit(ctx, hook)
		return nil
	})
}

// effects are the events in the order in which they were handled.
func (j *journal) effects() []Note {
	ctx := context.Background()
	rows, err := j.road.Subscriber.Q(ctx).Query(ctx, "select n, key from effect order by happened")
	require.NoError(j.t, err)
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Note])
	require.NoError(j.t, err)
	return all
}

// settle waits until everything that was committed has been handled, and nothing is parked.
func (j *journal) settle() {
	j.eventually("everything committed is handled", func() bool { return len(j.effects()) >= len(j.sent) })
	j.eventually("nothing is parked", func() bool { return count(j.t, j.road.Subscriber, "parked") == 0 })
}

// verify compares what was handled with what was committed: each event once, and nothing else; and
// within a key, whatever had committed before another began was handled before it.
func (j *journal) verify() {
	j.settle()
	handled := j.effects()
	times := map[int64]int{}
	latest := map[string]time.Time{} // the latest beginning among those handled so far, by key
	for _, n := range handled {
		times[n.N]++
		sent, ok := j.sent[n.N]
		require.True(j.t, ok, "event %d was never committed", n.N)
		require.False(j.t, sent.done.Before(latest[n.K]), "event %d of key %s was overtaken", n.N, n.K)
		latest[n.K] = slices.MaxFunc([]time.Time{latest[n.K], sent.begun}, time.Time.Compare)
	}
	for n := range j.sent {
		require.Equal(j.t, 1, times[n], "times that event %d was handled", n)
	}
}

// eventually waits for a condition. The time is for a machine that is far too busy.
func (j *journal) eventually(what string, is func() bool) {
	j.t.Helper()
	require.Eventually(j.t, is, 60*time.Second, 5*time.Millisecond, what)
}

func count(t testing.TB, db *pg.DB, table string) (n int) {
	ctx := context.Background()
	require.NoError(t, db.Q(ctx).QueryRow(ctx, "select count(*) from "+table).Scan(&n))
	return n
}

// seed is the seed of this run.
func seed(t testing.TB) uint64 {
	s, err := strconv.ParseUint(cmp.Or(os.Getenv("BUSTEST_SEED"), strconv.FormatInt(time.Now().UnixNano(), 10)), 10, 64)
	require.NoError(t, err)
	t.Logf("BUSTEST_SEED=%d", s)
	return s
}
