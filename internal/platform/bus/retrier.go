package bus

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5"
)

// retrier tries the parked events of one subscription again. Any number of processes may run one
// for the same subscription: the row lock on the head of a key lets one at a time deal with the key,
// and only the head is ever tried, so the order within the key stays.
type retrier struct{ *subscriber }

// trial is a parked event and how often it was tried.
type trial struct {
	Event
	row      int64
	attempts int
}

const (
	dueHead = `select id, event_id, topic, type, key, data, trace, occurred_at, attempts from parked
		where subscription = $1 and next_try_at <= clock_timestamp()
		order by next_try_at limit 1 for update skip locked`

	untilDue = `select extract(epoch from min(next_try_at) - clock_timestamp())::float8 from parked
		where subscription = $1 and next_try_at > clock_timestamp() and next_try_at < 'infinity'`

	// Nothing happens when another process has dealt with the event meanwhile.
	postpone = `update parked set attempts = attempts + 1, last_error = $3,
			next_try_at = clock_timestamp() + make_interval(secs => $4)
		where id = $1 and attempts = $2`
)

// run tries what is due, until ctx ends.
func (r *retrier) run(ctx, work context.Context) {
	pause := awayMin
	for ctx.Err() == nil {
		tried, err := r.one(work)
		switch {
		case err != nil:
			r.log.Warn("cannot retry parked events, trying again", "subscription", r.name, "error", err, "pause", pause)
			sleep(ctx, pause, nil)
			pause = min(2*pause, awayMax)
		case !tried:
			sleep(ctx, r.untilDue(work), r.parked)
			pause = awayMin
		}
	}
}

// one tries the head that has been due for longest, and says whether there was one.
func (r *retrier) one(ctx context.Context) (bool, error) {
	var t trial
	err := r.db.Tx(ctx, func(ctx context.Context) (err error) {
		if t, err = r.next(ctx); err != nil {
			return err
		}
		if err := r.call(ctx, t.Event); err != nil {
			return err
		}
		_, err = unpark(ctx, r.db, r.name, queue{t.Topic, t.Key}, t.row)
		return err
	})
	switch {
	case errors.Is(err, pgx.ErrNoRows) && t.row == 0:
		return false, nil
	case err == nil:
		r.metrics.deliveredEvents(r.name, []Event{t.Event})
		return true, nil
	case !blamed(ctx, err):
		return false, err
	}
	return true, r.postpone(ctx, t, err)
}

func (r *retrier) next(ctx context.Context) (t trial, err error) {
	err = r.db.Q(ctx).QueryRow(ctx, dueHead, r.name).Scan(&t.row, (*[16]byte)(&t.ID), &t.Topic, &t.Type, &t.Key,
		(*[]byte)(&t.Data), &t.Trace, &t.OccurredAt, &t.attempts)
	return t, err
}

func (r *retrier) postpone(ctx context.Context, t trial, cause error) error {
	attempts := t.attempts + 1
	pause := r.backoff(attempts)
	r.metrics.failed(r.name, t.Type)
	r.log.Error("handler failed again", "subscription", r.name, "event", t.ID, "type", t.Type, "key", t.Key,
		"attempts", attempts, "pause", pause, "error", cause)
	_, err := r.db.Q(ctx).Exec(ctx, postpone, t.row, t.attempts, bounded(cause), pause.Seconds())
	return err
}

// untilDue is how long to sleep: until the next head is due, at most the poll interval.
func (r *retrier) untilDue(ctx context.Context) time.Duration {
	var seconds *float64
	if err := r.db.Q(ctx).QueryRow(ctx, untilDue, r.name).Scan(&seconds); err != nil || seconds == nil {
		return r.retryPoll
	}
	return min(r.retryPoll, time.Duration(*seconds*float64(time.Second)))
}

// backoff is the pause after so many failed attempts: doubling, capped, give or take a tenth, so
// that what failed together is not tried together.
func (s *settings) backoff(attempts int) time.Duration {
	pause := s.retryBase
	for i := 1; i < attempts && pause < s.retryMax; i++ {
		pause *= 2
	}
	pause = min(pause, s.retryMax)
	return time.Duration(float64(pause) * (0.9 + 0.2*rand.Float64()))
}
