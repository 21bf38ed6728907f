package main

import (
	"context"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"agrovet/internal/platform/bus"
	"agrovet/internal/platform/pg"
)

// note is the event of these measurements.
type note struct {
	N int64  `json:"n"`
	K string `json:"key"`
}

const noteTopic = "bench.events"

func (note) Kind() bus.Kind { return bus.Kind{Topic: noteTopic, Type: "note.taken"} }
func (n note) Key() string  { return n.K }

// roads are the two schemas that events travel between, in a database of their own.
type roads struct{ source, subscriber *pg.DB }

func (r roads) close() {
	r.source.Close()
	r.subscriber.Close()
}

func (h *house) roads(ctx context.Context, database string) (r roads, err error) {
	owner, err := h.newDatabase(ctx, database)
	if err != nil {
		return r, err
	}
	if r.source, err = h.schema(ctx, owner, "source"); err != nil {
		return r, err
	}
	if r.subscriber, err = h.schema(ctx, owner, "subscriber"); err != nil {
		r.source.Close()
	}
	return r, err
}

// bus makes a bus from source to subscriber whose only handler is given, and its outbox.
func (r roads) bus(handle func(context.Context, note) error) (*bus.Bus, *bus.Outbox) {
	b := bus.New(bus.Config{Log: slog.New(slog.DiscardHandler)})
	outbox := b.Source(r.source, noteTopic)
	b.Subscribe(r.subscriber, bus.Subscription{Name: "bench", Routes: []bus.Route{bus.On(handle)}})
	return b, outbox
}

// running runs the bus until the returned function is called, which waits for its end.
func running(ctx context.Context, b *bus.Bus) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = b.Run(ctx) // always nil
	}()
	return func() { cancel(); <-done }
}

const (
	drained   = 100_000 // events of a drain
	bareBatch = 256     // as many as a feed reads at once
)

// fillOutbox writes events as 100,000 publishing transactions would have left them: ids that grow
// with time, and a thousand keys.
const fillOutbox = `insert into outbox (id, topic, type, key, data)
	select (lpad(to_hex((1700000000000 + n)::bigint), 12, '0') || '7' || substr(md5(n::text), 1, 3) || 'a' || substr(md5(n::text), 4, 15))::uuid,
		$1, $2, (n % 1000)::text, jsonb_build_object('n', n, 'key', (n % 1000)::text)
	from generate_series(1, $3::int) n`

// measureDrain carries a full outbox to a subscriber that does nothing, against a loop that reads
// batches of an equal table and marks them, which is the least that a relay can do.
func measureDrain(ctx context.Context, h *house) ([]row, error) {
	r, err := h.roads(ctx, "drain")
	if err != nil {
		return nil, err
	}
	defer r.close()
	if err := r.fill(ctx); err != nil {
		return nil, err
	}
	d, err := byTurns(h.rounds,
		func() (float64, error) { return r.timed(ctx, emptyInbox, r.drain) },
		func() (float64, error) { return r.timed(ctx, freshBare, r.bareDrain) })
	return []row{{
		what:     fmt.Sprintf("drain of %d events to a null subscriber, against read and mark", drained),
		measured: fmt.Sprintf("%.0f/s", d.product), peer: fmt.Sprintf("%.0f/s", d.peer),
		rounds: d.ratios, limit: atLeast(0.6),
	}}, err
}

func (r roads) fill(ctx context.Context) error {
	kind := note{}.Kind()
	if _, err := r.source.Q(ctx).Exec(ctx, fillOutbox, kind.Topic, kind.Type, drained); err != nil {
		return err
	}
	return r.exec(ctx, r.source, "vacuum analyze outbox")
}

func (r roads) exec(ctx context.Context, db *pg.DB, statements ...string) error {
	for _, s := range statements {
		if _, err := db.Q(ctx).Exec(ctx, s); err != nil {
			return fmt.Errorf("%s: %w", s, err)
		}
	}
	return nil
}

// emptyInbox has the whole outbox be delivered again; its tables then are as new.
func emptyInbox(ctx context.Context, r roads) error {
	if err := r.exec(ctx, r.source, "truncate outbox_cursor"); err != nil {
		return err
	}
	return r.exec(ctx, r.subscriber, "truncate inbox")
}

// freshBare makes the peer's table: the outbox's rows, each with a mark.
func freshBare(ctx context.Context, r roads) error {
	return r.exec(ctx, r.source, "drop table if exists bare", "create table bare as select *, false as done from outbox",
		"alter table bare add primary key (position)", "create index on bare (position) where not done", "vacuum analyze bare")
}

// timed is the events per second of a drain.
func (r roads) timed(ctx context.Context, prepare func(context.Context, roads) error, drain func(context.Context) error) (float64, error) {
	if err := prepare(ctx, r); err != nil {
		return 0, err
	}
	begun := time.Now()
	err := drain(ctx)
	return drained / time.Since(begun).Seconds(), err
}

// drain is over when the last event's handler's transaction has been committed.
func (r roads) drain(ctx context.Context) error {
	var left atomic.Int64
	left.Store(drained)
	all := make(chan struct{})
	b, _ := r.bus(func(context.Context, note) error {
		if left.Add(-1) == 0 {
			close(all)
		}
		return nil
	})
	defer running(ctx, b)()
	select {
	case <-all:
		return nil
	case <-time.After(5 * time.Minute):
		return fmt.Errorf("%d events were not delivered", left.Load())
	case <-ctx.Done():
		return ctx.Err()
	}
}

// bareDrain reads and marks batch by batch; each mark is a durable transaction.
func (r roads) bareDrain(ctx context.Context) error {
	for {
		positions, err := r.bareRead(ctx)
		if err != nil || len(positions) == 0 {
			return err
		}
		if _, err := r.source.Q(ctx).Exec(ctx, "update bare set done = true where position = any($1)", positions); err != nil {
			return err
		}
	}
}

func (r roads) bareRead(ctx context.Context) (positions []int64, err error) {
	_, positions, err = r.bareEvents(ctx)
	return positions, err
}

// bareEvents is the next batch that has no mark.
func (r roads) bareEvents(ctx context.Context) (events []bus.Event, positions []int64, err error) {
	rows, err := r.source.Q(ctx).Query(ctx, `select position, id, topic, type, key, data, trace, occurred_at from bare
		where not done order by position limit $1`, bareBatch)
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var position int64
		var e bus.Event
		if err := rows.Scan(&position, (*[16]byte)(&e.ID), &e.Topic, &e.Type, &e.Key, (*[]byte)(&e.Data), &e.Trace, &e.OccurredAt); err != nil {
			return nil, nil, err
		}
		events, positions = append(events, e), append(positions, position)
	}
	return events, positions, rows.Err()
}
