package kv_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"agrovet/internal/platform/kv"
	"agrovet/internal/platform/kv/kvtest"
	"agrovet/internal/platform/kv/redistest"
	"agrovet/internal/platform/redisx"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// clock is a time that the test moves.
type clock struct {
	mu sync.Mutex
	t  time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.t
}

func (c *clock) later(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = c.t.Add(d)
}

func TestMemory(t *testing.T) {
	kvtest.Run(t, func(t *testing.T) (kv.Store, func(time.Duration)) {
		c := &clock{t: time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)}
		m := kv.MemoryAt(1000, c.now)
		t.Cleanup(m.Close)
		return m, c.later
	})
}

func TestMiniredis(t *testing.T) {
	kvtest.Run(t, func(t *testing.T) (kv.Store, func(time.Duration)) {
		m := miniredis.RunT(t)
		c := &clock{t: time.Now()}
		m.SetTime(c.now())
		_, s := process(t, "redis://"+m.Addr()+"/0")
		return s, func(d time.Duration) {
			c.later(d)
			m.SetTime(c.now())
			m.FastForward(d)
		}
	})
}

func TestRedis(t *testing.T) {
	server := redistest.New(t)
	client := server.Client()
	t.Cleanup(func() { _ = client.Close() })
	kvtest.Run(t, func(t *testing.T) (kv.Store, func(time.Duration)) {
		ctx := context.Background()
		require.NoError(t, client.FlushAll(ctx).Err())
		_, s := process(t, server.URL)
		return s, func(d time.Duration) { // the server's clock cannot be moved, but what it keeps can
			tat, err := client.Get(ctx, "k").Int64()
			if err == nil {
				require.NoError(t, client.Set(ctx, "k", tat-d.Microseconds(), time.Hour).Err())
			}
		}
	})
}

// process is a store as one process has it.
func process(t *testing.T, url string) (*redisx.Server, interface {
	kv.Store
	Close()
}) {
	t.Helper()
	server, err := redisx.Open(redisx.Config{URL: url})
	require.NoError(t, err)
	s := kv.Redis(server, 10_000, nil)
	t.Cleanup(func() {
		s.Close()
		server.Close()
	})
	return server, s
}
