package bus

import (
	"context"
	"maps"
	"slices"
	"strings"

	"agrovet/internal/platform/pg"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// queue names the parked events of one key.
type queue struct{ topic, key string }

// lock is the number of the lock that guards the queue.
func (q queue) lock(db *pg.DB, subscription string) int64 {
	return hash("parked", db.Schema, subscription, q.topic, q.key)
}

const (
	// In the order of ids: two roads that bring the same events in different orders wait for each
	// other, rather than both.
	insertInbox = `insert into inbox (event_id, subscription) select id, $1 from unnest($2::uuid[]) id order by id
		on conflict do nothing returning event_id`

	heads = `select topic, key from parked
		where subscription = $1 and key = any($2) and next_try_at < 'infinity'`

	shareQueues = `select pg_advisory_xact_lock_shared(k) from unnest($1::bigint[]) k`

	holdQueue    = `select pg_advisory_xact_lock($1)`
	deleteParked = `delete from parked where id = $1`
	promote      = `update parked set next_try_at = clock_timestamp() where next_try_at = 'infinity' and id =
		(select id from parked where subscription = $1 and topic = $2 and key = $3 order by id limit 1)`

	insertParked = `insert into parked (subscription, event_id, topic, type, key, data, trace, occurred_at,
			attempts, last_error, next_try_at)
		select $1, id, topic, type, key, data::jsonb, trace, occurred_at, $2, $3,
			coalesce(clock_timestamp() + make_interval(secs => $4), 'infinity')
		from unnest($5::uuid[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::timestamptz[])
			with ordinality as e(id, topic, type, key, data, trace, occurred_at, n)
		order by n`
)

// receive writes the inbox rows of events. It returns those that were not there before, in order,
// and the queues of their keys that have parked events. The second statement sees what a process
// that received one of these events at the same time has parked: the first waited for it.
func (s *subscriber) receive(ctx context.Context, events []Event) (fresh []Event, blocked map[queue]bool, err error) {
	c := columnsOf(events)
	var ids [][16]byte
	var b pgx.Batch
	b.Queue(insertInbox, s.name, c.ids).Query(func(rows pgx.Rows) (err error) {
		ids, err = pgx.AppendRows(ids, rows, pgx.RowTo[[16]byte])
		return err
	})
	s.queueHeads(&b, c.keys, &blocked)
	if err := s.db.Q(ctx).SendBatch(ctx, &b).Close(); err != nil {
		return nil, nil, err
	}
	if len(blocked) > 0 {
		blocked, err = s.holdQueues(ctx, blocked)
	}
	return pick(events, ids), blocked, err
}

// holdQueues keeps the retrier from finishing the last event of a queue while this transaction adds
// to it, and returns those of the queues that still are there. A queue that is not blocked needs no
// lock: whoever parks its first event has received it, and so has this transaction, if only as a repeat.
func (s *subscriber) holdQueues(ctx context.Context, seen map[queue]bool) (blocked map[queue]bool, err error) {
	var locks []int64
	var keys []string
	for q := range maps.Keys(seen) {
		locks, keys = append(locks, q.lock(s.db, s.name)), append(keys, q.key)
	}
	slices.Sort(locks)
	var b pgx.Batch
	b.Queue(shareQueues, slices.Compact(locks))
	s.queueHeads(&b, keys, &blocked)
	err = s.db.Q(ctx).SendBatch(ctx, &b).Close()
	return blocked, err
}

func (s *subscriber) queueHeads(b *pgx.Batch, keys []string, into *map[queue]bool) {
	b.Queue(heads, s.name, keys).Query(func(rows pgx.Rows) error {
		found := map[queue]bool{}
		var q queue
		_, err := pgx.ForEachRow(rows, []any{&q.topic, &q.key}, func() error {
			found[q] = true
			return nil
		})
		*into = found
		return err
	})
}

// pick returns the events with these ids, each once.
func pick(events []Event, ids [][16]byte) []Event {
	left := make(map[[16]byte]bool, len(ids))
	for _, id := range ids {
		left[id] = true
	}
	picked := make([]Event, 0, len(ids))
	for _, e := range events {
		if left[e.ID] {
			picked = append(picked, e)
			delete(left, e.ID)
		}
	}
	return picked
}

// insertHead parks e as the first of its key, after its first attempt.
func (s *subscriber) insertHead(ctx context.Context, e Event, cause error) error {
	pause := s.backoff(1).Seconds()
	return s.insertParked(ctx, []Event{e}, 1, bounded(cause), &pause)
}

// insertBehind parks events behind the heads of their keys.
func (s *subscriber) insertBehind(ctx context.Context, events []Event) error {
	if len(events) == 0 {
		return nil
	}
	return s.insertParked(ctx, events, 0, "", nil)
}

func (s *subscriber) insertParked(ctx context.Context, events []Event, attempts int, lastError string, pause *float64) error {
	c := columnsOf(events)
	_, err := s.db.Q(ctx).Exec(ctx, insertParked, s.name, attempts, lastError, pause,
		c.ids, c.topics, c.types, c.keys, c.data, c.traces, c.occurred)
	return err
}

// maxError bounds the text of last_error, in characters.
const maxError = 1000

// bounded is the text of err as the database can keep it.
func bounded(err error) string {
	text := []rune(strings.ReplaceAll(strings.ToValidUTF8(err.Error(), "�"), "\x00", ""))
	return string(text[:min(len(text), maxError)])
}

// unpark takes an event out of its queue, says whether it was there, and makes the next one the head
// if it was the head. It waits for a transaction that is just parking behind the head, so that what
// that one parks is seen here.
func unpark(ctx context.Context, db *pg.DB, subscription string, q queue, row int64) (removed bool, err error) {
	var b pgx.Batch
	b.Queue(holdQueue, q.lock(db, subscription))
	b.Queue(deleteParked, row).Exec(func(tag pgconn.CommandTag) error {
		removed = tag.RowsAffected() == 1
		return nil
	})
	b.Queue(promote, subscription, q.topic, q.key)
	err = db.Q(ctx).SendBatch(ctx, &b).Close()
	return removed, err
}
