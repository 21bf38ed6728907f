package sched

import "github.com/prometheus/client_golang/prometheus"

var (
	labels = []string{"schema", "job"}

	lastSuccess = prometheus.NewGaugeVec(prometheus.GaugeOpts{
		Name: "agrovet_job_last_success_timestamp_seconds",
		Help: "When a job last succeeded in this process, as Unix time.",
	}, labels)

	failures = prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "agrovet_job_failures_total",
		Help: "Runs of a job in this process that failed.",
	}, labels)
)

// Collectors are the metrics of this process's jobs, to be registered once.
func Collectors() []prometheus.Collector { return []prometheus.Collector{lastSuccess, failures} }
