package kafka

import (
	"sync"
	"time"

	"agrovet/internal/platform/bus"

	"github.com/prometheus/client_golang/prometheus"
)

// metrics count what goes to Kafka and comes from it in this process.
type metrics struct {
	produced      *prometheus.CounterVec
	produceErrors prometheus.Counter
	acknowledged  prometheus.Histogram
	consumed      *prometheus.CounterVec
	lag           *lags
}

func newMetrics() *metrics {
	return &metrics{
		produced: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "agrovet_kafka_produced_total",
			Help: "Events that Kafka has acknowledged."}, []string{"topic"}),
		produceErrors: prometheus.NewCounter(prometheus.CounterOpts{Name: "agrovet_kafka_produce_errors_total",
			Help: "Batches of events that Kafka has not taken, or not until shutdown."}),
		acknowledged: prometheus.NewHistogram(prometheus.HistogramOpts{Name: "agrovet_kafka_produce_seconds",
			Help:    "From handing a batch of events over to Kafka's acknowledgement of the last of them.",
			Buckets: []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 5, 30, 300}}),
		consumed: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "agrovet_kafka_consumed_total",
			Help: "Records that a group has dealt with."}, []string{"group", "topic"}),
		lag: &lags{of: map[place]int64{}},
	}
}

func (m *metrics) collectors() []prometheus.Collector {
	return []prometheus.Collector{m.produced, m.produceErrors, m.acknowledged, m.consumed, m.lag}
}

func (m *metrics) producedEvents(events []bus.Event, took time.Duration) {
	for _, e := range events {
		m.produced.WithLabelValues(e.Topic).Inc()
	}
	m.acknowledged.Observe(took.Seconds())
}

// lags are how many records each group has yet to deal with in the partitions that this process reads for
// it, as of the last look at each.
type lags struct {
	mu sync.Mutex
	of map[place]int64
}

type place struct {
	group, topic string
	partition    int32
}

func (l *lags) set(group, topic string, partition int32, lag int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.of[place{group, topic, partition}] = max(0, lag)
}

// forget drops partitions that others read now.
func (l *lags) forget(group string, partitions map[string][]int32) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for topic, gone := range partitions {
		for _, p := range gone {
			delete(l.of, place{group, topic, p})
		}
	}
}

// sums are the lags by group and topic; the places have no partition.
func (l *lags) sums() map[place]int64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	all := map[place]int64{}
	for at, lag := range l.of {
		all[place{group: at.group, topic: at.topic}] += lag
	}
	return all
}

var lagDesc = prometheus.NewDesc("agrovet_kafka_lag",
	"Records that a group has yet to deal with, in the partitions that this process reads.", []string{"group", "topic"}, nil)

// Describe implements prometheus.Collector.
func (l *lags) Describe(ch chan<- *prometheus.Desc) { ch <- lagDesc }

// Collect implements prometheus.Collector.
func (l *lags) Collect(ch chan<- prometheus.Metric) {
	for at, lag := range l.sums() {
		ch <- prometheus.MustNewConstMetric(lagDesc, prometheus.GaugeValue, float64(lag), at.group, at.topic)
	}
}
