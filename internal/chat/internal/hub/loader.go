package hub

import (
	"context"
	"sync"
	"time"
)

const (
	pageEntries = 200  // of one room, read at a time
	roundSeats  = 256  // seats that are served together at most
	roundRooms  = 32   // rooms whose entries are read together at most
	levelRooms  = 2000 // rooms that are asked how far they are, together at most
	readWithin  = 10 * time.Second
	retryAfter  = 500 * time.Millisecond
)

// loader reads what rooms and seats lack. While it reads, others come to wait; it takes all of them at once,
// so that a thousand who come back together cost a few questions.
type loader struct {
	hub *Hub

	mu      sync.Mutex
	unknown map[*room]struct{} // how far they are is wanted
	holes   map[*room]struct{} // entries are missing
	behind  []*seat
	running bool
}

// level wants to know how far a room is.
func (l *loader) level(r *room) { l.add(&l.unknown, r) }

// hole wants the entries that follow those which the room has sent.
func (l *loader) hole(r *room) { l.add(&l.holes, r) }

func (l *loader) add(set *map[*room]struct{}, r *room) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if *set == nil {
		*set = map[*room]struct{}{}
	}
	(*set)[r] = struct{}{}
	l.start()
}

// seats wants what connections lack. Seats that are waited for already are fine.
func (l *loader) seats(all ...*seat) {
	if len(all) == 0 {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, s := range all {
		if !s.queued {
			s.queued = true
			l.behind = append(l.behind, s)
		}
	}
	l.start()
}

func (l *loader) start() {
	if !l.running {
		l.running = l.hub.Begin(l.run)
	}
}

func (l *loader) busy() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.running
}

// round is what is read together.
type round struct {
	unknown map[*room]struct{}
	holes   map[*room]struct{}
	behind  []*seat
}

// take gives all that waits, within bounds; ok is false when nothing does.
func (l *loader) take() (r round, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	r.unknown, r.holes = some(l.unknown, levelRooms), some(l.holes, roundRooms)
	n := min(len(l.behind), roundSeats)
	r.behind = append(r.behind, l.behind[:n]...)
	l.behind = append(l.behind[:0], l.behind[n:]...)
	for _, s := range r.behind {
		s.queued = false
	}
	l.running = len(r.unknown) > 0 || len(r.holes) > 0 || n > 0
	if !l.running {
		l.behind = nil
	}
	return r, l.running
}

// some takes at most n out of a set.
func some(set map[*room]struct{}, n int) map[*room]struct{} {
	out := make(map[*room]struct{}, min(n, len(set)))
	for r := range set {
		if len(out) == n {
			break
		}
		out[r] = struct{}{}
		delete(set, r)
	}
	return out
}

// run reads until nothing waits.
func (l *loader) run() {
	for {
		r, ok := l.take()
		if !ok {
			return
		}
		if err := l.serve(r); err != nil {
			if l.hub.ctx.Err() != nil {
				return
			}
			l.hub.cfg.Log.Warn("connections wait for what they lack: it cannot be read", "error", err)
			l.again(r)
		}
	}
}

// again waits a moment and puts back what could not be read.
func (l *loader) again(r round) {
	select {
	case <-time.After(retryAfter):
	case <-l.hub.ctx.Done():
	}
	for room := range r.unknown {
		l.level(room)
	}
	for room := range r.holes {
		l.hole(room)
	}
	l.seats(r.behind...)
}

func (l *loader) serve(r round) error {
	ctx, cancel := context.WithTimeout(l.hub.ctx, readWithin)
	defer cancel()
	if len(r.unknown) > 0 {
		if err := l.levels(ctx, r.unknown); err != nil {
			return err
		}
		clear(r.unknown)
	}
	if len(r.holes)+len(r.behind) > 0 {
		return l.pages(ctx, r)
	}
	return nil
}

func (l *loader) levels(ctx context.Context, rooms map[*room]struct{}) error {
	ids := make([]int64, 0, len(rooms))
	for r := range rooms {
		ids = append(ids, r.id)
		r.asking()
	}
	last, err := l.hub.cfg.Entries.Last(ctx, ids)
	if err != nil {
		return err
	}
	for r := range rooms {
		r.known(last[r.id]) // a room that is gone is one without entries
	}
	return nil
}

// lack is what is missing in a room.
type lack struct {
	after int64
	hole  bool
	seats []*seat
}

// pages reads a page of each room, above the lowest entry that somebody has, and gives to each what they lack.
func (l *loader) pages(ctx context.Context, r round) error {
	lacks, late := group(r)
	l.seats(late...)
	wants := make([]Want, 0, len(lacks))
	for room, k := range lacks {
		wants = append(wants, Want{room.id, k.after, pageEntries})
	}
	if len(wants) == 0 {
		return nil
	}
	l.hub.count.reads.Add(1)
	found, err := l.hub.cfg.Entries.After(ctx, wants)
	if err != nil {
		return err
	}
	for room, k := range lacks {
		room.fill(found[room.id], k)
	}
	return nil
}

// group sorts a round by rooms; seats in more rooms than are read together are late.
func group(r round) (lacks map[*room]*lack, late []*seat) {
	lacks = make(map[*room]*lack)
	for room := range r.holes {
		if after := room.sent(); after != unknown {
			lacks[room] = &lack{after: after, hole: true}
		}
	}
	for _, s := range r.behind {
		pos, wants := s.lacks()
		k, ok := lacks[s.room]
		switch {
		case !wants:
		case !ok && len(lacks) >= roundRooms:
			late = append(late, s)
		case !ok:
			lacks[s.room] = &lack{after: pos, seats: []*seat{s}}
		default:
			k.after, k.seats = min(k.after, pos), append(k.seats, s)
		}
	}
	return lacks, late
}
