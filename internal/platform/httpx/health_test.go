package httpx

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

type details = map[string]any

func TestHealth(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	for _, path := range []string{"/health/", "/health"} {
		get(path).to(t, s).is(200, `{"status":"ok","service":"microservice","version":"1.2.3"}`)
	}
	require.Equal(t, 200, call{method: "HEAD", path: "/health/"}.to(t, s).status)
}

func TestDetailedHealth(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.checkTimeout = 500 * time.Millisecond
	release := make(chan struct{})
	defer close(release)
	same := details{"lag": 3}
	s.Check("database", func(context.Context) (details, error) { return same, nil })
	require.Equal(t, 200, get("/health/detailed/").to(t, s).status)
	s.Check("redis", func(context.Context) (details, error) { return nil, errors.New("dial 10.0.0.7: hunter2") })
	s.Check("deaf", func(context.Context) (details, error) { <-release; return nil, nil })
	s.Check("broken", func(context.Context) (details, error) { panic("hunter2") })
	got := get("/health/detailed/").to(t, s)
	require.Equal(t, 503, got.status)
	h := got.decode()
	require.Equal(t, "degraded", h["status"])
	require.Equal(t, map[string]any{"database": "ok", "redis": "error: unavailable",
		"deaf": "error: unavailable", "broken": "error: unavailable"}, h["checks"])
	database := h["details"].(details)["database"].(details)
	require.EqualValues(t, 3, database["lag"])
	require.Contains(t, database, "latency_ms")
	require.NotContains(t, got.body, "hunter2")
	require.Equal(t, details{"lag": 3}, same, "what a check returned is its own")
}
