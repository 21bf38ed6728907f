package bus_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"agrovet/internal/platform/bus"
	"agrovet/internal/platform/bus/bustest"
	"agrovet/internal/platform/pg"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
)

// jam is a subscription that fails until it is healed, and then writes down what it handles.
type jam struct {
	source, db *pg.DB
	outbox     *bus.Outbox
	healed     atomic.Bool
	handled    chan int64
}

// newJam parks three events each of keys a and b, and tries none of them again for an hour.
func newJam(t *testing.T) *jam {
	j := &jam{handled: make(chan int64, 100)}
	j.source, j.db = databases(t)
	c := bustest.Config(bustest.InGoodOrder)
	c.RetryBase, c.RetryMax = time.Hour, time.Hour
	b := bus.New(c)
	j.outbox = b.Source(j.source, bustest.Topic)
	b.Subscribe(j.db, bus.Subscription{Name: "s", Routes: []bus.Route{bus.On(func(_ context.Context, n bustest.Note) error {
		if !j.healed.Load() {
			return errors.New(strings.Repeat("é\x00", 2000))
		}
		j.handled <- n.N
		return nil
	})}})
	t.Cleanup(bustest.Run(b))
	for n := range int64(3) {
		publish(t.Context(), t, j.source, j.outbox, bustest.Note{N: n, K: "a"}, bustest.Note{N: 10 + n, K: "b"})
	}
	eventually(t, "all are parked", func() bool { return rows(t, j.db, "parked") == 6 })
	return j
}

func (j *jam) list(t *testing.T, f bus.Filter) []bus.ParkedEvent {
	list, err := bus.ListParked(t.Context(), j.db, f)
	require.NoError(t, err)
	return list
}

func (j *jam) take(n int) (handled []int64) {
	for range n {
		handled = append(handled, <-j.handled)
	}
	return handled
}

func TestListParkedShowsHeadsAndThoseBehind(t *testing.T) {
	j := newJam(t)
	a := j.list(t, bus.Filter{Subscription: "s", Key: "a"})
	require.Len(t, a, 3)
	require.Equal(t, 1, a[0].Attempts)
	require.Len(t, []rune(a[0].LastError), 1000)
	require.WithinDuration(t, a[0].ParkedAt.Add(time.Hour), *a[0].NextTry, 10*time.Minute)
	require.Zero(t, a[1].Attempts)
	require.Nil(t, a[1].NextTry)
	require.Len(t, j.list(t, bus.Filter{}), 6)
	require.Equal(t, a[1:2], j.list(t, bus.Filter{Key: "a", AfterID: a[0].ID, Limit: 1}))
	require.Empty(t, j.list(t, bus.Filter{Subscription: "other"}))
}

func TestGetParkedByEitherID(t *testing.T) {
	j := newJam(t)
	want := j.list(t, bus.Filter{Limit: 1})
	for _, id := range []string{fmt.Sprint(want[0].ID), want[0].Event.ID.String()} {
		got, err := bus.GetParked(t.Context(), j.db, id)
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
	for _, id := range []string{"0", uuid.NewString(), "nonsense"} {
		_, err := bus.GetParked(t.Context(), j.db, id)
		require.ErrorIs(t, err, bus.ErrNotParked)
	}
}

func TestRetryHasTheChosenKeysTriedAtOnce(t *testing.T) {
	j := newJam(t)
	j.healed.Store(true)
	n, err := bus.Retry(t.Context(), j.db, bus.Filter{Key: "b"})
	require.NoError(t, err)
	require.Equal(t, 1, n)
	require.Equal(t, []int64{10, 11, 12}, j.take(3))
	eventually(t, "only a is left", func() bool { return rows(t, j.db, "parked") == 3 })
	_, err = bus.Retry(t.Context(), j.db, bus.Filter{Key: "b"})
	require.ErrorIs(t, err, bus.ErrNotParked)
	require.Len(t, j.list(t, bus.Filter{Key: "a"}), 3)
}

func TestDropGivesUpAnEventForGood(t *testing.T) {
	j := newJam(t)
	a := j.list(t, bus.Filter{Key: "a"})
	require.NoError(t, bus.Drop(t.Context(), j.db, a[1].ID), "one that waits")
	require.Len(t, j.handled, 0)
	j.healed.Store(true)
	require.NoError(t, bus.Drop(t.Context(), j.db, a[0].ID), "the head")
	require.Equal(t, []int64{2}, j.take(1), "the next takes its place")
	require.ErrorIs(t, bus.Drop(t.Context(), j.db, a[0].ID), bus.ErrNotParked)
	require.Equal(t, 6, rows(t, j.db, "inbox"), "it is remembered as received")
}
