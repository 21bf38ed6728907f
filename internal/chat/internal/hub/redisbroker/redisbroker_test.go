package redisbroker_test

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"agrovet/internal/chat/internal/hub"
	"agrovet/internal/chat/internal/hub/brokertest"
	"agrovet/internal/chat/internal/hub/redisbroker"
	"agrovet/internal/platform/kv/redistest"
	"agrovet/internal/platform/redisx"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// process is a way to Redis as one process has it.
func process(t *testing.T, url string) *redisx.Server {
	t.Helper()
	server, err := redisx.Open(redisx.Config{URL: url})
	require.NoError(t, err)
	t.Cleanup(server.Close)
	return server
}

func setup(t *testing.T, url string) (hub.Broker, func(time.Duration)) {
	var shift atomic.Int64
	b := redisbroker.New(redisbroker.Config{Redis: process(t, url), Shift: func() time.Duration { return time.Duration(shift.Load()) }})
	return b, func(d time.Duration) { shift.Add(int64(d)) }
}

func TestMiniredis(t *testing.T) {
	brokertest.Run(t, func(t *testing.T) (hub.Broker, func(time.Duration)) {
		return setup(t, "redis://"+miniredis.RunT(t).Addr()+"/0")
	})
}

func TestRedis(t *testing.T) {
	server := redistest.New(t)
	client := server.Client()
	t.Cleanup(func() { _ = client.Close() })
	brokertest.Run(t, func(t *testing.T) (hub.Broker, func(time.Duration)) {
		require.NoError(t, client.FlushAll(context.Background()).Err())
		return setup(t, server.URL)
	})
}
