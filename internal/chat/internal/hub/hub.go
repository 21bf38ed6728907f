// Package hub is who is connected to this process, and what they are sent.
//
// It knows neither sockets (a [Transport] is the way out), nor JSON (a [Frame] is bytes), nor the rules of
// the chat. What is stored is read from the [Log]; what happens comes as a [Signal] from the [Broker], which
// connects the hubs of all processes.
//
// A room (room.go) knows up to which entry it has sent its log. The next one goes to all who are level; one
// that comes too early shows a hole, which is read; one that comes again is dropped. So signals may be lost
// or doubled, and every connection still gets every entry once and in order. A connection that comes back
// with "I have up to N" is behind: loader.go reads for all who are behind, together, and fill.go feeds each as
// fast as it takes it, until it is level. Nothing is kept for anybody meanwhile.
//
// conn.go is a connection and its bounded queue, people.go who has which, presence.go who is there at all.
//
// Locks are taken in this order: the hub's, a room's, a connection's or the loader's.
package hub

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"
)

// Config is how a hub works. Entries, Resumed, TooFar and People are needed.
type Config struct {
	Entries Log
	People  People
	// Resumed and TooFar are what a connection is told that has all of a room again, or is too far behind.
	Resumed, TooFar func(room, seq int64) *Frame
	Online, Offline func(userID int64, lastSeen time.Time) *Frame
	Reconnect       func(after time.Duration) *Frame
	SlowCode        int // with which those are closed who read too slowly
	SlowReason      string
	AwayCode        int // with which those are closed who are to come anew
	SupersededCode  int // with which a person's oldest connection is closed when there are too many

	Connections int           // at most; 0: 20,000
	PerPerson   int           // connections of one person at most; 0: 20
	Heartbeat   time.Duration // between pings; 0: 30 s
	Lease       time.Duration // of presence; 0: 45 s
	Grace       time.Duration // from a person's last connection to being offline; 0: 5 s
	Broker      Broker        // nil: one of this process alone
	Log         *slog.Logger
	Now         func() time.Time
}

func (c Config) withDefaults() Config {
	def := func(d *time.Duration, v time.Duration) {
		if *d == 0 {
			*d = v
		}
	}
	def(&c.Heartbeat, 30*time.Second)
	def(&c.Lease, 45*time.Second)
	def(&c.Grace, 5*time.Second)
	if c.Connections == 0 {
		c.Connections = 20_000
	}
	if c.PerPerson == 0 {
		c.PerPerson = 20
	}
	if c.Broker == nil {
		c.Broker = Memory()
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	return c
}

// Hub is the connections of this process.
type Hub struct {
	cfg      Config
	ctx      context.Context // ends with Close
	stop     context.CancelFunc
	work     sync.WaitGroup // what goes on in the background
	begins   sync.Mutex     // of work, so that nothing begins once it is waited for
	link     Link
	loader   loader
	inbox    inbox
	presence presence
	count    Counters

	mu       sync.RWMutex
	rooms    map[int64]*room
	people   map[int64]*person
	slots    [beats]map[*Conn]struct{}
	open     int
	next     int // the slot of the next connection
	draining bool
}

// ErrFull: there are as many connections as there may be, or the hub is draining.
var ErrFull = errors.New("no more connections")

// New makes a hub and connects it with the others. Close ends it.
func New(cfg Config) (*Hub, error) {
	h := &Hub{cfg: cfg.withDefaults(), rooms: map[int64]*room{}, people: map[int64]*person{}}
	for i := range h.slots {
		h.slots[i] = map[*Conn]struct{}{}
	}
	h.ctx, h.stop = context.WithCancel(context.Background())
	h.loader.hub, h.inbox.hub, h.presence.hub = h, h, h
	var err error
	h.link, err = h.cfg.Broker.Join(receiver{h})
	return h, err
}

// Publish has all hubs obey a signal. It does not wait for them.
func (h *Hub) Publish(s Signal) { h.link.Publish(s) }

// Run keeps connections and presence alive until ctx ends.
func (h *Hub) Run(ctx context.Context) error {
	beat := time.NewTicker(h.cfg.Heartbeat / beats)
	renew := time.NewTicker(h.cfg.Lease / 3)
	defer beat.Stop()
	defer renew.Stop()
	for i := 0; ; i++ {
		select {
		case <-ctx.Done():
			return nil
		case <-beat.C:
			h.beat(i % beats)
		case <-renew.C:
			h.presence.renew(ctx)
			h.audit()
		}
	}
}

// Close ends all connections at once, gives up presence, and returns when nothing goes on any more.
func (h *Hub) Close() {
	h.begins.Lock()
	h.stop()
	h.begins.Unlock()
	h.work.Wait()
	h.presence.leave()
	for _, c := range h.all() {
		c.out.Abort()
	}
	h.link.Close()
}

// Begin does something in the background, for which Close waits; not when the hub has ended.
func (h *Hub) Begin(do func()) (begun bool) {
	h.begins.Lock()
	defer h.begins.Unlock()
	if h.ctx.Err() != nil {
		return false
	}
	h.work.Go(do)
	return true
}

// receiver is the hub as its broker sees it.
type receiver struct{ hub *Hub }

func (r receiver) Receive(s Signal) { r.hub.inbox.receive(s) }

func (r receiver) Missed(rooms ...int64) {
	if len(rooms) == 0 {
		r.hub.audit()
	}
	for _, id := range rooms {
		if room := r.hub.room(id); room != nil {
			r.hub.loader.level(room)
		}
	}
}

// audit asks how far all rooms are: a signal may have been lost.
func (h *Hub) audit() {
	h.mu.RLock()
	defer h.mu.RUnlock()
	for _, r := range h.rooms {
		h.loader.level(r)
	}
}
