package hub

// sent is up to which entry the room has sent its log.
func (r *room) sent() int64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.last
}

// lacks is what a seat has, and whether it lacks anything.
func (s *seat) lacks() (pos int64, wants bool) {
	s.room.mu.Lock()
	defer s.room.mu.Unlock()
	return s.pos, s.at >= 0 && !s.level && !s.held && s.over == 0
}

// fill gives entries that were read to the room, when it had a hole, and to those who lack them.
func (r *room) fill(entries []Entry, k *lack) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.advance(entries, k)
	for _, s := range k.seats {
		switch {
		case s.at < 0 || s.level || s.held || s.over != 0:
		case s.pos < k.after: // it said meanwhile that it has less
			r.hub.loader.seats(s)
		default:
			r.feed(s, entries, k.after)
		}
	}
}

// advance closes the room's hole, as far as the entries go.
func (r *room) advance(entries []Entry, k *lack) {
	first := len(entries) == 0
	for i, e := range entries {
		// The page begins where the one who is furthest behind is: what follows here is without gaps.
		if e.Seq > r.last && k.after <= r.last {
			r.fan(entries[i : i+1])
		}
	}
	if !k.hole {
		return
	}
	if first && k.after == r.last {
		r.seen = r.last // the log has no more: the room is gone
	}
	if r.last < r.seen {
		r.hub.loader.hole(r)
	}
}

// feed sends a seat what it lacks, as much as its connection takes now; the lock is held.
func (r *room) feed(s *seat, entries []Entry, after int64) {
	for i, e := range entries {
		if e.Seq <= s.pos || e.Seq > r.last {
			continue
		}
		if !s.conn.roomy() {
			break
		}
		if s.take(e.Frame, entries[i:i+1]); s.over != 0 {
			return
		}
	}
	if len(entries) == 0 && after == s.pos {
		s.pos = max(s.pos, r.last) // the log has no more: the room is gone
	}
	switch {
	case s.pos >= r.last:
		r.hub.count.resumed("level")
		r.settle(s)
	case s.conn.roomy() || !s.conn.park(s):
		r.hub.loader.seats(s)
	}
}
