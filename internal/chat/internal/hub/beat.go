package hub

import (
	"context"
	"math/rand/v2"
	"time"
)

// beats is in how many parts a heartbeat reaches all connections: not all at once.
const beats = 30

var ping = Of(Ping, nil)

// beat pings a part of the connections. Those that have been there for long enough are to come anew.
func (h *Hub) beat(slot int) {
	h.mu.RLock()
	conns := make([]*Conn, 0, len(h.slots[slot]))
	for c := range h.slots[slot] {
		conns = append(conns, c)
	}
	h.mu.RUnlock()
	now := time.Now()
	for _, c := range conns {
		if !c.Until.IsZero() && now.After(c.Until) {
			c.Close(h.cfg.AwayCode, "come back", h.cfg.Reconnect(0))
		} else {
			c.Send(ping)
		}
	}
}

// What Drain asks clients to wait before they come back: each another time between these.
const (
	soonest = 500 * time.Millisecond
	latest  = 5 * time.Second
)

// Drain takes no more connections, asks those that are there to come back in a moment, each in another one,
// and returns when all have gone or ctx ends.
func (h *Hub) Drain(ctx context.Context) {
	h.mu.Lock()
	h.draining = true
	h.mu.Unlock()
	h.calm(ctx)
	for _, c := range h.all() {
		c.Close(h.cfg.AwayCode, "come back", h.cfg.Reconnect(soonest+rand.N(latest-soonest)))
	}
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for h.Size() > 0 {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

// calmWithin is how long Drain waits at most for the hub to be calm.
const calmWithin = time.Second

// calm returns when the hub has sent what it was told, and what connections lack: those that are sent away then
// have what was said before.
func (h *Hub) calm(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, calmWithin)
	defer cancel()
	for h.inbox.busy() || h.loader.busy() {
		select {
		case <-time.After(time.Millisecond):
		case <-ctx.Done():
			return
		}
	}
}

// Size is how many connections there are.
func (h *Hub) Size() int {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return h.open
}

// Full says whether no connection is taken now.
func (h *Hub) Full() bool {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return h.draining || h.open >= h.cfg.Connections
}

// People is how many have a connection.
func (h *Hub) People() int {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return len(h.people)
}

// Rooms is in how many rooms somebody takes part.
func (h *Hub) Rooms() int {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return len(h.rooms)
}
