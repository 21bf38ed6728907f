package hub

import "sync"

// TooFar is how many entries of a room are sent at most to whoever comes back. Who lacks more reads anew.
const TooFar = 1000

// unknown is how far a room is of which nobody has asked yet.
const unknown = -1

// room is one that somebody here is in.
type room struct {
	hub *Hub
	id  int64

	mu      sync.Mutex
	last    int64 // its log was sent up to it to all who are level
	seen    int64 // the log is known to go up to it
	seats   []*seat
	size    int   // members; 0: that is not known
	counted int64 // up to which its log went then
}

// seat is a connection in a room.
type seat struct {
	conn *Conn
	room *room
	at   int   // its place in room.seats; -1: it left
	pos  int64 // it has all up to it
	from int64 // the entries above it are theirs to see
	over int64 // the entry that put them out: nothing behind it is theirs; 0: they are in the room
	level,
	held, // it waits for the other side to say what it has
	sure, // pos is not beyond the log
	asked, // the log is being asked, which will tell
	queued, // the loader has it
	tells bool // it is told when it is level
}

// entries takes new lines of the log, and sends them to all who have those before them. When lines before them
// are missing, they are read first.
func (r *room) entries(all []Entry) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for len(all) > 0 {
		e, n := all[0], 1
		r.seen = max(r.seen, e.Seq)
		switch {
		case r.last == unknown || e.Seq <= r.last:
		case e.Seq == r.last+1:
			n = inOne(all)
			r.fan(all[:n])
		default:
			r.hub.loader.hole(r)
		}
		all = all[n:]
	}
}

// atOnce is how many bytes of entries are written at once.
const atOnce = 16 << 10

// inOne is how many of the entries follow each other and go at once. What puts somebody out goes alone.
func inOne(all []Entry) (n int) {
	for size := 0; n < len(all); n++ {
		e := all[n]
		size += e.Frame.size()
		if n > 0 && (e.Seq != all[n-1].Seq+1 || e.Out != 0 || all[n-1].Out != 0 || size > atOnce) {
			break
		}
	}
	return n
}

// fan sends the next entries, which go at once, to all who are level. The lock is held: it takes a fraction of a
// microsecond for each, besides the call of the kernel.
func (r *room) fan(next []Entry) {
	first, last := next[0].Seq, next[len(next)-1].Seq
	r.last, r.seen = last, max(r.seen, last)
	frames := make([]*Frame, len(next))
	for i, e := range next {
		frames[i] = e.Frame
	}
	f := Together(frames...)
	for _, s := range r.seats {
		switch {
		case !s.level || s.pos >= last:
		case s.pos < first:
			s.take(f, next)
		default: // it has some of them
			for i, e := range next {
				if s.pos < e.Seq {
					s.take(e.Frame, next[i:i+1])
				}
			}
		}
	}
}

// take sends a seat its next entries, whose frames are f; the room's lock is held. Who is put out by one gets
// nothing after it, whenever Removed comes.
func (s *seat) take(f *Frame, next []Entry) {
	last := next[len(next)-1]
	s.pos = last.Seq
	s.conn.entries(f, next)
	if last.Out != 0 && last.Out == s.conn.UserID {
		s.over, s.level = last.Seq, false
	}
}

// asking notes whom the answer to a question that is asked now will be about: what others say that they
// have may be newer.
func (r *room) asking() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, s := range r.seats {
		s.asked = !s.sure
	}
}

// known takes how far the log is.
func (r *room) known(last int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.seen = max(r.seen, last)
	if r.last == unknown {
		r.last = last
	}
	for _, s := range r.seats {
		if s.asked {
			s.pos, s.sure, s.asked = min(s.pos, r.seen), true, false
		}
		if !s.level {
			r.settle(s)
		}
	}
	if r.last < r.seen {
		r.hub.loader.hole(r)
	}
}

// settle makes a seat level when it lacks nothing, and has what it lacks read; the lock is held.
func (r *room) settle(s *seat) {
	switch {
	case s.held || s.at < 0 || s.over != 0:
	case r.last == unknown || !s.sure && s.pos > r.last:
		r.hub.loader.level(r)
	case s.pos >= r.last:
		r.reach(s, r.hub.cfg.Resumed, s.pos)
	case r.last-s.pos > TooFar:
		s.pos = r.last
		r.hub.count.resumed("too_far")
		s.tells = true
		r.reach(s, r.hub.cfg.TooFar, s.pos)
	default:
		r.hub.loader.seats(s)
	}
}

// reach makes a seat level and tells so, when that was asked for.
func (r *room) reach(s *seat, say func(room, seq int64) *Frame, seq int64) {
	s.level, s.sure, s.asked = true, true, false
	if s.tells {
		s.tells = false
		s.conn.Send(say(r.id, seq))
	}
}

// sit adds a seat; the hub's lock is held.
func (r *room) sit(s *seat) {
	r.mu.Lock()
	defer r.mu.Unlock()
	s.at = len(r.seats)
	r.seats = append(r.seats, s)
	r.settle(s)
}

// rise takes a seat away, and says whether nobody is left; the hub's lock is held.
func (r *room) rise(s *seat) (empty bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if s.at < 0 {
		return len(r.seats) == 0
	}
	last := len(r.seats) - 1
	r.seats[s.at] = r.seats[last]
	r.seats[s.at].at = s.at
	r.seats[last] = nil
	r.seats = r.seats[:last]
	s.at = -1
	return last == 0
}

// place moves a seat to where the other side says that it is, and lets it go on.
func (r *room) place(s *seat, pos int64, tells bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	s.held, s.level, s.sure, s.asked = false, false, false, false
	s.pos, s.tells = max(pos, s.from), tells
	r.settle(s)
}

// hide takes the entries up to one away from a seat that is there already. Who was put out before it is in the
// room again.
func (r *room) hide(s *seat, from int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	s.from = max(s.from, from)
	if s.over != 0 && s.over <= from {
		s.over, s.pos = 0, max(s.pos, from)
		r.settle(s)
	}
}

// release lets a seat that was held go on from where it is.
func (r *room) release(s *seat) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if s.held {
		s.held = false
		r.settle(s)
	}
}

// all sends a frame to everybody but one person (0: to all).
func (r *room) all(f *Frame, except int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, s := range r.seats {
		if s.conn.UserID != except && s.over == 0 {
			s.conn.Send(f)
		}
	}
}

// count notes how many members there were at an entry of the log; 0: that is not known.
func (r *room) count(members int, at int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if members > 0 && at >= r.counted {
		r.size, r.counted = members, at
	}
}
