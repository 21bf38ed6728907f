// Package redisbroker connects the hubs of several processes by Redis.
//
// What a hub says it hears itself at once, without Redis. To others go signals about a room's talk by the room's
// channel, to which those hubs are subscribed that follow it, and the others by one channel for all (send.go,
// receive.go). A signal that is lost costs time: a hub is told what it may have missed. Those that nobody finds out
// later (who is in a room, whose session has ended) stay in a stream for an hour, from which a hub that was cut
// off reads them (catchup.go).
//
// Who is there is leases in Redis (leases.go). While Redis is away each process knows of its own people
// (presence.go).
package redisbroker

import (
	"context"
	"crypto/rand"
	"log/slog"
	"sync"
	"time"

	"agrovet/internal/chat/internal/hub"
	"agrovet/internal/platform/redisx"
)

// Config is what a broker needs: Redis.
type Config struct {
	Redis *redisx.Server
	Log   *slog.Logger         // defaults to slog.Default()
	Shift func() time.Duration // added to Redis's clock, for tests; nil: nothing
}

type broker struct{ Config }

// New is a broker.
func New(cfg Config) hub.Broker {
	if cfg.Log == nil {
		cfg.Log = slog.Default()
	}
	if cfg.Shift == nil {
		cfg.Shift = func() time.Duration { return 0 }
	}
	return broker{cfg}
}

// joinWithin is how long Join waits for Redis; then the hub begins without it.
const joinWithin = 2 * time.Second

// link is a hub on Redis.
type link struct {
	redis    *redisx.Server
	log      *slog.Logger
	shift    func() time.Duration
	id       string // of the hub, in Redis
	to       hub.Receiver
	ear      *redisx.Ear
	order    sync.Mutex // the others hear what this hub says in the order in which it heard it itself
	out      outbox
	rooms    rooms
	late     catchup
	presence presence

	ctx  context.Context // ends with Close
	stop context.CancelFunc
	work sync.WaitGroup
}

// Join connects a hub.
func (b broker) Join(to hub.Receiver) (hub.Link, error) {
	l := &link{redis: b.Redis, log: b.Log, shift: b.Shift, id: rand.Text()[:10], to: to}
	l.ctx, l.stop = context.WithCancel(context.Background())
	l.out.kick, l.rooms.kick, l.late.kick, l.late.joined = wakeup(), wakeup(), wakeup(), make(chan struct{})
	l.presence.here, l.presence.owed = map[int64]time.Time{}, map[int64]struct{}{}
	l.redis.Returning(func(context.Context) error { l.presence.returned(); return nil })
	l.late.behind = true
	l.ear = l.redis.Listen(redisx.Listener{Hear: l.hear, Joined: l.joined, Deaf: func() {}}, allChannel)
	l.work.Go(l.send)
	l.work.Go(l.follow)
	l.work.Go(l.catchUp)
	select {
	case <-l.late.joined:
	case <-time.After(joinWithin):
	}
	return l, nil
}

// Publish tells this hub at once, and the others soon.
func (l *link) Publish(s hub.Signal) {
	l.order.Lock()
	defer l.order.Unlock()
	l.to.Receive(s)
	l.out.put(s, l.redis.Away())
}

// Close says what is still to be said, if Redis is there, and ends the link.
func (l *link) Close() {
	l.stop()
	l.work.Wait()
	l.ear.Close()
}

func (l *link) now() time.Time { return time.Now().Add(l.shift()) }

// wakeup is a way to wake somebody up, who may be awake.
func wakeup() chan struct{} { return make(chan struct{}, 1) }

func wake(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}
