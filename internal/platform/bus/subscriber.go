package bus

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"time"

	"agrovet/internal/platform/pg"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// subscriber is the sink of one subscription: it runs handlers, each event once in effect.
type subscriber struct {
	*settings
	name   string
	db     *pg.DB
	routes map[route]Handler
	batch  int
	// original says that it takes the original's events alone; see Subscription.
	original bool
	parked   chan struct{} // nudged when something was parked
}

type route struct{ topic, kind string }

func newSubscriber(s *settings, db *pg.DB, sub Subscription) *subscriber {
	all := &subscriber{settings: s, name: sub.Name, db: db, routes: map[route]Handler{},
		batch: sub.Batch, original: sub.Original, parked: make(chan struct{}, 1)}
	if all.batch <= 0 {
		all.batch = defaultBatch
	}
	for _, r := range sub.Routes {
		all.routes[route{r.Kind.Topic, r.Kind.Type}] = r.Handle
	}
	return all
}

// wants says whether the subscription has a handler for e.
func (s *subscriber) wants(e Event) bool { return s.routes[route{e.Topic, e.Type}] != nil }

// Deliver runs the handlers of events, in order, and parks those that fail. Events without a handler
// are ignored. An error means that the database is away or ctx has ended; nothing was parked for it.
func (s *subscriber) Deliver(ctx context.Context, events []Event) error {
	for chunk := range slices.Chunk(filter(events, s.wants), s.batch) {
		if err := s.take(ctx, chunk); err != nil {
			return fmt.Errorf("subscription %s: %w", s.name, err)
		}
	}
	return nil
}

// take deals with events in one transaction; when that fails, one by one, to find out who is to
// blame.
func (s *subscriber) take(ctx context.Context, events []Event) error {
	err := s.handle(ctx, events)
	if err == nil || !blamed(ctx, err) {
		return err
	}
	if len(events) == 1 {
		return s.putAside(ctx, events[0], err)
	}
	for i := range events {
		if err := s.take(ctx, events[i:i+1]); err != nil {
			return err
		}
	}
	return nil
}

// handle runs the handlers of those events that are new, in one transaction with their inbox rows.
// Events of a key that has parked ones are parked behind them.
func (s *subscriber) handle(ctx context.Context, events []Event) error {
	var done, behind []Event
	err := s.db.Tx(ctx, func(ctx context.Context) error {
		done, behind = nil, nil
		fresh, blocked, err := s.receive(ctx, events)
		if err != nil {
			return err
		}
		for _, e := range fresh {
			if blocked[queue{e.Topic, e.Key}] {
				behind = append(behind, e)
				continue
			}
			if err := s.call(ctx, e); err != nil {
				return err
			}
			done = append(done, e)
		}
		return s.insertBehind(ctx, behind)
	})
	if err == nil {
		s.metrics.deliveredEvents(s.name, done)
		s.noteParked(len(behind))
	}
	return err
}

// putAside parks e because of cause. What the database cannot keep as an event, which only another road
// brings, is rejected.
func (s *subscriber) putAside(ctx context.Context, e Event, cause error) error {
	err := s.park(ctx, e, cause)
	if !pg.Unstorable(err) {
		return err
	}
	return s.reject(ctx, Rejected{Place: e.Topic + " event " + e.ID.String(), Reason: bounded(err), Value: e.Data})
}

// park puts e aside because of cause, to be tried again later.
func (s *subscriber) park(ctx context.Context, e Event, cause error) error {
	parked := 0
	err := s.db.Tx(ctx, func(ctx context.Context) error {
		fresh, blocked, err := s.receive(ctx, []Event{e})
		parked = len(fresh)
		switch {
		case err != nil || parked == 0: // someone else has dealt with it meanwhile
			return err
		case blocked[queue{e.Topic, e.Key}]:
			return s.insertBehind(ctx, fresh)
		default:
			return s.insertHead(ctx, e, cause)
		}
	})
	if err == nil && parked > 0 {
		s.metrics.failed(s.name, e.Type)
		s.log.Error("handler failed, event parked", "subscription", s.name, "event", e.ID, "type", e.Type,
			"key", e.Key, "error", cause)
		s.noteParked(parked)
	}
	return err
}

func (s *subscriber) noteParked(n int) {
	if n > 0 {
		nudge(s.parked)
	}
}

// handlerError is what a handler returned, or its panic, on a connection that still works.
type handlerError struct{ error }

func (e handlerError) Unwrap() error { return e.error }

// call runs the handler of e in the transaction of ctx.
func (s *subscriber) call(ctx context.Context, e Event) error {
	err := traced(ctx, s.name, e, func(ctx context.Context) (err error) {
		defer func() {
			if p := recover(); p != nil {
				s.log.Error("handler panicked", "subscription", s.name, "event", e.ID, "panic", p,
					"stack", string(debug.Stack()))
				err = fmt.Errorf("panic: %v", p)
			}
		}()
		handle := s.routes[route{e.Topic, e.Type}]
		if handle == nil { // parked by a version that had one
			return fmt.Errorf("no handler for %s", e.Type)
		}
		return handle(ctx, e)
	})
	if err == nil || s.db.Q(ctx).(pgx.Tx).Conn().IsClosed() {
		return err
	}
	return handlerError{err}
}

// blamed says whether err is the event's fault, rather than that of a database that is away or of a
// process that is ending. A statement that the server refuses is the event's fault too (a deferred
// constraint, say): if it is not, parking will be refused as well. So is a network that fails the
// handler while the connection to the database works.
func blamed(ctx context.Context, err error) bool {
	var handler handlerError
	var refused *pgconn.PgError
	switch {
	case ctx.Err() != nil:
		return false
	case errors.As(err, &refused):
		return !pg.Unavailable(refused)
	}
	return errors.As(err, &handler) || errors.Is(err, pgx.ErrTxCommitRollback)
}

// lagOf is how long ago e was committed, as near as the clocks of server and process agree.
func lagOf(e Event) time.Duration { return max(0, time.Since(e.OccurredAt)) }

// topics that the subscription has handlers for, in order.
func (s *subscriber) topics() []string {
	topics := make([]string, 0, len(s.routes))
	for r := range s.routes {
		topics = append(topics, r.topic)
	}
	slices.Sort(topics)
	return slices.Compact(topics)
}
