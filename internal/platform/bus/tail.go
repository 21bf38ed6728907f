package bus

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// tail reads a source's outbox on behalf of one destination, on the connection that holds the
// destination's leadership, and keeps the destination's durable cursor.
type tail struct {
	conn        *pgx.Conn
	destination string
	limit       int
	frontier
	saved   int64     // the durable cursor
	savedAt time.Time // when it was last written
}

const (
	// saveEvery is how often the cursor of a feed that has work is written, and its gaps are dated. Writing costs a
	// transaction; what is not written when a process dies is only handed over again.
	saveEvery = 50 * time.Millisecond

	// signOfLife is how often an idle cursor is written, see [Bus.Purge].
	signOfLife = time.Hour
)

// openTail starts where the destination's durable cursor stands, the beginning for a new one.
func openTail(ctx context.Context, conn *pgx.Conn, destination string, limit int) (*tail, error) {
	t := &tail{conn: conn, destination: destination, limit: limit, savedAt: time.Now()}
	if _, err := conn.Exec(ctx, tailSettings); err != nil {
		return nil, err
	}
	err := conn.QueryRow(ctx, touchCursor, destination).Scan(&t.saved)
	t.read = t.saved
	return t, err
}

const (
	// The session only reads and keeps its cursor, and a cursor may be lost (see doc.go). Its few statements are
	// planned once, for the index.
	tailSettings = `set synchronous_commit = off; set plan_cache_mode = force_generic_plan; set enable_seqscan = off`

	touchCursor = `insert into outbox_cursor (destination) values ($1)
		on conflict (destination) do update set updated_at = now() returning position`

	// The transaction id is taken after the previous reading, so it is a fence for that one's gaps.
	saveCursor = `update outbox_cursor set position = $2, updated_at = now() where destination = $1
		returning pg_current_xact_id()::text::bigint`

	oldestOpen = `select pg_snapshot_xmin(pg_current_snapshot())::text::bigint`

	// One snapshot of everything that is visible and not yet read, lowest first. The lateral join
	// keeps the server to one short index range per gap.
	readLog = `select position, id, topic, type, key, data, trace, internal, occurred_at from (
			(select * from outbox where position > $1 order by position limit $2)
			union all
			(select o.* from unnest($3::bigint[], $4::bigint[]) as gap(lo, hi) cross join lateral
				(select * from outbox where position between lo and hi order by position limit $2) o)
		) unread order by position limit $2`
)

// page is what one reading brought.
type page struct {
	events []Event
	full   bool  // there may be more to read at once
	cursor int64 // the durable cursor's place once this page and those before it are delivered
}

// next returns the events that became visible since the last call, in order, at most limit of them.
// In the same round trip it makes durable, if that is due, that the pages up to delivered have been delivered,
// and takes the fence for gaps seen before.
func (t *tail) next(ctx context.Context, delivered int64) (page, error) {
	var (
		b         pgx.Batch
		xmin      int64
		events    []Event
		positions []int64
	)
	lo, hi := t.bounds()
	save := t.due(delivered)
	if save {
		t.queueSave(&b, delivered)
	}
	if save || t.fenced() { // before the reading: what is final for an earlier snapshot is final for a later one
		b.Queue(oldestOpen).QueryRow(func(row pgx.Row) error { return row.Scan(&xmin) })
	}
	b.Queue(readLog, t.read, t.limit, lo, hi).Query(func(rows pgx.Rows) (err error) {
		events, positions, err = scanLog(rows)
		return err
	})
	if err := t.conn.SendBatch(ctx, &b).Close(); err != nil {
		return page{}, fmt.Errorf("read outbox: %w", err)
	}
	full := len(positions) == t.limit
	t.see(positions, full, uint64(xmin))
	return page{events, full, t.cursor()}, nil
}

// ahead starts next in the background when there is more to read after p. The returned function
// waits for it; t must not be used before that.
func (t *tail) ahead(ctx context.Context, p page, delivered int64) (wait func() (page, error)) {
	if !p.full {
		return func() (page, error) { return page{}, nil }
	}
	type result struct {
		page
		err error
	}
	done := make(chan result, 1)
	go func() {
		p, err := t.next(ctx, delivered)
		done <- result{p, err}
	}()
	return func() (page, error) { r := <-done; return r.page, r.err }
}

// owes says whether there is something to write.
func (t *tail) owes(delivered int64) bool { return delivered != t.saved || t.unfenced() }

// due says whether to write it now.
func (t *tail) due(delivered int64) bool {
	if t.owes(delivered) {
		return time.Since(t.savedAt) >= saveEvery
	}
	return time.Since(t.savedAt) > signOfLife
}

func (t *tail) queueSave(b *pgx.Batch, delivered int64) {
	b.Queue(saveCursor, t.destination, delivered).QueryRow(func(row pgx.Row) error {
		var id int64
		if err := row.Scan(&id); err != nil {
			return err
		}
		t.fence(uint64(id))
		t.saved, t.savedAt = delivered, time.Now()
		return nil
	})
}

// save makes the cursor durable without reading on.
func (t *tail) save(ctx context.Context, delivered int64) error {
	if delivered == t.saved {
		return nil
	}
	var b pgx.Batch
	t.queueSave(&b, delivered)
	return t.conn.SendBatch(ctx, &b).Close()
}

// touch shows that the destination lives although nothing can be delivered to it, and fails when
// leadership is lost.
func (t *tail) touch(ctx context.Context) error {
	_, err := t.conn.Exec(ctx, touchCursor, t.destination)
	return err
}

func scanLog(rows pgx.Rows) (events []Event, positions []int64, err error) {
	var e Event
	var position int64
	_, err = pgx.ForEachRow(rows,
		[]any{&position, (*[16]byte)(&e.ID), &e.Topic, &e.Type, &e.Key, (*[]byte)(&e.Data), &e.Trace, &e.Internal, &e.OccurredAt},
		func() error {
			events, positions = append(events, e), append(positions, position)
			e.Data = nil // the next row gets bytes of its own
			return nil
		})
	return events, positions, err
}
