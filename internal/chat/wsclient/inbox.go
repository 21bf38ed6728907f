package wsclient

import (
	"bytes"
	"maps"
	"strconv"
	"sync"
	"time"

	"agrovet/internal/chat/internal/wire"
)

// inbox puts what arrives in order.
type inbox struct {
	c     *Client
	mu    sync.Mutex // held while the handler runs: it is called for one frame at a time
	rooms map[int64]*room
}

// room is what the device has of a room.
type room struct {
	have  int64           // all entries up to it
	last  int64           // the newest that is known to exist
	held  map[int64]Frame // that came before their turn
	asked time.Time       // when the hole was asked about; zero: there is none
}

const (
	maxHeld  = 1000            // entries of a room that wait for a hole to be filled; what comes above is asked for anew
	maxNamed = 1000            // rooms in one frame: 64 KiB hold more, but not much
	askAgain = 5 * time.Second // when nothing came of it
)

func (in *inbox) start(c *Client) {
	in.c, in.rooms = c, map[int64]*room{}
	for id, seq := range c.cfg.Have {
		in.rooms[id] = &room{have: seq}
	}
}

// Have is the last entry of each room that was handed on, which a device keeps for its next start.
func (c *Client) Have() map[int64]int64 {
	c.inbox.mu.Lock()
	defer c.inbox.mu.Unlock()
	have := make(map[int64]int64, len(c.inbox.rooms))
	for id, r := range c.inbox.rooms {
		have[id] = r.have
	}
	return have
}

// progress is what was handed on of a room, and what is known to exist.
func (in *inbox) progress(id int64) (have, last int64, ok bool) {
	in.mu.Lock()
	defer in.mu.Unlock()
	r := in.rooms[id]
	if r == nil {
		return 0, 0, false
	}
	return r.have, r.last, true
}

// welcome asks on a new connection for what came meanwhile.
func (in *inbox) welcome(l *line, states []RoomState) {
	in.mu.Lock()
	defer in.mu.Unlock()
	mine := make(map[int64]bool, len(states))
	have := make(map[string]int64, len(states))
	for _, s := range states {
		mine[s.Room] = true
		r := in.rooms[s.Room]
		if r == nil {
			r = &room{have: in.c.cfg.Begin(s)}
			in.rooms[s.Room] = r
		}
		r.have = min(max(r.have, s.FromSeq), s.LastSeq) // a server that was set back has less than the device
		r.last, r.held, r.asked = s.LastSeq, nil, time.Time{}
		have[strconv.FormatInt(s.Room, 10)] = r.have
	}
	maps.DeleteFunc(in.rooms, func(id int64, _ *room) bool { return !mine[id] })
	in.resume(l, have)
}

// resume tells what the device has, in frames that are not too large.
func (in *inbox) resume(l *line, have map[string]int64) {
	part := make(map[string]int64, min(len(have), maxNamed))
	for id, seq := range have {
		if part[id] = seq; len(part) == maxNamed {
			_ = l.say(wire.Resume{Type: wire.AskResume, Rooms: part}) // a failing line is noticed by its reader
			clear(part)
		}
	}
	if len(part) > 0 {
		_ = l.say(wire.Resume{Type: wire.AskResume, Rooms: part})
	}
}

// take hands a frame on in its turn.
func (in *inbox) take(f Frame) {
	in.mu.Lock()
	defer in.mu.Unlock()
	if f.Entry() {
		in.entry(f)
		return
	}
	switch f.Type {
	case wire.TypeRoomAdded:
		in.added(f)
	case wire.TypeRoomGone:
		delete(in.rooms, f.Room)
		in.c.marks.forget(f.Room)
	case wire.TypeResumed:
		in.resumed(f)
	case wire.TypeTooFar:
		in.c.behind.fetch(f.Room, f.Seq)
	}
	in.c.cfg.Handle(f)
}

// entry hands on what is next, and keeps what is early.
func (in *inbox) entry(f Frame) {
	r := in.rooms[f.Room]
	if r == nil { // a room that nobody told us of: begin here
		r = &room{have: f.Seq - 1}
		in.rooms[f.Room] = r
	}
	r.last = max(r.last, f.Seq)
	switch {
	case f.Seq <= r.have || r.held[f.Seq].Type != "":
		in.c.count(func(s *Stats) { s.Doubles++ })
		return
	case f.Seq > r.have+1:
		in.early(r, f)
		return
	}
	for ok := true; ok; f, ok = r.held[r.have+1] {
		r.have = f.Seq
		delete(r.held, f.Seq)
		in.c.cfg.Handle(f)
		in.c.marks.arrived(f)
	}
	if len(r.held) == 0 {
		r.asked = time.Time{}
	}
}

// early keeps an entry until those before it are here, and asks for them.
func (in *inbox) early(r *room, f Frame) {
	if r.held == nil {
		r.held = map[int64]Frame{}
	}
	if len(r.held) < maxHeld {
		f.Raw = bytes.Clone(f.Raw)
		r.held[f.Seq] = f
	}
	if r.asked.IsZero() || time.Since(r.asked) > askAgain {
		in.ask(f.Room, r)
	}
}

func (in *inbox) ask(id int64, r *room) {
	r.asked = time.Now()
	in.c.count(func(s *Stats) { s.Holes++ })
	if l := in.c.current(); l != nil {
		in.resume(l, map[string]int64{strconv.FormatInt(id, 10): r.have})
	}
}

// resumed says that all up to its number was sent: what is still missing then is read by REST.
func (in *inbox) resumed(f Frame) {
	if r := in.rooms[f.Room]; r != nil && r.have < f.Seq {
		in.c.behind.fetch(f.Room, f.Seq)
	}
}

// added begins a room, or brings a hidden one back.
func (in *inbox) added(f Frame) {
	a, err := As[RoomAdded](f)
	if err != nil {
		return
	}
	r := in.rooms[a.Room]
	if r == nil {
		r = &room{have: a.FromSeq}
		in.rooms[a.Room] = r
	}
	if r.have = max(r.have, a.FromSeq); a.LastSeq > r.have {
		in.ask(a.Room, r)
	}
}
