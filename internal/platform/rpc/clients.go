package rpc

import (
	"cmp"
	"context"
	"errors"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/sony/gobreaker/v2"
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"

	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/httpx"
)

// Config is how a process asks others.
type Config struct {
	Caller     string                // what this process calls itself, for the others' logs: its modules
	Secret     string                // of the installation
	Timeout    time.Duration         // of a call, all tries together. Defaults to 5 s
	OpenFor    time.Duration         // how long nothing is asked of a module that does not answer. Defaults to 2 s
	Trace      bool                  // whether calls are spans
	Registerer prometheus.Registerer // nil: no metrics
}

// Clients make a process's clients, which share connections and metrics.
type Clients struct {
	cfg     Config
	http    *http.Client
	pool    *http.Transport
	metrics *metrics
}

// NewClients connects to nobody. Close ends the connections that are idle then.
func NewClients(cfg Config) *Clients {
	cfg.Timeout, cfg.OpenFor = cmp.Or(cfg.Timeout, 5*time.Second), cmp.Or(cfg.OpenFor, 2*time.Second)
	pool := &http.Transport{
		DialContext:           (&net.Dialer{Timeout: 2 * time.Second, KeepAlive: 15 * time.Second}).DialContext,
		TLSHandshakeTimeout:   3 * time.Second,
		MaxConnsPerHost:       256, // more wait for one of these
		MaxIdleConnsPerHost:   64,
		IdleConnTimeout:       time.Minute, // less than servers keep theirs, so none is found closed
		ExpectContinueTimeout: 2 * time.Second,
		DisableCompression:    true, // it is the same network
	}
	var road http.RoundTripper = pool
	if cfg.Trace {
		road = otelhttp.NewTransport(pool)
	}
	noRedirects := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &Clients{cfg, &http.Client{Transport: road, CheckRedirect: noRedirects}, pool, newMetrics(cfg.Registerer)}
}

// Close ends idle connections.
func (c *Clients) Close() { c.pool.CloseIdleConnections() }

// To is the client of a module that answers at the URL. It does not connect yet, so processes may start in any
// order. away is what callers are told when there is no answer.
func (c *Clients) To(module, url string, away *errs.Error) *Client {
	client := &Client{module: module, base: strings.TrimSuffix(url, "/"), away: away,
		sign: httpx.ServiceCredential(c.cfg.Caller, c.cfg.Secret), timeout: c.cfg.Timeout, http: c.http, metrics: c.metrics}
	c.metrics.state(module, gobreaker.StateClosed)
	client.breaker = gobreaker.NewCircuitBreaker[[]byte](gobreaker.Settings{
		Name: module, MaxRequests: 3, Timeout: c.cfg.OpenFor, Interval: 10 * time.Second,
		ReadyToTrip:   trip,
		IsSuccessful:  func(err error) bool { return !failed(err) },
		IsExcluded:    givenUp,
		OnStateChange: func(name string, _, to gobreaker.State) { c.metrics.state(name, to) },
	})
	return client
}

// trip opens the breaker after five failures in a row, or when half of many calls fail.
func trip(n gobreaker.Counts) bool {
	return n.ConsecutiveFailures >= 5 || n.Requests >= 20 && 2*n.TotalFailures >= n.Requests
}

// failed says whether the other side does not do its work. An error that it gives as an answer is work done.
func failed(err error) bool {
	var told *errs.Error
	if errors.As(err, &told) {
		return errors.Is(told, errs.ErrUnavailable) || errors.Is(told, errs.ErrTimeout)
	}
	return err != nil
}

// givenUp says whether the caller did not wait for the answer, which says nothing about the other side.
func givenUp(err error) bool { return errors.Is(err, context.Canceled) || errors.Is(err, errHurried) }
