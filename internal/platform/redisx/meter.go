package redisx

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// meter is the metrics of a Server.
type meter struct{ calls prometheus.Histogram }

func (m *meter) register(s *Server, r prometheus.Registerer) {
	m.calls = prometheus.NewHistogram(prometheus.HistogramOpts{Name: "agrovet_redis_call_seconds",
		Help: "How long calls of Redis took, those that failed included.", Buckets: []float64{.0002, .0005, .001, .002, .005, .02, .1, .3, 1}})
	up := prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "agrovet_redis_up", Help: "Whether Redis is used: 0 while it is away."}, func() float64 {
		if s.Away() {
			return 0
		}
		return 1
	})
	if r != nil {
		r.MustRegister(m.calls, up)
	}
}

func (m *meter) called(d time.Duration) { m.calls.Observe(d.Seconds()) }
