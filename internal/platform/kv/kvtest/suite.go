// Package kvtest is what every kv.Store must pass.
package kvtest

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"agrovet/internal/platform/kv"
)

// Setup makes an empty store, and a way to let time pass for its limits.
type Setup func(t *testing.T) (store kv.Store, later func(time.Duration))

const patience = 10 * time.Second

// Run checks a store.
func Run(t *testing.T, setup Setup) {
	t.Run("KeepsAndForgets", func(t *testing.T) { keeps(t, setup) })
	t.Run("ManyAtOnce", func(t *testing.T) { many(t, setup) })
	t.Run("ValuesEnd", func(t *testing.T) { ends(t, setup) })
	t.Run("AllowsABurstThenOnePerInterval", func(t *testing.T) { burst(t, setup) })
	t.Run("CountsExactlyUnderConcurrency", func(t *testing.T) { counts(t, setup) })
	t.Run("KeysAreIndependentAndZeroMeansUnlimited", func(t *testing.T) { independent(t, setup) })
	t.Run("WhoseTimeIsUpIsToldSo", func(t *testing.T) { late(t, setup) })
}

func keeps(t *testing.T, setup Setup) {
	ctx := context.Background()
	for _, key := range []string{"session:1", "cache:user:1"} {
		s, _ := setup(t)
		get := func() string {
			v, ok, err := s.Get(ctx, key)
			require.NoError(t, err)
			require.Equal(t, ok, v != nil)
			return string(v)
		}
		require.Empty(t, get())
		require.NoError(t, s.Set(ctx, key, []byte("a"), time.Hour))
		require.Equal(t, "a", get())
		require.NoError(t, s.Set(ctx, key, []byte("b\x00\xff"), time.Hour))
		require.Equal(t, "b\x00\xff", get())
		require.NoError(t, s.Delete(ctx, key, "never there"))
		require.Empty(t, get())
		require.NoError(t, s.Delete(ctx))
	}
}

func many(t *testing.T, setup Setup) {
	ctx := context.Background()
	s, _ := setup(t)
	values := map[string][]byte{"session:1": []byte("x")}
	keys := []string{"session:1", "session:none", "cache:none"}
	for i := range 700 {
		k := fmt.Sprint("cache:user:", i)
		values[k], keys = []byte(k), append(keys, k)
	}
	require.NoError(t, s.SetMany(ctx, values, time.Hour))
	got, err := s.GetMany(ctx, keys...)
	require.NoError(t, err)
	require.Equal(t, values, got)
	require.NoError(t, s.Delete(ctx, keys...))
	got, err = s.GetMany(ctx, keys...)
	require.NoError(t, err)
	require.Empty(t, got)
	require.NoError(t, s.SetMany(ctx, nil, time.Hour))
	got, err = s.GetMany(ctx)
	require.NoError(t, err)
	require.Empty(t, got)
}

func ends(t *testing.T, setup Setup) {
	ctx := context.Background()
	s, later := setup(t)
	require.NoError(t, s.Set(ctx, "session:1", []byte("a"), 20*time.Millisecond))
	later(20 * time.Millisecond)
	require.Eventually(t, func() bool {
		_, ok, err := s.Get(ctx, "session:1")
		return err == nil && !ok
	}, patience, 5*time.Millisecond)
}

func burst(t *testing.T, setup Setup) {
	ctx := context.Background()
	s, later := setup(t)
	limit := kv.Limit{Events: 5, Period: 50 * time.Second}
	take := func() kv.Decision {
		d, err := s.Allow(ctx, "k", limit)
		require.NoError(t, err)
		return d
	}
	for range 5 {
		require.True(t, take().Allowed)
	}
	d := take()
	require.False(t, d.Allowed)
	require.LessOrEqual(t, d.RetryAfter, 10*time.Second)
	require.Greater(t, d.RetryAfter, 5*time.Second)
	later(d.RetryAfter)
	require.True(t, take().Allowed, "after RetryAfter the next one is allowed")
	require.False(t, take().Allowed)
	later(20 * time.Second)
	require.True(t, take().Allowed)
	require.True(t, take().Allowed)
	require.False(t, take().Allowed)
}

func counts(t *testing.T, setup Setup) {
	s, _ := setup(t)
	var allowed atomic.Int32
	var wg sync.WaitGroup
	for range 100 {
		wg.Go(func() {
			if d, err := s.Allow(context.Background(), "k", kv.Limit{Events: 30, Period: time.Hour}); err == nil && d.Allowed {
				allowed.Add(1)
			}
		})
	}
	wg.Wait()
	require.EqualValues(t, 30, allowed.Load())
}

func independent(t *testing.T, setup Setup) {
	ctx := context.Background()
	s, _ := setup(t)
	one := kv.Limit{Events: 1, Period: time.Hour}
	for _, k := range []string{"a", "b"} {
		d, err := s.Allow(ctx, k, one)
		require.NoError(t, err)
		require.True(t, d.Allowed)
	}
	for range 100 {
		d, err := s.Allow(ctx, "c", kv.Limit{})
		require.NoError(t, err)
		require.True(t, d.Allowed)
	}
}

// A caller who has gone is no reason to take a store for absent, and Delete is done all the same.
func late(t *testing.T, setup Setup) {
	ctx := context.Background()
	s, _ := setup(t)
	gone, cancel := context.WithCancel(ctx)
	cancel()
	require.NoError(t, s.Set(ctx, "session:1", []byte("a"), time.Hour))
	_, _, _ = s.Get(gone, "session:2")
	v, ok, err := s.Get(ctx, "session:1")
	require.NoError(t, err)
	require.True(t, ok)
	require.Equal(t, "a", string(v))
	require.NoError(t, s.Delete(gone, "session:1"))
	_, ok, err = s.Get(ctx, "session:1")
	require.NoError(t, err)
	require.False(t, ok)
}
