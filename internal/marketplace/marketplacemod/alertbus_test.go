package marketplacemod_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"agrovet/internal/marketplace/marketplacemod"
	"agrovet/internal/platform/bus"
	"agrovet/internal/platform/bus/bustest"
)

// carry runs a process that carries the module's events, until it is stopped.
func carry(t testing.TB, w *world) (stop func()) {
	t.Helper()
	b := bus.New(bustest.Config(bustest.InGoodOrder))
	var cfg marketplacemod.Config
	cfg.Country = "BO"
	m, err := marketplacemod.New(cfg, marketplacemod.Deps{DB: w.db, Outbox: b.Source(w.db, marketplacemod.Topics...), Users: w.users, Media: w.media})
	require.NoError(t, err)
	b.Subscribe(w.db, m.Subscriptions()...)
	return bustest.Run(b)
}

// The real road: the module's own outbox, the bus, the subscription with its inbox; two processes at once,
// which are handed the whole outbox again and again.
func TestAlertsArriveOverTheBusOnce(t *testing.T) {
	w := setup(t)
	searches := []int64{w.saved(carla, object{"search": "vaca"}), w.saved(luis, object{"max_price": "8000"})}
	var want []string
	for i := range 20 {
		id := w.published(ana, object{"price": 100 + i})
		w.as(ana, "PATCH", path("adds/%d/", id), object{"price": 50 + i}).ok(200)
		for _, search := range searches {
			want = append(want, path("%d %d", search, id))
		}
	}
	for range 3 {
		first, second := carry(t, w), carry(t, w)
		require.Eventually(t, func() bool { return len(w.alerts()) >= len(want) && w.handled() }, time.Minute, 10*time.Millisecond)
		first()
		second()
		require.ElementsMatch(t, want, w.alerts())
		for _, sql := range []string{"delete from outbox_cursor", "delete from inbox where event_id in (select id from outbox where position % 2 = 0)"} {
			_, err := w.db.Q(t.Context()).Exec(t.Context(), sql)
			require.NoError(t, err)
		}
	}
	require.Zero(t, w.count("parked"))
}

// handled says whether the alerts' group has dealt with all that it wants.
func (w *world) handled() bool {
	return w.count(`outbox o where type in ('add.created', 'add.updated', 'add.deleted')
		and not exists (select from inbox i where i.event_id = o.id and i.subscription = $1)`, marketplacemod.AlertsGroup) == 0
}

// TestFewOfManySearchesAreLookedAt publishes one advert beside 20,000 searches: a handful may find it, and
// no others are looked at.
func TestFewOfManySearchesAreLookedAt(t *testing.T) {
	w := setup(t)
	templates := []object{{"search": "alpaca gris"}, {"search": "vaca", "publisher": "77"}, {"near": "40,100", "radius_km": "300"}, {"category": path("%d", w.category("Porcinos"))},
		{"condition": "semi_new"}, {"currency": "USD", "max_price": "100"}, {"near": "-17,-63", "search": "quirquincho"}, {"publisher": "2"}}
	for _, q := range templates {
		w.saved(carla, q)
	}
	w.multiply(20_000 / len(templates))
	match := w.saved(luis, object{"search": "vaca lechera", "near": "-17.78,-63.18"})
	w.saved(luis, object{"search": "vaca flaca"})
	id := w.published(ana, object{"latitude": -17.8, "longitude": -63.2})
	reads := 0
	for _, e := range w.pending() {
		require.NoError(t, w.db.Tx(t.Context(), func(ctx context.Context) error {
			before := w.reads(ctx)
			err := w.deliver(ctx, e)
			reads += w.reads(ctx) - before
			return err
		}))
	}
	require.Equal(t, []string{path("%d %d", match, id)}, w.alerts())
	require.Greater(t, w.count("search_version"), 20_000)
	require.Positive(t, reads)
	require.Less(t, reads, 50, "rows of searches, their versions and anchors that were read")
}

// multiply makes n copies of all searches that there are.
func (w *world) multiply(n int) {
	w.t.Helper()
	copies := strings.NewReplacer("N", fmt.Sprint(n-1)).Replace(`
		with s as (insert into search (id, user_id, name, wanted, alerts) select id + 1000 * i, user_id, name, wanted, alerts
			from search, generate_series(1, N) i),
		v as (insert into search_version (id, search_id, wanted, shape, from_at) select id + 1000 * i, search_id + 1000 * i, wanted, shape, from_at
			from search_version, generate_series(1, N) i)
		insert into search_anchor select anchor, version_id + 1000 * i from search_anchor, generate_series(1, N) i;`)
	for _, sql := range []string{copies, "select setval(pg_get_serial_sequence('search', 'id'), 100000000), setval(pg_get_serial_sequence('search_version', 'id'), 100000000)",
		"analyze search, search_version, search_anchor"} {
		_, err := w.db.Q(w.t.Context()).Exec(w.t.Context(), sql)
		require.NoError(w.t, err)
	}
}

// reads are how many rows of the searches' tables the connection of the transaction has read.
func (w *world) reads(ctx context.Context) (n int) {
	w.t.Helper()
	require.NoError(w.t, w.db.Q(ctx).QueryRow(ctx, `select sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))
		from pg_stat_xact_user_tables where relname in ('search', 'search_version', 'search_anchor')`).Scan(&n))
	return n
}
