package bus

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"agrovet/internal/platform/pg"
)

// Stats is how the bus of this process is doing.
type Stats struct {
	Feeds         []FeedStats
	Subscriptions []SubscriptionStats
}

// FeedStats tells what a destination has not been handed yet. It counts from the durable cursor, so
// events that were handed over beyond a position that is still missing count too.
type FeedStats struct {
	Source, Destination string
	// Backlog is the number of events: exact up to 10,000, beyond that the distance in positions,
	// which is a little too high.
	Backlog int64
	Lag     time.Duration // age of the oldest of them; 0 when there is none
}

// SubscriptionStats tells what is parked.
type SubscriptionStats struct {
	Subscription string
	Parked       int64         // exact up to 10,000, which it does not exceed
	Oldest       time.Duration // how long ago the oldest event of them was parked; 0 when there is none
}

const (
	feedStats = `select
			case when counted < 10000 then counted
				else greatest(counted, (select max(position) from outbox) - c.position) end,
			coalesce(extract(epoch from clock_timestamp() - (select occurred_at from outbox
				where position > c.position order by position limit 1)), 0)::float8
		from (select coalesce((select position from outbox_cursor where destination = $1), 0) as position) c
		cross join lateral (select count(*) as counted from (select from outbox
			where position > c.position limit 10000) bounded) counting`

	subscriptionStats = `select
			(select count(*) from (select from parked where subscription = $1 limit 10000) bounded),
			coalesce(extract(epoch from clock_timestamp() - (select parked_at from parked
				where subscription = $1 order by event_id limit 1)), 0)::float8`
)

// Stats asks the databases. The cost is bounded, whatever the backlog. What could be found out is
// returned along with the error.
func (b *Bus) Stats(ctx context.Context) (Stats, error) {
	var all Stats
	var errs []error
	for _, f := range b.feeds() {
		s := FeedStats{Source: f.source.db.Schema, Destination: f.destination}
		var lag float64
		if err := f.source.db.Q(ctx).QueryRow(ctx, feedStats, f.destination).Scan(&s.Backlog, &lag); err != nil {
			errs = append(errs, fmt.Errorf("outbox of %s: %w", s.Source, err))
			continue
		}
		s.Lag = seconds(lag)
		all.Feeds = append(all.Feeds, s)
	}
	for _, sub := range b.subscribers {
		s := SubscriptionStats{Subscription: sub.name}
		var oldest float64
		if err := sub.db.Q(ctx).QueryRow(ctx, subscriptionStats, sub.name).Scan(&s.Parked, &oldest); err != nil {
			errs = append(errs, fmt.Errorf("parked events of %s: %w", sub.name, err))
			continue
		}
		s.Oldest = seconds(oldest)
		all.Subscriptions = append(all.Subscriptions, s)
	}
	return all, errors.Join(errs...)
}

// Feeds tells how far behind each destination of a schema's events is, whichever process feeds it.
func Feeds(ctx context.Context, db *pg.DB) (all []FeedStats, err error) {
	positions, err := Positions(ctx, db)
	for _, destination := range slices.Sorted(maps.Keys(positions)) {
		s := FeedStats{Source: db.Schema, Destination: destination}
		var lag float64
		if err := db.Q(ctx).QueryRow(ctx, feedStats, destination).Scan(&s.Backlog, &lag); err != nil {
			return all, fmt.Errorf("outbox of %s: %w", db.Schema, err)
		}
		s.Lag = seconds(lag)
		all = append(all, s)
	}
	return all, err
}

func seconds(s float64) time.Duration { return max(0, time.Duration(s*float64(time.Second))) }

// statsCache keeps scrapes, however many, from asking the databases more often than every 5 s.
type statsCache struct {
	mu    sync.Mutex
	at    time.Time
	stats Stats
}

const (
	statsMaxAge  = 5 * time.Second
	statsTimeout = 2 * time.Second
)

func (b *Bus) cachedStats() Stats {
	c := &b.stats
	c.mu.Lock()
	defer c.mu.Unlock()
	if time.Since(c.at) > statsMaxAge {
		ctx, cancel := context.WithTimeout(context.Background(), statsTimeout)
		defer cancel()
		stats, err := b.Stats(ctx)
		if err != nil {
			b.log.Warn("bus statistics are incomplete", "error", err)
		}
		c.stats, c.at = stats, time.Now()
	}
	return c.stats
}

// gauges shows the statistics to Prometheus.
type gauges struct{ bus *Bus }

var (
	backlogDesc = desc("backlog", "Events that a destination has not been handed yet.", "source", "destination")
	lagDesc     = desc("lag_seconds", "Age of the oldest event that a destination has not been handed yet.", "source", "destination")
	parkedDesc  = desc("parked", "Parked events.", "subscription")
	oldestDesc  = desc("parked_oldest_seconds", "How long ago the oldest parked event was parked.", "subscription")
)

func desc(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc("agrovet_bus_"+name, help, labels, nil)
}

// Describe implements prometheus.Collector.
func (g *gauges) Describe(ch chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{backlogDesc, lagDesc, parkedDesc, oldestDesc} {
		ch <- d
	}
}

// Collect implements prometheus.Collector.
func (g *gauges) Collect(ch chan<- prometheus.Metric) {
	gauge := func(d *prometheus.Desc, value float64, labels ...string) {
		ch <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, value, labels...)
	}
	stats := g.bus.cachedStats()
	for _, f := range stats.Feeds {
		gauge(backlogDesc, float64(f.Backlog), f.Source, f.Destination)
		gauge(lagDesc, f.Lag.Seconds(), f.Source, f.Destination)
	}
	for _, s := range stats.Subscriptions {
		gauge(parkedDesc, float64(s.Parked), s.Subscription)
		gauge(oldestDesc, s.Oldest.Seconds(), s.Subscription)
	}
}
