package httpx

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"sync"
	"time"

	"github.com/labstack/echo/v5"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// check looks at one dependency. The details are for people; an error makes the process degraded.
type check struct {
	name string
	run  func(ctx context.Context) (details map[string]any, err error)
}

// look runs the check until ctx ends, whether or not the check heeds that, and measures it.
func (c check) look(ctx context.Context) (map[string]any, error) {
	type result struct {
		details map[string]any
		err     error
	}
	start, done := time.Now(), make(chan result, 1)
	go func() {
		var r result
		defer func() {
			if p := recover(); p != nil {
				r.err = fmt.Errorf("panic: %v", p)
			}
			done <- r
		}()
		r.details, r.err = c.run(ctx)
	}()
	var r result
	select {
	case r = <-done:
	case <-ctx.Done():
		r.err = ctx.Err()
	}
	details := map[string]any{"latency_ms": float64(time.Since(start).Microseconds()) / 1000}
	maps.Copy(details, r.details)
	return details, r.err
}

// checkTimeout bounds each check of /health/detailed/.
const checkTimeout = 3 * time.Second

// Check adds a dependency to /health/detailed/.
func (s *Server) Check(name string, run func(ctx context.Context) (details map[string]any, err error)) {
	s.checks = append(s.checks, check{name, run})
}

type health struct {
	Status  string                    `json:"status"`
	Service string                    `json:"service"`
	Version string                    `json:"version,omitempty"`
	Checks  map[string]string         `json:"checks,omitempty"`
	Details map[string]map[string]any `json:"details,omitempty"`
}

// platformRoutes are the routes that every process has.
func (s *Server) platformRoutes() {
	s.Raw(http.MethodGet, "/health/", Anyone, func(c *echo.Context) error {
		return c.JSON(http.StatusOK, health{Status: "ok", Service: s.cfg.Service, Version: s.cfg.Version})
	})
	s.Raw(http.MethodGet, "/health/detailed/", Anyone, s.detailed)
	if s.cfg.Registry != nil {
		metrics := echo.WrapHandler(promhttp.HandlerFor(s.cfg.Registry, promhttp.HandlerOpts{}))
		s.Raw(http.MethodGet, "/metrics/", Anyone, metrics)
	}
	s.docsRoutes()
}

// detailed answers 200 when every dependency is fine, else 503 (contract: rest.md §1.2). What is
// wrong in detail goes to the log: error texts can hold addresses.
func (s *Server) detailed(c *echo.Context) error {
	h := health{Status: "ok", Service: s.cfg.Service, Version: s.cfg.Version,
		Checks: map[string]string{}, Details: map[string]map[string]any{}}
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, one := range s.checks {
		wg.Go(func() {
			ctx, cancel := context.WithTimeout(c.Request().Context(), s.checkTimeout)
			defer cancel()
			details, err := one.look(ctx)
			mu.Lock()
			defer mu.Unlock()
			h.Checks[one.name], h.Details[one.name] = "ok", details
			if err != nil {
				slog.WarnContext(ctx, "health check failed", "check", one.name, "error", err)
				h.Checks[one.name], h.Status = "error: unavailable", "degraded"
			}
		})
	}
	wg.Wait()
	status := http.StatusOK
	if h.Status != "ok" {
		status = http.StatusServiceUnavailable
	}
	return c.JSON(status, h)
}
