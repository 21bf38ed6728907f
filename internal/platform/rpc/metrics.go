package rpc

import (
	"context"
	"errors"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/sony/gobreaker/v2"

	"agrovet/internal/platform/errs"
)

// metrics show how questions fare.
type metrics struct {
	seconds *prometheus.HistogramVec
	retries *prometheus.CounterVec
	breaker *prometheus.GaugeVec
}

func newMetrics(r prometheus.Registerer) *metrics {
	m := &metrics{
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "agrovet_rpc_seconds",
			Help:    "Time until a module in another process has answered, all tries together. Outcome: ok, refused (an error as the answer), unavailable, open (not asked), given_up.",
			Buckets: []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 30},
		}, []string{"method", "outcome"}),
		retries: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "agrovet_rpc_retries_total", Help: "Calls that were tried again."}, []string{"method"}),
		breaker: prometheus.NewGaugeVec(prometheus.GaugeOpts{
			Name: "agrovet_rpc_breaker_state", Help: "Whether a module in another process is asked: 0 yes, 1 a few calls to try, 2 no."}, []string{"module"}),
	}
	if r != nil {
		r.MustRegister(m.seconds, m.retries, m.breaker)
	}
	return m
}

func (m *metrics) state(module string, s gobreaker.State) {
	m.breaker.WithLabelValues(module).Set(map[gobreaker.State]float64{gobreaker.StateHalfOpen: 1, gobreaker.StateOpen: 2}[s])
}

func (m *metrics) retried(method string) { m.retries.WithLabelValues(method).Inc() }

func (m *metrics) asked(method string, err error, took time.Duration) {
	m.seconds.WithLabelValues(method, outcome(err)).Observe(took.Seconds())
}

func outcome(err error) string {
	var told *errs.Error
	switch {
	case err == nil:
		return "ok"
	case errors.Is(err, gobreaker.ErrOpenState), errors.Is(err, gobreaker.ErrTooManyRequests):
		return "open"
	case errors.Is(err, context.Canceled):
		return "given_up"
	case errors.As(err, &told) && !failed(told):
		return "refused"
	}
	return "unavailable"
}
