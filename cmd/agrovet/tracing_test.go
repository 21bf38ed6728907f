package main

import (
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestTracing shows that spans leave for the endpoint, the last ones at the end of the process.
func TestTracing(t *testing.T) {
	var sent atomic.Int64
	collector := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/v1/traces" {
			sent.Add(r.ContentLength)
		}
	}))
	defer collector.Close()
	p := startShared(t, "--tracing-endpoint", collector.URL+"/v1/traces", "--log-format", "json")
	r := p.mustCall(http.StatusOK, http.MethodGet, "/health/detailed/", nil)
	p.stop()
	require.Positive(t, sent.Load())
	require.Regexp(t, `"request_id":"`+r.header.Get("X-Request-Id")+`","trace_id":"[0-9a-f]{32}"`, p.readLog())
}
