package main

import (
	"bytes"
	"context"
	"fmt"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
	"golang.org/x/sync/errgroup"
)

// socket is one connection of a member. Its frames are looked at as text: what the clients cost is taken
// from the servers that they measure.
type socket struct {
	*websocket.Conn
	room   int64
	buffer []byte
}

// connect opens a socket of the product, or of the peer, which believes who says to be whom.
func connect(ctx context.Context, p *process, m member, room int64) (*socket, error) {
	return connectBy(ctx, &websocket.Dialer{HandshakeTimeout: time.Minute, ReadBufferSize: 4096, WriteBufferSize: 512}, p, m, room)
}

func connectBy(ctx context.Context, dialer *websocket.Dialer, p *process, m member, room int64) (*socket, error) {
	url := fmt.Sprintf("ws://%s/ws/?token=%s&user=%d&room=%d", p.address, m.token, m.id, room)
	conn, answer, err := dialer.DialContext(ctx, url, nil)
	if answer != nil {
		_ = answer.Body.Close()
		if err != nil {
			err = fmt.Errorf("%w: status %d", err, answer.StatusCode)
		}
	}
	if err != nil {
		return nil, err
	}
	s := &socket{Conn: conn, room: room, buffer: make([]byte, 0, 2048)}
	_, err = s.next() // the welcome
	if err == nil {
		err = s.WriteMessage(websocket.TextMessage, []byte(`{"type":"resume","rooms":{}}`)) // what is said from now on comes at once
	}
	if err != nil {
		_ = conn.Close()
		return nil, err
	}
	return s, nil
}

// connectAll opens a socket for each of some members, who come one after the other again when there are
// not enough.
func connectAll(ctx context.Context, p *process, people []member, room int64, n int) ([]*socket, error) {
	all := make([]*socket, n)
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(16)
	for i := range all {
		g.Go(func() (err error) {
			all[i], err = connect(ctx, p, people[i%len(people)], room)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		closeAll(all)
		return nil, err
	}
	return all, nil
}

func closeAll(all []*socket) {
	for _, s := range all {
		if s != nil {
			_ = s.Close()
		}
	}
}

// next reads a frame; it is there until the one after it.
func (s *socket) next() ([]byte, error) {
	_, r, err := s.NextReader()
	if err != nil {
		return nil, err
	}
	b := bytes.NewBuffer(s.buffer[:0])
	_, err = b.ReadFrom(r)
	s.buffer = b.Bytes()
	return s.buffer, err
}

var (
	typeMessage = []byte(`"type":"chat_message"`)
	textAt      = []byte(`"text":"`)
)

// sentAt is when the message of a frame was sent; ok is false for other frames.
func sentAt(frame []byte) (at time.Time, ok bool) {
	if !bytes.Contains(frame, typeMessage) {
		return at, false
	}
	_, rest, ok := bytes.Cut(frame, textAt)
	digits, _, _ := bytes.Cut(rest, []byte(" "))
	nanos, err := strconv.ParseInt(string(digits), 10, 64)
	return time.Unix(0, nanos), ok && err == nil
}

// said is what messages say.
const said = "La vaca ya parió, está sana. ¿Cuándo pasa a vacunar el ternero?"

// Keys of messages are never used again, also not in another run on the same database.
var (
	messageKeys atomic.Int64
	run         = strconv.FormatInt(time.Now().UnixNano(), 36) + "-"
)

// say sends a message.
func (s *socket) say() error { return s.write(said) }

// write sends a message that says this behind the time of its sending.
func (s *socket) write(text string) error {
	return s.WriteMessage(websocket.TextMessage, fmt.Appendf(nil, `{"type":"chat_message","room_id":%d,"text":"%d %s","client_msg_id":"%s%d"}`,
		s.room, time.Now().UnixNano(), text, run, messageKeys.Add(1)))
}

// count is what some sockets have read.
type count struct {
	frames, messages atomic.Int64
}

// read reads frames until the connection ends; each is called for messages, unless it is nil.
func (c *count) read(s *socket, each func(sent time.Time)) {
	for {
		frame, err := s.next()
		if err != nil {
			return // the measurement closes it
		}
		c.frames.Add(1)
		if at, ok := sentAt(frame); ok {
			c.messages.Add(1)
			if each != nil {
				each(at)
			}
		}
	}
}

// await waits until so many messages were read.
func (c *count) await(ctx context.Context, messages int64) error {
	for range 10_000 {
		if c.messages.Load() >= messages {
			return nil
		}
		if err := rests(ctx, time.Millisecond); err != nil {
			return err
		}
	}
	return fmt.Errorf("%d of %d messages arrived", c.messages.Load(), messages)
}

// rests waits, unless ctx ends before.
func rests(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
