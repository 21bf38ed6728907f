package bus

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"

	"agrovet/internal/platform/pg"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// ErrNoTransaction is returned by Publish outside a transaction: an event without the change that
// it tells of could be lost, or tell of nothing.
var ErrNoTransaction = errors.New("bus: publish needs a transaction of the module's database")

// MaxEvent bounds an event, its key and its JSON together, in bytes. With what other roads add it stays far
// below the megabyte that Kafka takes by default: no event may be committed that a road cannot carry.
const MaxEvent = 256 << 10

// ErrTooLarge is returned by Publish for an event above MaxEvent.
var ErrTooLarge = errors.New("bus: event is too large")

// Outbox is where one module publishes. Its methods may be called by any number of goroutines.
type Outbox struct {
	db      *pg.DB
	topics  []string
	metrics *metrics

	mu        sync.Mutex
	listeners []listener // this process's feeds
}

// listener is a feed that waits for events that it wants.
type listener struct {
	wants func(Event) bool
	wake  chan struct{}
}

// Publish makes the payloads events of the transaction that ctx carries. They are written as its
// last act, in the order of the calls, and exist if and only if it commits; those of a savepoint
// that is rolled back do not. Afterwards those of this process's feeds are woken that want them.
//
// Errors: ErrNoTransaction; a topic that is not the module's; a payload that JSON cannot express; ErrTooLarge.
func (o *Outbox) Publish(ctx context.Context, payloads ...Payload) error {
	if !o.db.InTx(ctx) {
		return ErrNoTransaction
	}
	if len(payloads) == 0 {
		return nil
	}
	events := make([]Event, len(payloads))
	for i, p := range payloads {
		var err error
		if events[i], err = o.event(ctx, p); err != nil {
			return err
		}
	}
	o.db.BeforeCommit(ctx, func(ctx context.Context) error {
		o.collect(ctx, events)
		return nil
	})
	return nil
}

func (o *Outbox) event(ctx context.Context, p Payload) (Event, error) {
	kind := p.Kind()
	if !slices.Contains(o.topics, kind.Topic) {
		return Event{}, fmt.Errorf("bus: schema %s does not own topic %q", o.db.Schema, kind.Topic)
	}
	data, err := json.Marshal(p)
	if err != nil {
		return Event{}, fmt.Errorf("bus: encode %s: %w", kind.Type, err)
	}
	if size := len(data) + len(p.Key()); size > MaxEvent {
		return Event{}, fmt.Errorf("%w: %s has %d bytes, the most is %d", ErrTooLarge, kind.Type, size, MaxEvent)
	}
	id, err := uuid.NewV7()
	return Event{ID: id, Topic: kind.Topic, Type: kind.Type, Key: p.Key(), Data: data,
		Trace: traceOf(ctx), Internal: kind.Internal}, err
}

// collection is what is about to be committed: the events of all calls of Publish, those in rolled
// back savepoints excepted.
type collection struct {
	outbox *Outbox
	tx     pgx.Tx
	events []Event
}

// collect adds events to the collection of the transaction that is being committed. The first call
// has the collection flushed, after everything that has been asked for until then. It is kept on the
// connection, where one that another transaction left when its commit failed is overwritten.
func (o *Outbox) collect(ctx context.Context, events []Event) {
	tx := o.db.Q(ctx).(pgx.Tx)
	here := tx.Conn().PgConn().CustomData()
	c, _ := here["bus"].(*collection)
	if c == nil || c.outbox != o || c.tx != tx {
		c = &collection{outbox: o, tx: tx}
		here["bus"] = c
		o.db.BeforeCommit(ctx, func(ctx context.Context) error {
			delete(here, "bus")
			return o.flush(ctx, c.events)
		})
	}
	c.events = append(c.events, events...)
}

const (
	// The transaction gets its id before any position: a feed can then tell from the ids of open
	// transactions which missing positions may still come (see frontier).
	lockKeys = `select pg_current_xact_id(), pg_advisory_xact_lock(k) from unnest($1::bigint[]) k`

	insertEvents = `insert into outbox (id, topic, type, key, data, trace, internal)
		select id, topic, type, key, data::jsonb, trace, internal
		from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bool[])
			with ordinality as e(id, topic, type, key, data, trace, internal, n)
		order by n`
)

// flush writes events in one round trip. Holding the locks of their keys until the commit makes the
// positions of one key follow the order of commit.
func (o *Outbox) flush(ctx context.Context, events []Event) error {
	c := columnsOf(events)
	var b pgx.Batch
	b.Queue(lockKeys, o.locks(events))
	b.Queue(insertEvents, c.ids, c.topics, c.types, c.keys, c.data, c.traces, c.internal)
	if err := o.db.Q(ctx).SendBatch(ctx, &b).Close(); err != nil {
		return fmt.Errorf("write outbox of %s: %w", o.db.Schema, err)
	}
	o.db.AfterCommit(ctx, func() {
		o.metrics.publishedEvents(events)
		o.wake(events)
	})
	return nil
}

// lockStripes bounds how many locks a transaction takes, however many keys it writes: the server's
// lock table has room for some thousands. Two keys that share a stripe wait for each other's commit.
const lockStripes = 1024

// locks are the lock numbers of the events' keys, in the order in which everybody takes them.
func (o *Outbox) locks(events []Event) []int64 {
	all := make([]int64, len(events))
	base := hash("outbox", o.db.Schema) &^ (lockStripes - 1)
	for i, e := range events {
		all[i] = base | hash(e.Topic, e.Key)&(lockStripes-1)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// wake tells the feeds of this process that want one of the events that there is something to read; others
// pass them when they look by themselves. It never blocks: a feed that has not yet answered the last call
// will see these events too.
func (o *Outbox) wake(events []Event) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, l := range o.listeners {
		if slices.ContainsFunc(events, l.wants) {
			nudge(l.wake)
		}
	}
}

// listen returns a channel that is nudged after every commit of events that are wanted.
func (o *Outbox) listen(wants func(Event) bool) chan struct{} {
	o.mu.Lock()
	defer o.mu.Unlock()
	l := listener{wants, make(chan struct{}, 1)}
	o.listeners = append(o.listeners, l)
	return l.wake
}

func nudge(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}
