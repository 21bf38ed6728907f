package redisx_test

import (
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"agrovet/internal/platform/kv/redistest"
	"agrovet/internal/platform/redisx"
)

const (
	patience = 30 * time.Second
	quiet    = 3500 * time.Millisecond // longer than it takes to find a silent connection
	tick     = 50 * time.Millisecond
)

func eventually(t *testing.T, why string, ok func() bool) {
	t.Helper()
	require.Eventually(t, ok, patience, 2*time.Millisecond, why)
}

// noLeaks fails the test when goroutines that it started outlive it.
func noLeaks(t *testing.T) {
	before := goleak.IgnoreCurrent()
	t.Cleanup(func() { goleak.VerifyNone(t, before) })
}

// realRedis is a redis-server. At the end of the test no goroutine may be left.
func realRedis(t *testing.T) *redistest.Server {
	t.Helper()
	noLeaks(t)
	return redistest.New(t)
}

// open opens the way to a Redis, which ends with the test.
func open(t *testing.T, url string) *redisx.Server {
	t.Helper()
	s, err := redisx.Open(redisx.Config{URL: url, Log: slog.New(slog.DiscardHandler)})
	require.NoError(t, err)
	t.Cleanup(s.Close)
	return s
}

func ping(s *redisx.Server) error { return s.Main.Ping(context.Background()).Err() }

// makeAway calls until Redis is found to be away.
func makeAway(t *testing.T, s *redisx.Server) {
	t.Helper()
	require.Error(t, ping(s))
	require.True(t, s.Away(), "the first call that fails finds out")
}

func back(t *testing.T, s *redisx.Server) {
	t.Helper()
	eventually(t, "Redis is back", func() bool { return !s.Away() })
}

// through is the URL of a Redis by another address.
func through(scheme, address string) string { return scheme + "://" + address + "/0" }

// address is that of a URL of redistest.
func address(url string) string {
	return strings.TrimSuffix(strings.TrimPrefix(url, "redis://"), "/0")
}
