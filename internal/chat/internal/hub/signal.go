package hub

import (
	"slices"
	"sync"
)

// Kind is what a signal is about.
type Kind uint8

// The kinds.
const (
	NewEntry Kind = iota // Room, Seq, From, Out, Frame: a line of a room's log, which is stored
	InRoom               // Room, Frame, From: for all in the room but From
	Marks                // Room, Users, Frame: for all in a small room, in others for Users
	ToUsers              // Users, Frame: for all connections of people; General
	Added                // Room, Seq, Size, Members: people are in a room from now on
	Removed              // Room, Seq, Size, Users, Frame: people are in it no more
	Ended                // Users, Sessions (none: all): sessions are over
)

// Small is up to how many members a room is small: all of them learn who has read what.
const Small = 32

// Signal is what all hubs are told. It is data alone, so that it can travel.
type Signal struct {
	Kind      Kind
	Room, Seq int64 // of Added and Removed: up to which the log went when that was read; 0: not known
	Size      int   // members of the room then; 0: not known
	From      int64
	Out       int64 // of NewEntry, as in Entry
	Users     []int64
	Sessions  []int64
	Members   []Newcomer
	Frame     *Frame
	General   bool // not for connections that are for one room alone
	Code      int  // with which connections are closed, of Removed and Ended
	Reason    string
}

// Newcomer is somebody who is in a room from now on.
type Newcomer struct {
	UserID int64
	From   int64  // the entries above it are theirs
	Frame  *Frame // tells them
}

// inbox is what the hub has been told and has not done yet.
type inbox struct {
	hub     *Hub
	mu      sync.Mutex
	waiting []Signal
	running bool
}

// maxWaiting is how many signals wait at most before entries are dropped, which are read again later.
const maxWaiting = 8192

// receive takes a signal; it does not block.
func (b *inbox) receive(s Signal) {
	if s.Kind == NewEntry && b.hub.room(s.Room) == nil {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if s.Kind == NewEntry && len(b.waiting) >= maxWaiting {
		if r := b.hub.room(s.Room); r != nil {
			b.hub.loader.level(r)
		}
		return
	}
	b.waiting = append(b.waiting, s)
	if !b.running {
		b.running = b.hub.Begin(b.run)
	}
}

func (b *inbox) busy() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.running
}

// run obeys signals in their order until none is left.
func (b *inbox) run() {
	var batch []Signal
	for {
		b.mu.Lock()
		if len(b.waiting) == 0 {
			b.running, b.waiting = false, nil
			b.mu.Unlock()
			return
		}
		batch, b.waiting = b.waiting, batch[:0]
		b.mu.Unlock()
		for i := 0; i < len(batch); {
			i += b.hub.obey(batch[i:])
		}
		clear(batch)
	}
}

func (h *Hub) room(id int64) *room {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return h.rooms[id]
}

// obey does what the first signal says, together with those behind it that are of the same kind and room where
// that spares work, and returns how many it did.
func (h *Hub) obey(all []Signal) (n int) {
	s := all[0]
	switch r := h.room(s.Room); {
	case s.Kind == NewEntry && r != nil:
		var news []Entry
		for n < len(all) && all[n].Kind == NewEntry && all[n].Room == s.Room {
			news = append(news, Entry{all[n].Seq, all[n].From, all[n].Out, all[n].Frame})
			n++
		}
		r.entries(news)
		return n
	case s.Kind == InRoom && r != nil:
		r.all(s.Frame, s.From)
	case s.Kind == Marks && r != nil && r.small():
		r.all(s.Frame, 0)
	case s.Kind == Marks || s.Kind == ToUsers:
		h.tell(s)
	case s.Kind == Added:
		h.add(s)
	case s.Kind == Removed:
		h.remove(s)
	case s.Kind == Ended:
		h.end(s)
	}
	return 1
}

func (r *room) small() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.size > 0 && r.size <= Small
}

// tell sends a frame to the connections of people.
func (h *Hub) tell(s Signal) {
	for _, id := range s.Users {
		for _, c := range h.of(id) {
			if c.All || !s.General {
				c.Send(s.Frame)
			}
		}
	}
}

// add seats the connections of newcomers that are in all of their rooms.
func (h *Hub) add(s Signal) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if r := h.rooms[s.Room]; r != nil {
		r.count(s.Size, s.Seq)
	}
	for _, m := range s.Members {
		p := h.people[m.UserID]
		if p == nil || !p.news(s.Room, place{seq: s.Seq}) {
			continue
		}
		for _, c := range p.conns {
			if c.All {
				c.Send(m.Frame)
				h.seat(c, Place{Room: s.Room, From: m.From})
			}
		}
	}
}

// remove takes people's seats in a room. A connection that is in no other room ends.
func (h *Hub) remove(s Signal) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if r := h.rooms[s.Room]; r != nil {
		r.count(s.Size, s.Seq)
	}
	for _, id := range s.Users {
		p := h.people[id]
		if p == nil || !p.news(s.Room, place{s.Seq, true}) {
			continue
		}
		for _, c := range p.conns {
			sat := c.seats[s.Room] != nil
			h.unseat(c, s.Room)
			switch {
			case c.All:
				c.Send(s.Frame)
			case sat:
				h.count.cuts("removed")
				c.Close(s.Code, s.Reason)
			}
		}
	}
}

// end closes the connections of sessions that are over.
func (h *Hub) end(s Signal) {
	for _, id := range s.Users {
		for _, c := range h.of(id) {
			if len(s.Sessions) == 0 || slices.Contains(s.Sessions, c.SessionID) {
				h.count.cuts("session")
				c.Close(s.Code, s.Reason)
			}
		}
	}
}
