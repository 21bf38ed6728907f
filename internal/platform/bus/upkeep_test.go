package bus_test

import (
	"context"
	"testing"
	"time"

	"agrovet/internal/platform/bus"
	"agrovet/internal/platform/bus/bustest"
	"agrovet/internal/platform/pg"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"
)

// age makes everything in the outbox and the inbox older.
func age(t *testing.T, source, subscriber *pg.DB, by string) {
	exec(t, source, "update outbox set occurred_at = occurred_at - $1::text::interval", by)
	exec(t, subscriber, "update inbox set received_at = received_at - $1::text::interval", by)
}

func nobody(context.Context, bustest.Note) error { return nil }

func TestPurgeKeepsWhatIsYoungOrNotDelivered(t *testing.T) {
	source, subscriber := databases(t)
	b := bus.New(bustest.Config(bustest.InGoodOrder))
	outbox := b.Source(source, bustest.Topic)
	b.Subscribe(subscriber, bus.Subscription{Name: "s", Routes: []bus.Route{bus.On(nobody)}})
	stop := bustest.Run(b)
	publish(t.Context(), t, source, outbox, bustest.Note{}, bustest.Note{})
	eventually(t, "they are handled", func() bool { return rows(t, subscriber, "inbox") == 2 })
	stop() // which saves the cursor
	publish(t.Context(), t, source, outbox, bustest.Note{})

	purged := func() (left int) {
		require.NoError(t, b.Purge(t.Context(), source))
		return rows(t, source, "outbox")
	}
	age(t, source, subscriber, "6 days 23 hours")
	require.Equal(t, 3, purged(), "all are young")
	exec(t, source, "insert into outbox_cursor (destination, updated_at) values ('slow', now() - interval '6 days')")
	age(t, source, subscriber, "2 hours")
	require.Equal(t, 3, purged(), "another destination has not had them")
	exec(t, source, "update outbox_cursor set updated_at = now() - interval '8 days'")
	require.Equal(t, 1, purged(), "that one is no more; ours is, and has not had the last")
}

func TestPurgeForgetsWhatWasReceivedLongAgo(t *testing.T) {
	_, subscriber := databases(t)
	b := bus.New(bus.Config{})
	exec(t, subscriber, `insert into inbox (subscription, event_id, received_at) values
		('s', '01800000-0000-7000-8000-000000000000', now() - interval '31 days'),
		('s', '01800000-0000-7000-8000-000000000001', now() - interval '29 days')`)
	exec(t, subscriber, `insert into inbox (subscription, event_id, received_at)
		select 's', ('01700000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, now() - interval '40 days'
		from generate_series(1, 12000) n`)
	require.NoError(t, b.Purge(t.Context(), subscriber))
	require.Equal(t, 1, rows(t, subscriber, "inbox"))
}

func TestStatsTellBacklogAndWhatIsParked(t *testing.T) {
	j := newJam(t)
	registry := prometheus.NewRegistry()
	b := bus.New(bus.Config{Metrics: registry})
	b.Source(j.source, bustest.Topic)
	b.Subscribe(j.db, bus.Subscription{Name: "s", Routes: []bus.Route{bus.On(nobody)}},
		bus.Subscription{Name: "new", Routes: []bus.Route{bus.On(nobody)}})
	exec(t, j.db, "update parked set parked_at = now() - interval '1 hour'")
	exec(t, j.source, "update outbox set occurred_at = now() - interval '2 hours'")
	eventually(t, "the running feed has saved its cursor", func() bool { return cursor(t, j.source) == 6 })

	stats, err := b.Stats(t.Context())
	require.NoError(t, err)
	require.Equal(t, bus.FeedStats{Source: "source", Destination: "s"}, stats.Feeds[0])
	require.EqualValues(t, 6, stats.Feeds[1].Backlog)
	require.Equal(t, 2*time.Hour, stats.Feeds[1].Lag.Truncate(time.Hour))
	require.EqualValues(t, 6, stats.Subscriptions[0].Parked)
	require.Equal(t, time.Hour, stats.Subscriptions[0].Oldest.Truncate(time.Hour))
	require.Equal(t, bus.SubscriptionStats{Subscription: "new"}, stats.Subscriptions[1])

	got := gather(t, registry)
	require.Equal(t, 6.0, got["agrovet_bus_backlog/new/source"])
	require.Equal(t, 0.0, got["agrovet_bus_backlog/s/source"])
	require.Equal(t, 6.0, got["agrovet_bus_parked/s"])
}

func TestStatsEstimateAHugeBacklog(t *testing.T) {
	source, subscriber := databases(t)
	exec(t, source, `insert into outbox (id, topic, type, key, data)
		select gen_random_uuid(), 'test.events', 'test.noted', n::text, '{}' from generate_series(1, 12345) n`)
	b := bus.New(bus.Config{})
	b.Source(source, bustest.Topic)
	b.Subscribe(subscriber, bus.Subscription{Name: "s", Routes: []bus.Route{bus.On(nobody)}})
	stats, err := b.Stats(t.Context())
	require.NoError(t, err)
	require.EqualValues(t, 12345, stats.Feeds[0].Backlog)
}

func TestMetricsCountWhatPasses(t *testing.T) {
	source, subscriber := databases(t)
	registry := prometheus.NewRegistry()
	c := bustest.Config(bustest.InGoodOrder)
	c.Metrics = registry
	b := bus.New(c)
	outbox := b.Source(source, bustest.Topic)
	failed := false
	b.Subscribe(subscriber, bus.Subscription{Name: "s", Routes: []bus.Route{bus.On(func(context.Context, bustest.Note) error {
		if !failed {
			failed = true
			return context.DeadlineExceeded
		}
		return nil
	})}, Batch: 1})
	stop := bustest.Run(b)
	publish(t.Context(), t, source, outbox, bustest.Note{K: "a"}, bustest.Note{K: "b"})
	eventually(t, "both are handled", func() bool {
		return rows(t, subscriber, "inbox") == 2 && rows(t, subscriber, "parked") == 0
	})
	stop()
	got := gather(t, registry)
	require.Equal(t, 2.0, got["agrovet_bus_published_total/test.events/test.noted"])
	require.Equal(t, 2.0, got["agrovet_bus_delivered_total/s/test.noted"])
	require.Equal(t, 1.0, got["agrovet_bus_handler_failures_total/s/test.noted"])
	require.Equal(t, 2.0, got["agrovet_bus_delivery_lag_seconds/s"])
}

// gather returns counters, gauges and the counts of histograms as name/label/label.
func gather(t *testing.T, registry *prometheus.Registry) map[string]float64 {
	families, err := registry.Gather()
	require.NoError(t, err)
	values := map[string]float64{}
	for _, f := range families {
		for _, m := range f.GetMetric() {
			name := f.GetName()
			for _, l := range m.GetLabel() {
				name += "/" + l.GetValue()
			}
			values[name] = m.GetCounter().GetValue() + m.GetGauge().GetValue() + float64(m.GetHistogram().GetSampleCount())
		}
	}
	return values
}
