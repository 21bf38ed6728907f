package bus

import (
	"github.com/prometheus/client_golang/prometheus"
)

// metrics count what passes through the bus of this process.
type metrics struct {
	published *prometheus.CounterVec
	delivered *prometheus.CounterVec
	failures  *prometheus.CounterVec
	rejected  *prometheus.CounterVec
	lag       *prometheus.HistogramVec
}

func newMetrics() *metrics {
	counter := func(name, help string, labels ...string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Name: "agrovet_bus_" + name, Help: help}, labels)
	}
	return &metrics{
		published: counter("published_total", "Events committed by this process.", "topic", "type"),
		delivered: counter("delivered_total", "Events whose handler's effects were committed.", "subscription", "type"),
		failures:  counter("handler_failures_total", "Attempts that ended with the event parked.", "subscription", "type"),
		rejected:  counter("rejected_total", "Messages of other roads that are no events.", "subscription"),
		lag: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "agrovet_bus_delivery_lag_seconds",
			Help:    "From the commit of an event to the commit of its handler's effects.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 5, 30, 300, 3600},
		}, []string{"subscription"}),
	}
}

func (m *metrics) collectors() []prometheus.Collector {
	return []prometheus.Collector{m.published, m.delivered, m.failures, m.rejected, m.lag}
}

func (m *metrics) publishedEvents(events []Event) {
	for _, e := range events {
		m.published.WithLabelValues(e.Topic, e.Type).Inc()
	}
}

func (m *metrics) deliveredEvents(subscription string, events []Event) {
	for _, e := range events {
		m.delivered.WithLabelValues(subscription, e.Type).Inc()
		m.lag.WithLabelValues(subscription).Observe(lagOf(e).Seconds())
	}
}

func (m *metrics) failed(subscription, kind string) {
	m.failures.WithLabelValues(subscription, kind).Inc()
}
