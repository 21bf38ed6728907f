package wsclient

import (
	"strconv"
	"sync"
	"time"

	"agrovet/internal/chat/internal/wire"
)

// marks is what the device tells about what it has got and what its person has read.
type marks struct {
	c         *Client
	mu        sync.Mutex
	delivered map[int64]int64 // to tell, by room
	read      map[int64]int64 // told, or to tell when connected again
	timer     *time.Timer
}

func (m *marks) start(c *Client) {
	m.c, m.delivered, m.read = c, map[int64]int64{}, map[int64]int64{}
}

// Read tells that one has read a room up to an entry. Without a connection it is told on the next.
func (c *Client) Read(room, seq int64) {
	c.marks.mu.Lock()
	if c.marks.read[room] >= seq {
		c.marks.mu.Unlock()
		return
	}
	c.marks.read[room] = seq
	c.marks.mu.Unlock()
	_ = c.say(readUpTo(room, seq)) // without a line the next welcome shows what is missing
}

func readUpTo(room, seq int64) wire.MarkRead {
	return wire.MarkRead{Type: wire.AskRead, Room: wire.RoomRef(room), Seq: seq}
}

// arrived notes an entry that was handed on. One's own messages need no receipt.
func (m *marks) arrived(f Frame) {
	if m.c.cfg.Silent || f.Type == wire.TypeMessage && f.SenderID == m.c.UserID() {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.delivered[f.Room] = max(m.delivered[f.Room], f.Seq)
	m.soon()
}

func (m *marks) soon() {
	if m.timer == nil {
		m.timer = time.AfterFunc(m.c.cfg.TellWithin, m.tell)
	}
}

// tell tells of all rooms together.
func (m *marks) tell() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.timer = nil
	l := m.c.current()
	if l == nil || len(m.delivered) == 0 || m.c.ctx.Err() != nil {
		return // the next welcome shows what is missing
	}
	rooms := make(map[string]int64, min(len(m.delivered), maxNamed))
	for id, seq := range m.delivered {
		if len(rooms) == maxNamed {
			m.soon()
			break
		}
		rooms[strconv.FormatInt(id, 10)] = seq
		delete(m.delivered, id)
	}
	_ = l.say(wire.MarkDelivered{Type: wire.AskDelivered, Rooms: rooms})
}

// welcome tells again what the server does not know.
func (m *marks) welcome(rooms []RoomState) {
	have := m.c.Have()
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, r := range rooms {
		if seq := m.read[r.Room]; seq > r.ReadSeq {
			_ = m.c.say(readUpTo(r.Room, seq))
		}
		if seq := have[r.Room]; seq > r.DeliveredSeq && !m.c.cfg.Silent {
			m.delivered[r.Room] = seq
			m.soon()
		}
	}
}

func (m *marks) forget(room int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.delivered, room)
	delete(m.read, room)
}
