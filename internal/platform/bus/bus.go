package bus

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"agrovet/internal/platform/pg"
	"agrovet/internal/platform/sched"

	"github.com/prometheus/client_golang/prometheus"
)

// Config of a bus. Zero values stand for the defaults.
type Config struct {
	Batch int           // events that a feed reads at once. Defaults to 256
	Poll  time.Duration // how often a feed looks without being woken. Defaults to 500 ms

	RetryBase time.Duration // pause after the first failed attempt, doubling. Defaults to 1 s
	RetryMax  time.Duration // the longest pause. Defaults to 10 min
	RetryPoll time.Duration // how often retriers look without being woken. Defaults to 1 s

	Grace time.Duration // how long Run may finish what is in hand. Defaults to 10 s

	Retention      time.Duration // of delivered events in an outbox. Defaults to 7 days
	InboxRetention time.Duration // of the memory of what was received. Defaults to 30 days, or 4 × Retention when that is more

	Metrics prometheus.Registerer // where agrovet_bus_* is registered. Defaults to nowhere
	Log     *slog.Logger          // defaults to slog.Default()
}

const defaultBatch = 256

// settings are the parts of a Config that feeds, subscribers and retriers work with.
type settings struct {
	batch                           int
	poll                            time.Duration
	retryBase, retryMax, retryPoll  time.Duration
	grace                           time.Duration
	outboxRetention, inboxRetention time.Duration
	log                             *slog.Logger
	metrics                         *metrics
}

func (c Config) settings() *settings {
	retention := or(c.Retention, 7*24*time.Hour)
	s := &settings{
		batch: or(c.Batch, defaultBatch), poll: or(c.Poll, 500*time.Millisecond),
		retryBase: or(c.RetryBase, time.Second), retryMax: or(c.RetryMax, 10*time.Minute),
		retryPoll: or(c.RetryPoll, time.Second), grace: or(c.Grace, 10*time.Second),
		outboxRetention: retention, inboxRetention: or(c.InboxRetention, max(30*24*time.Hour, 4*retention)),
		log: c.Log, metrics: newMetrics(),
	}
	if s.log == nil {
		s.log = slog.Default()
	}
	return s
}

func or[T int | time.Duration](value, otherwise T) T {
	if value > 0 {
		return value
	}
	return otherwise
}

// Bus is the roads of one process. It is put together first (Source, Subscribe, Mirror; not from
// several goroutines), then run once. Putting it together wrongly panics: that is a mistake in the
// program.
type Bus struct {
	*settings
	sources     []*Outbox
	subscribers []*subscriber
	mirrors     []mirror
	stats       statsCache
}

type mirror struct {
	name string
	sink Sink
}

// New makes an empty bus. It panics when its metrics are registered already.
func New(c Config) *Bus {
	b := &Bus{settings: c.settings()}
	if c.Metrics != nil {
		c.Metrics.MustRegister(b.metrics.collectors()...)
		c.Metrics.MustRegister(&gauges{bus: b})
	}
	return b
}

// Source adds a hosted module: the database whose outbox it writes, and the topics that it owns.
func (b *Bus) Source(db *pg.DB, topics ...string) *Outbox {
	for _, o := range b.sources {
		for _, t := range topics {
			if slices.Contains(o.topics, t) {
				panic(fmt.Sprintf("bus: topic %s is owned by %s and by %s", t, o.db.Schema, db.Schema))
			}
		}
	}
	o := &Outbox{db: db, topics: topics, metrics: b.metrics}
	b.sources = append(b.sources, o)
	return o
}

// Subscribe adds subscriptions whose handlers work on db.
func (b *Bus) Subscribe(db *pg.DB, subs ...Subscription) {
	for _, sub := range subs {
		b.mustBeNew(sub.Name)
		b.subscribers = append(b.subscribers, newSubscriber(b.settings, db, sub))
	}
}

// Mirror adds a sink for every event of every hosted module, internal ones excepted. The name keys
// its cursors, so it must never change.
func (b *Bus) Mirror(name string, sink Sink) {
	b.mustBeNew(name)
	b.mirrors = append(b.mirrors, mirror{name, sink})
}

func (b *Bus) mustBeNew(destination string) {
	taken := slices.ContainsFunc(b.subscribers, func(s *subscriber) bool { return s.name == destination }) ||
		slices.ContainsFunc(b.mirrors, func(m mirror) bool { return m.name == destination })
	if taken || destination == "" {
		panic(fmt.Sprintf("bus: destination %q needs a name of its own", destination))
	}
}

// Inlet is where another road delivers the events of a subscription. It may be handed events that
// came before, on this road or another; those are ignored.
type Inlet struct {
	Subscription string // also the consumer group's name
	Topics       []string
	Sink         Sink
	// Reject keeps a message that is no event, so that it neither blocks the road nor is lost. Its errors are
	// those of Sink.Deliver.
	Reject func(ctx context.Context, m Rejected) error
	// Original says which messages are meant: those of the original, or those of agrovet; see Subscription.
	Original bool
}

// Inlets are the subscriptions to topics that no hosted module owns, with those topics, and those to the original's
// events, with all their topics: what another road has to bring.
func (b *Bus) Inlets() (inlets []Inlet) {
	for _, s := range b.subscribers {
		away := slices.DeleteFunc(s.topics(), func(topic string) bool {
			return !s.original && slices.ContainsFunc(b.sources, func(o *Outbox) bool { return slices.Contains(o.topics, topic) })
		})
		if len(away) > 0 {
			inlets = append(inlets, Inlet{s.name, away, s, s.reject, s.original})
		}
	}
	return inlets
}

// Topics are those that the hosted modules own, in order.
func (b *Bus) Topics() (topics []string) {
	for _, o := range b.sources {
		topics = append(topics, o.topics...)
	}
	slices.Sort(topics)
	return topics
}

// Run carries events, and purges, until ctx ends; then it finishes what is in hand, for the grace
// period at most. It returns nil. It waits for databases that are away.
func (b *Bus) Run(ctx context.Context) error {
	work, cancel := b.afterlife(ctx)
	defer cancel()
	var running sync.WaitGroup
	for _, f := range b.feeds() {
		running.Go(func() { f.run(ctx, work) })
	}
	for _, s := range b.subscribers {
		running.Go(func() { (&retrier{s}).run(ctx, work) })
	}
	for _, db := range b.databases() {
		running.Go(func() { _ = sched.Run(ctx, db, b.purgeJob(db)) })
	}
	running.Wait()
	return nil
}

// afterlife is a context that ends a grace period after ctx.
func (b *Bus) afterlife(ctx context.Context) (context.Context, context.CancelFunc) {
	work, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() {
		timer := time.AfterFunc(b.grace, cancel)
		context.AfterFunc(work, func() { timer.Stop() })
	})
	return work, func() { stop(); cancel() }
}

// feeds are the pairs of a source and a destination that has to do with it.
func (b *Bus) feeds() (feeds []*feed) {
	for _, o := range b.sources {
		for _, s := range b.subscribers {
			if !s.original && slices.ContainsFunc(s.topics(), func(t string) bool { return slices.Contains(o.topics, t) }) {
				feeds = append(feeds, b.feed(o, s.name, s, s.wants))
			}
		}
		for _, m := range b.mirrors {
			f := b.feed(o, m.name, m.sink, func(e Event) bool { return !e.Internal })
			f.gathers = true
			feeds = append(feeds, f)
		}
	}
	return feeds
}

func (b *Bus) feed(o *Outbox, destination string, sink Sink, wants func(Event) bool) *feed {
	return &feed{settings: b.settings, source: o, destination: destination, sink: sink, wants: wants}
}
