package kv_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/require"

	"agrovet/internal/platform/kv"
	"agrovet/internal/platform/kv/redistest"
	"agrovet/internal/platform/redisx"
)

const patience = 20 * time.Second

func eventually(t *testing.T, why string, ok func() bool) {
	t.Helper()
	require.Eventually(t, ok, patience, 2*time.Millisecond, why)
}

func has(t *testing.T, s kv.Store, key string) bool {
	t.Helper()
	_, ok, err := s.Get(context.Background(), key)
	require.NoError(t, err)
	return ok
}

func set(t *testing.T, s kv.Store, key string) {
	t.Helper()
	require.NoError(t, s.Set(context.Background(), key, []byte("x"), time.Hour))
}

func raw(t *testing.T, r *redistest.Server) *redis.Client {
	t.Helper()
	c := r.Client()
	t.Cleanup(func() { _ = c.Close() })
	return c
}

func away(t *testing.T, servers ...*redisx.Server) {
	t.Helper()
	for _, s := range servers {
		eventually(t, "Redis is away", s.Away)
	}
}

func back(t *testing.T, servers ...*redisx.Server) {
	t.Helper()
	for _, s := range servers {
		eventually(t, "Redis is back", func() bool { return !s.Away() })
	}
}

// What one process deletes or changes another forgets, though it remembers what it has read.
func TestProcessesTellEachOther(t *testing.T) {
	r, ctx := redistest.New(t), context.Background()
	_, one := process(t, r.URL)
	_, two := process(t, r.URL)
	client := raw(t, r)
	eventually(t, "what was read is remembered", func() bool {
		set(t, one, "session:1")
		require.True(t, has(t, two, "session:1"))
		require.NoError(t, client.Del(ctx, "session:1").Err()) // nobody is told
		return has(t, two, "session:1")
	})
	require.NoError(t, one.Delete(ctx, "session:1"))
	eventually(t, "what was deleted is forgotten", func() bool { return !has(t, two, "session:1") })

	set(t, one, "cache:user:1")
	require.True(t, has(t, two, "cache:user:1"))
	require.NoError(t, one.Set(ctx, "cache:user:1", []byte("new"), time.Hour))
	eventually(t, "what was changed is read anew", func() bool {
		v, _, err := two.Get(ctx, "cache:user:1")
		return err == nil && string(v) == "new"
	})
}

// Cached things are in a database of their own, and nothing stays for ever.
func TestEveryKeyEnds(t *testing.T) {
	r, ctx := redistest.New(t), context.Background()
	server, s := process(t, r.URL)
	set(t, s, "session:1")
	set(t, s, "cache:user:1")
	require.NoError(t, s.Set(ctx, "session:2", []byte("x"), 0))
	_, err := s.Allow(ctx, "limit:x", kv.Limit{Events: 1, Period: time.Minute})
	require.NoError(t, err)
	for want, c := range map[string]*redis.Client{"session:1": server.Main, "limit:x": server.Main, "cache:user:1": server.Cache} {
		require.EqualValues(t, 1, c.Exists(ctx, want).Val(), want)
	}
	for _, c := range []*redis.Client{server.Main, server.Cache} {
		keys, err := c.Keys(ctx, "*").Result()
		require.NoError(t, err)
		for _, k := range keys {
			require.Positive(t, c.PTTL(ctx, k).Val(), k)
		}
	}
}

// Without Redis a process goes on with what it is told; when it is back, nothing is alive that was deleted.
func TestAwayAndBack(t *testing.T) {
	r, ctx := redistest.New(t), context.Background()
	first, one := process(t, r.URL)
	second, two := process(t, r.URL)
	for _, k := range []string{"session:kept", "session:ended", "session:lately"} {
		set(t, one, k)
	}
	require.NoError(t, one.Delete(ctx, "session:lately"))
	r.Stop()
	away(t, first, second)

	require.NoError(t, one.Delete(ctx, "session:ended"))
	require.False(t, has(t, one, "session:ended"))
	set(t, one, "session:new")
	require.True(t, has(t, one, "session:new"))
	limit := kv.Limit{Events: 1, Period: time.Hour}
	for _, want := range []bool{true, false} {
		d, err := one.Allow(ctx, "limit:x", limit)
		require.NoError(t, err)
		require.Equal(t, want, d.Allowed)
	}
	_, err := first.Check(ctx)
	require.ErrorIs(t, err, redisx.ErrAway)

	r.Start()
	for first.Away() {
		require.False(t, has(t, one, "session:ended"), "the process that deleted it never sees it again")
	}
	back(t, first, second)
	require.False(t, has(t, one, "session:ended"))
	eventually(t, "other processes do not see it either", func() bool { return !has(t, two, "session:ended") })
	require.True(t, has(t, two, "session:kept"))
	require.False(t, has(t, two, "session:lately"))
	_, err = first.Check(ctx)
	require.NoError(t, err)
}

// A Redis that lost its last moments does not bring back what was deleted in them.
func TestRedisForgetsADelete(t *testing.T) {
	r, ctx := redistest.New(t), context.Background()
	server, s := process(t, r.URL)
	set(t, s, "session:1")
	require.NoError(t, s.Delete(ctx, "session:1"))
	require.NoError(t, raw(t, r).Set(ctx, "session:1", "x", time.Hour).Err())
	r.Stop()
	away(t, server)
	r.Start()
	back(t, server)
	require.False(t, has(t, s, "session:1"))
}

// A Redis that hangs costs nobody more than a moment.
func TestHanging(t *testing.T) {
	r, ctx := redistest.New(t), context.Background()
	server, s := process(t, r.URL)
	set(t, s, "session:1")
	r.Pause()
	require.NoError(t, s.Delete(ctx, "session:1"))
	require.True(t, server.Away())
	for range 10_000 { // with a timeout each it would take an hour
		require.False(t, has(t, s, "session:1"))
	}
	r.Resume()
	back(t, server)
	require.False(t, has(t, s, "session:1"))
}

// When more was deleted than is remembered, all of its kind goes.
func TestTooMuchToRemember(t *testing.T) {
	r, ctx := redistest.New(t), context.Background()
	server, s := process(t, r.URL)
	set(t, s, "session:last")
	set(t, s, "cache:user:1")
	r.Stop()
	away(t, server)
	keys := make([]string, kv.MostOwed)
	for i := range keys {
		keys[i] = fmt.Sprint("session:", i)
	}
	require.NoError(t, s.Delete(ctx, append(keys, "session:last")...))
	r.Start()
	back(t, server)
	require.False(t, has(t, s, "session:last"))
	require.True(t, has(t, s, "cache:user:1"))
}

// A process may begin while Redis is not there.
func TestBeginsWithoutRedis(t *testing.T) {
	r := redistest.New(t)
	r.Stop()
	server, s := process(t, r.URL)
	require.False(t, has(t, s, "session:1"))
	require.True(t, server.Away())
	r.Start()
	back(t, server)
	set(t, s, "session:1")
	require.EqualValues(t, 1, raw(t, r).Exists(context.Background(), "session:1").Val())
}

// All is gone: it is asked for again where the truth is.
func TestFlushed(t *testing.T) {
	r, ctx := redistest.New(t), context.Background()
	_, s := process(t, r.URL)
	set(t, s, "session:1")
	require.NoError(t, raw(t, r).FlushAll(ctx).Err())
	eventually(t, "what is remembered ends", func() bool { return !has(t, s, "session:1") })
	set(t, s, "session:1")
	require.True(t, has(t, s, "session:1"))
}
