package kv

import "github.com/prometheus/client_golang/prometheus"

// meter counts where answers of a shared store come from.
type meter struct{ near, hit, miss, alone prometheus.Counter }

func newMeter(r prometheus.Registerer) *meter {
	all := prometheus.NewCounterVec(prometheus.CounterOpts{Name: "agrovet_kv_answers_total",
		Help: "Answers of the shared store: near (remembered by this process), hit, miss, alone (Redis is away)."}, []string{"from"})
	if r != nil {
		r.MustRegister(all)
	}
	return &meter{all.WithLabelValues("near"), all.WithLabelValues("hit"), all.WithLabelValues("miss"), all.WithLabelValues("alone")}
}
