package wsclient

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/json"
	"maps"
	"slices"
	"sync"
	"time"

	"agrovet/internal/chat/internal/wire"
)

// Outgoing is a message to send.
type Outgoing struct {
	Room    int64
	Text    string
	MediaID int64  // 0: none
	ReplyTo int64  // seq of a message in the room; 0: none
	Key     string // under which it is stored once, for ever; made up when empty
}

// outbox is what was sent and is not acknowledged.
type outbox struct {
	c       *Client
	room    chan struct{} // one for each message under way
	mu      sync.Mutex
	waiting map[string]*sent // by key as JSON
	number  int
	timer   *time.Timer
}

// sent is a message under way.
type sent struct {
	number int // in the order of sending
	frame  []byte
	at     time.Time
	answer chan Frame
}

func (o *outbox) start(c *Client) {
	o.c, o.room, o.waiting = c, make(chan struct{}, c.cfg.Pending), map[string]*sent{}
}

// Send sends a message and waits until the server has stored it, however often the line breaks meanwhile. When ctx
// ends first the message may be stored all the same: sending it again with its key makes no second one.
//
// Errors: *Refused; why the client ended; ctx's.
func (c *Client) Send(ctx context.Context, m Outgoing) (Ack, error) {
	s, key, err := newSent(m)
	if err != nil {
		return Ack{}, err
	}
	select {
	case c.outbox.room <- struct{}{}:
		defer func() { <-c.outbox.room }()
	case <-c.ctx.Done():
		return Ack{}, c.Err()
	case <-ctx.Done():
		return Ack{}, ctx.Err()
	}
	c.outbox.add(key, s)
	defer c.outbox.remove(key, s)
	for {
		select {
		case f := <-s.answer:
			ack, wait, err := read(f)
			if wait == 0 {
				return ack, err
			}
			if err := c.outbox.later(ctx, s, wait); err != nil {
				return ack, err
			}
		case <-c.ctx.Done():
			return Ack{}, c.Err()
		case <-ctx.Done():
			return Ack{}, ctx.Err()
		}
	}
}

func newSent(m Outgoing) (s *sent, key string, err error) {
	if m.Key == "" {
		m.Key = rand.Text()
	}
	k, err := json.Marshal(m.Key)
	if err != nil {
		return nil, "", err
	}
	frame := wire.Send{Type: wire.AskSend, Room: wire.RoomRef(m.Room), Text: m.Text, ClientMsgID: k}
	if m.MediaID != 0 {
		frame.MediaID = &m.MediaID
	}
	if m.ReplyTo != 0 {
		frame.ReplyTo = &m.ReplyTo
	}
	b, err := json.Marshal(frame)
	return &sent{frame: b, answer: make(chan Frame, 1)}, string(k), err
}

// read is what an answer says; with a wait the message is to be sent again after it.
func read(f Frame) (ack Ack, wait time.Duration, err error) {
	if f.Type == wire.TypeAck {
		ack, err = As[Ack](f)
		return ack, 0, err
	}
	e, err := As[ErrorFrame](f)
	if err != nil {
		return ack, 0, err
	}
	return ack, time.Duration(e.RetryAfter * float64(time.Second)), &Refused{e}
}

// add sends a message for the first time. Whoever sends holds the lock, so that messages leave in order, also
// while those of a lost connection are sent again.
func (o *outbox) add(key string, s *sent) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.number++
	s.number, s.at = o.number, time.Now()
	o.waiting[key] = s
	if l := o.c.current(); l != nil {
		_ = l.write(s.frame) // else it is sent again by whoever connects
	}
	o.watch()
}

func (o *outbox) remove(key string, s *sent) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.waiting[key] == s {
		delete(o.waiting, key)
	}
	if len(o.waiting) == 0 && o.timer != nil {
		o.timer.Stop()
		o.timer = nil
	}
}

// later sends a message again after a wait that the server asked for.
func (o *outbox) later(ctx context.Context, s *sent, wait time.Duration) error {
	select {
	case <-time.After(wait):
	case <-o.c.ctx.Done():
		return o.c.Err()
	case <-ctx.Done():
		return ctx.Err()
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	s.at = time.Now()
	if l := o.c.current(); l != nil {
		_ = l.write(s.frame)
	}
	return nil
}

// watch looks after messages that get no answer.
func (o *outbox) watch() {
	if o.timer != nil {
		return
	}
	o.timer = time.AfterFunc(o.c.cfg.Again, func() {
		o.mu.Lock()
		defer o.mu.Unlock()
		if l := o.c.current(); l != nil {
			o.resend(l, o.c.cfg.Again)
		}
		if o.timer = nil; len(o.waiting) > 0 && o.c.ctx.Err() == nil {
			o.watch()
		}
	})
}

// connected makes a line the one that messages leave by, and sends again by it what is not acknowledged: before
// anything new, so that the order holds.
func (o *outbox) connected(l *line, publish func()) {
	o.mu.Lock()
	defer o.mu.Unlock()
	publish()
	o.resend(l, 0)
}

// resend sends again, in order, what has waited so long. The caller holds the lock.
func (o *outbox) resend(l *line, waited time.Duration) {
	all := slices.SortedFunc(maps.Values(o.waiting), func(a, b *sent) int { return cmp.Compare(a.number, b.number) })
	for _, s := range all {
		if time.Since(s.at) < waited {
			continue
		}
		if s.at = time.Now(); l.write(s.frame) != nil {
			return
		}
		o.c.count(func(s *Stats) { s.Resends++ })
	}
}

// answered hands an answer to whoever waits for it.
func (o *outbox) answered(f Frame) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	s := o.waiting[string(f.Key)]
	if s == nil {
		return f.Type == wire.TypeAck // of something that was answered before, or given up
	}
	f.Raw = slices.Clone(f.Raw)
	select {
	case s.answer <- f:
	default: // it has one
	}
	return true
}

// Pending is how many messages are not acknowledged.
func (c *Client) Pending() int {
	c.outbox.mu.Lock()
	defer c.outbox.mu.Unlock()
	return len(c.outbox.waiting)
}
