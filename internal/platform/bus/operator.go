package bus

import (
	"context"
	"errors"
	"strconv"
	"time"

	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/pg"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// ErrNotParked says that no parked event is meant.
var ErrNotParked = errs.New(errs.NotFound, "bus.not_parked",
	"No hay ningún evento apartado que coincida.", "No parked event matches.")

// ParkedEvent is an event whose handler failed, or one that waits behind such an event.
type ParkedEvent struct {
	ID           int64
	Subscription string
	Event        Event
	Attempts     int        // 0 for one that waits behind another
	LastError    string     // at most 1000 characters
	NextTry      *time.Time // nil for one that waits behind another
	ParkedAt     time.Time
}

// Filter chooses parked events. Empty fields choose all.
type Filter struct {
	Subscription string
	Key          string
	AfterID      int64 // only higher ids, for paging
	Limit        int   // how many at most. Defaults to 100
}

const (
	selectParked = `select id, subscription, event_id, topic, type, key, data, trace, occurred_at,
		attempts, last_error, nullif(next_try_at, 'infinity'), parked_at from parked `

	retryParked = `update parked set next_try_at = clock_timestamp()
		where ($1 = '' or subscription = $1) and ($2 = '' or key = $2) and next_try_at < 'infinity'`

	queueOf = `select subscription, topic, key from parked where id = $1`

	lockHead = `select from parked
		where subscription = $1 and topic = $2 and key = $3 and next_try_at < 'infinity' for update`
)

// ListParked returns the parked events of db that the filter chooses, in the order of their ids.
func ListParked(ctx context.Context, db *pg.DB, f Filter) ([]ParkedEvent, error) {
	return queryParked(ctx, db, `where ($1 = '' or subscription = $1) and ($2 = '' or key = $2) and id > $3
		order by id limit $4`, f.Subscription, f.Key, f.AfterID, or(f.Limit, 100))
}

// GetParked returns the parked event with this row id, or the event with this id (a UUID) for each
// subscription that has parked it.
//
// Errors: ErrNotParked.
func GetParked(ctx context.Context, db *pg.DB, id string) ([]ParkedEvent, error) {
	where, arg := "where id = $1", any(nil)
	if row, err := strconv.ParseInt(id, 10, 64); err == nil {
		arg = row
	} else if event, err := uuid.Parse(id); err == nil {
		where, arg = "where event_id = $1 order by id", event
	} else {
		return nil, ErrNotParked.Wrap(err)
	}
	found, err := queryParked(ctx, db, where, arg)
	if err == nil && len(found) == 0 {
		err = ErrNotParked
	}
	return found, err
}

// Retry has the chosen events tried again within a second, rather than at their time, and returns
// how many keys that concerns: of each, the first event is tried, and those behind it when it
// succeeds. AfterID and Limit do not count here.
//
// Errors: ErrNotParked.
func Retry(ctx context.Context, db *pg.DB, f Filter) (int, error) {
	tag, err := db.Q(ctx).Exec(ctx, retryParked, f.Subscription, f.Key)
	if err == nil && tag.RowsAffected() == 0 {
		err = ErrNotParked
	}
	return int(tag.RowsAffected()), err
}

// Drop gives up the parked event with this row id: it is never handled, even if it is delivered
// again. The next one of its key takes its place. When the event is being tried just now, Drop waits
// for the outcome.
//
// Errors: ErrNotParked, also when that try succeeded.
func Drop(ctx context.Context, db *pg.DB, id int64) error {
	return db.Tx(ctx, func(ctx context.Context) error {
		var subscription string
		var q queue
		err := db.Q(ctx).QueryRow(ctx, queueOf, id).Scan(&subscription, &q.topic, &q.key)
		if errors.Is(err, pgx.ErrNoRows) {
			return ErrNotParked
		}
		if err != nil {
			return err
		}
		// First the head, as the retrier does.
		if _, err := db.Q(ctx).Exec(ctx, lockHead, subscription, q.topic, q.key); err != nil {
			return err
		}
		removed, err := unpark(ctx, db, subscription, q, id)
		if err == nil && !removed {
			err = ErrNotParked
		}
		return err
	})
}

func queryParked(ctx context.Context, db *pg.DB, where string, args ...any) ([]ParkedEvent, error) {
	rows, err := db.Q(ctx).Query(ctx, selectParked+where, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (p ParkedEvent, err error) {
		e := &p.Event
		err = row.Scan(&p.ID, &p.Subscription, &e.ID, &e.Topic, &e.Type, &e.Key, (*[]byte)(&e.Data), &e.Trace,
			&e.OccurredAt, &p.Attempts, &p.LastError, &p.NextTry, &p.ParkedAt)
		return p, err
	})
}
