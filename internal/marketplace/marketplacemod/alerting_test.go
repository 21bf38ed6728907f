package marketplacemod_test

import (
	"context"
	"net/url"
	"os"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"agrovet/internal/marketplace/marketplacemod"
	"agrovet/internal/platform/bus"
	"agrovet/internal/platform/httpx"
	"agrovet/internal/platform/kv"
)

// over is another process on the same database, whose configuration may differ.
func over(t testing.TB, w *world, change func(*marketplacemod.Config)) *world {
	t.Helper()
	store := kv.Memory(1000)
	t.Cleanup(store.Close)
	server, err := httpx.New(httpx.Config{KV: store})
	require.NoError(t, err)
	other := &world{t: t, db: w.db, users: w.users, media: w.media, now: w.now, server: server, handler: server.Handler()}
	server.UseAuthenticator(w.users)
	var cfg marketplacemod.Config
	cfg.Country = "BO"
	change(&cfg)
	other.module, err = marketplacemod.New(cfg, marketplacemod.Deps{DB: w.db, Outbox: bus.New(bus.Config{}).Source(w.db, marketplacemod.Topics...),
		Users: w.users, Media: w.media, Now: w.clock})
	require.NoError(t, err)
	other.module.Routes(server.Module("marketplace", w.db))
	return other
}

func write(t testing.TB, file, text string) {
	t.Helper()
	require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
}

// saved makes a search and returns its id.
func (w *world) saved(userID int64, query object) int64 {
	w.t.Helper()
	return int64(w.as(userID, "POST", "adds/searches/", object{"name": "Búsqueda", "query": query}).ok(201)["id"].(float64))
}

// pending are the module's own events that handle has not handled, in their order.
func (w *world) pending() []bus.Event {
	w.t.Helper()
	rows, err := w.db.Q(context.Background()).Query(context.Background(), `select id, topic, type, key, data, trace, internal, occurred_at
		from outbox where topic = 'marketplace.events' and not exists (select from inbox where event_id = outbox.id) order by position`)
	require.NoError(w.t, err)
	events, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (e bus.Event, err error) {
		return e, row.Scan(&e.ID, &e.Topic, &e.Type, &e.Key, &e.Data, &e.Trace, &e.Internal, &e.OccurredAt)
	})
	require.NoError(w.t, err)
	return events
}

// handle hands the module its own events, as the bus does.
func (w *world) handle() {
	w.t.Helper()
	for _, e := range w.pending() {
		require.NoError(w.t, w.take(e))
	}
}

// take hands over one event, whether the module has had it or not.
func (w *world) take(e bus.Event) error {
	return w.db.Tx(context.Background(), func(ctx context.Context) error {
		if _, err := w.db.Q(ctx).Exec(ctx, "insert into inbox (event_id, subscription) values ($1, 'test') on conflict do nothing", e.ID); err != nil {
			return err
		}
		return w.deliver(ctx, e)
	})
}

func (w *world) deliver(ctx context.Context, e bus.Event) error {
	for _, s := range w.module.Subscriptions() {
		for _, route := range s.Routes {
			if route.Kind.Topic == e.Topic && route.Kind.Type == e.Type {
				if err := route.Handle(ctx, e); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// again is an event with another id, that happened at the time.
func again(e bus.Event, at time.Time) bus.Event {
	e.ID, e.OccurredAt = uuid.New(), at
	return e
}

// alerts are the module's alert events in the outbox, as "search add".
func (w *world) alerts() []string {
	w.t.Helper()
	return w.texts("select (data->>'search_id') || ' ' || (data->>'add_id') from outbox where type = 'add.alert' order by position")
}

// next is the address of the following page, below /api/; empty: there is none.
func next(page object) string {
	s, _ := page["next"].(string)
	if s == "" {
		return ""
	}
	u, err := url.Parse(s)
	if err != nil {
		panic(err)
	}
	return u.RequestURI()[len("/api/"):]
}
