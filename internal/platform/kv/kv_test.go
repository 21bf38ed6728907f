package kv

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// clock is a time that the test sets.
type clock struct{ t time.Time }

func (c *clock) now() time.Time { return c.t }

func setup(t *testing.T) (*memory, *clock) {
	c := &clock{time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)}
	m := newMemory(1000, c.now)
	t.Cleanup(m.Close)
	return m, c
}

func TestMemory(t *testing.T) {
	ctx := context.Background()

	t.Run("KeepsAndForgets", func(t *testing.T) {
		m, _ := setup(t)
		require.NoError(t, m.Set(ctx, "session:1", []byte("a"), time.Hour))
		v, ok, err := m.Get(ctx, "session:1")
		require.NoError(t, err)
		require.True(t, ok)
		require.Equal(t, "a", string(v))

		require.NoError(t, m.Delete(ctx, "session:1", "never there"))
		_, ok, _ = m.Get(ctx, "session:1")
		require.False(t, ok)
	})

	t.Run("AllowsABurstThenOnePerInterval", func(t *testing.T) {
		m, c := setup(t)
		limit := Limit{Events: 5, Period: 50 * time.Second}
		for range 5 {
			d, _ := m.Allow(ctx, "k", limit)
			require.True(t, d.Allowed)
		}
		d, _ := m.Allow(ctx, "k", limit)
		require.False(t, d.Allowed)
		require.Equal(t, 10*time.Second, d.RetryAfter)

		c.t = c.t.Add(d.RetryAfter)
		d, _ = m.Allow(ctx, "k", limit)
		require.True(t, d.Allowed, "after RetryAfter the next one is allowed")
		d, _ = m.Allow(ctx, "k", limit)
		require.False(t, d.Allowed)
	})

	t.Run("CountsExactlyUnderConcurrency", func(t *testing.T) {
		m, _ := setup(t)
		var allowed atomic.Int32
		var wg sync.WaitGroup
		for range 100 {
			wg.Go(func() {
				if d, _ := m.Allow(ctx, "k", Limit{Events: 30, Period: time.Hour}); d.Allowed {
					allowed.Add(1)
				}
			})
		}
		wg.Wait()
		require.EqualValues(t, 30, allowed.Load())
	})

	t.Run("KeysAreIndependentAndZeroMeansUnlimited", func(t *testing.T) {
		m, _ := setup(t)
		one := Limit{Events: 1, Period: time.Hour}
		for _, k := range []string{"a", "b"} {
			d, _ := m.Allow(ctx, k, one)
			require.True(t, d.Allowed)
		}
		for range 100 {
			d, _ := m.Allow(ctx, "c", Limit{})
			require.True(t, d.Allowed)
		}
	})
}
