package hub

import "slices"

// person is somebody with connections here, the oldest first.
type person struct {
	conns  []*Conn
	places map[int64]place // what was told last of them and rooms, by room
}

// place is whether somebody is in a room, as of an entry of its log.
type place struct {
	seq int64
	out bool
}

// maxPlaces is for how many rooms it is known what was told last of a person, who has connections here. With more,
// all is forgotten: then one that comes late, a matter of milliseconds, is obeyed.
const maxPlaces = 1000

// news notes that somebody is told to be in a room, or out of it; false: what was told before is newer.
func (p *person) news(room int64, now place) bool {
	was := p.places[room]
	if now.seq != 0 && now.seq < was.seq {
		return false
	}
	if p.places == nil || len(p.places) >= maxPlaces {
		p.places = map[int64]place{}
	}
	p.places[room] = place{max(now.seq, was.seq), now.out}
	return true
}

// left says whether somebody was told to be out of a room since it was read that they are in it.
func (p *person) left(room, readAt int64) bool {
	last := p.places[room]
	return last.out && readAt <= last.seq
}

// Open makes a connection one of the hub's. When the person has too many, their oldest is closed.
//
// Errors: ErrFull.
func (h *Hub) Open(c *Conn) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.draining || h.open >= h.cfg.Connections {
		return ErrFull
	}
	c.seats, c.slot = map[int64]*seat{}, h.next%beats
	h.next++
	h.open++
	h.slots[c.slot][c] = struct{}{}
	p := h.people[c.UserID]
	if p == nil {
		p = &person{}
		h.people[c.UserID] = p
		h.presence.came(c.UserID)
	}
	p.conns = append(p.conns, c)
	if excess := len(p.conns) - h.cfg.PerPerson; excess > 0 {
		h.count.cuts("superseded")
		p.conns[excess-1].Close(h.cfg.SupersededCode, "too many connections")
	}
	h.count.opened(c.Kind)
	return nil
}

// Leave ends that a connection is one of the hub's. It may be said again.
func (h *Hub) Leave(c *Conn) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if _, here := h.slots[c.slot][c]; !here {
		return
	}
	delete(h.slots[c.slot], c)
	h.open--
	for id := range c.seats {
		h.unseat(c, id)
	}
	p := h.people[c.UserID]
	if i := slices.Index(p.conns, c); i >= 0 {
		p.conns = slices.Delete(p.conns, i, i+1)
	}
	if len(p.conns) == 0 {
		delete(h.people, c.UserID)
		h.presence.went(c.UserID)
	}
	h.count.closed(c.Kind)
}

// Place is where a connection takes part in a room.
type Place struct {
	Room  int64
	From  int64 // the entries above it are theirs to see
	Pos   int64 // the other side has all up to it
	Seq   int64 // up to which the room's log went when that was read
	Size  int   // members of the room
	Tells bool  // whether the other side is told when it has all
	Held  bool  // nothing is sent before Resume or Release
}

// Seat has a connection take part in rooms. Rooms that the person has left meanwhile are left out.
func (h *Hub) Seat(c *Conn, places ...Place) {
	h.mu.Lock()
	defer h.mu.Unlock()
	who := h.people[c.UserID]
	for _, p := range places {
		if who != nil && !who.left(p.Room, p.Seq) {
			h.seat(c, p)
		}
	}
}

func (h *Hub) seat(c *Conn, p Place) {
	_, here := h.slots[c.slot][c]
	switch s := c.seats[p.Room]; {
	case !here:
		return
	case s != nil:
		s.room.hide(s, p.From)
		return
	}
	r := h.rooms[p.Room]
	if r == nil {
		r = &room{hub: h, id: p.Room, last: unknown, seen: unknown}
		h.rooms[p.Room] = r
		h.link.Follow(p.Room)
	}
	r.count(p.Size, p.Seq)
	s := &seat{conn: c, room: r, from: p.From, pos: max(p.Pos, p.From), tells: p.Tells, held: p.Held}
	c.seats[p.Room] = s
	r.sit(s)
}

// unseat ends that a connection takes part in a room; the lock is held.
func (h *Hub) unseat(c *Conn, room int64) {
	s := c.seats[room]
	if s == nil {
		return
	}
	delete(c.seats, room)
	if s.room.rise(s) {
		delete(h.rooms, room)
		h.link.Unfollow(room)
	}
}

// Resume moves a connection in rooms to where the other side says that it is. Rooms in which it does not
// take part are ignored.
func (h *Hub) Resume(c *Conn, positions map[int64]int64) {
	for _, s := range h.seatsOf(c) {
		if pos, said := positions[s.room.id]; said {
			s.room.place(s, max(pos, 0), true)
		}
	}
}

// Release lets what is held of a connection flow.
func (h *Hub) Release(c *Conn) {
	if c.quick.Swap(true) {
		return
	}
	for _, s := range h.seatsOf(c) {
		s.room.release(s)
	}
}

func (h *Hub) seatsOf(c *Conn) []*seat {
	h.mu.RLock()
	defer h.mu.RUnlock()
	out := make([]*seat, 0, len(c.seats))
	for _, s := range c.seats {
		out = append(out, s)
	}
	return out
}

// In says whether a connection takes part in a room.
func (h *Hub) In(c *Conn, room int64) bool {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return c.seats[room] != nil
}

// Positions is up to where a connection was sent the rooms in which it takes part.
func (h *Hub) Positions(c *Conn) map[int64]int64 {
	out := map[int64]int64{}
	for _, s := range h.seatsOf(c) {
		pos, _ := s.lacks()
		out[s.room.id] = pos
	}
	return out
}

// of are the connections of a person.
func (h *Hub) of(userID int64) []*Conn {
	h.mu.RLock()
	defer h.mu.RUnlock()
	if p := h.people[userID]; p != nil {
		return slices.Clone(p.conns)
	}
	return nil
}

// all are all connections.
func (h *Hub) all() (out []*Conn) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	for _, slot := range h.slots {
		for c := range slot {
			out = append(out, c)
		}
	}
	return out
}

// here are all who have a connection.
func (h *Hub) here() []int64 {
	h.mu.RLock()
	defer h.mu.RUnlock()
	ids := make([]int64, 0, len(h.people))
	for id := range h.people {
		ids = append(ids, id)
	}
	return ids
}
