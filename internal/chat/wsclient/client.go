package wsclient

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"

	"agrovet/internal/chat/internal/wire"
)

// Client is one device of one person. Its methods may be called from any goroutine.
type Client struct {
	cfg    Config
	dialer websocket.Dialer
	ctx    context.Context // ends with the client
	cancel context.CancelFunc
	work   sync.WaitGroup
	inbox  inbox
	outbox outbox
	marks  marks
	behind behind

	mu      sync.Mutex
	line    *line         // nil: not connected, or not welcome yet
	online  chan struct{} // closed while there is a line
	userID  int64
	err     error // why it ended for good
	stats   Stats
	waiting time.Duration // before the next try, as the server asked
}

// Stats are what a client has seen.
type Stats struct {
	Connects, Doubles, Holes, Resends, CaughtUp int
}

// writers share buffers: an idle connection has none.
var writers sync.Pool

// Dial makes a client and waits for its first welcome.
//
// Errors: ErrEnded, ErrRefused; ctx's when it ends first.
func Dial(ctx context.Context, cfg Config) (*Client, error) {
	cfg, err := cfg.withDefaults()
	if err != nil {
		return nil, err
	}
	c := &Client{cfg: cfg, online: make(chan struct{}), dialer: websocket.Dialer{NetDialContext: cfg.NetDial, ReadBufferSize: 1024,
		WriteBufferSize: 1024, WriteBufferPool: &writers, HandshakeTimeout: 20 * time.Second, Proxy: http.ProxyFromEnvironment}}
	c.ctx, c.cancel = context.WithCancel(context.Background())
	c.inbox.start(c)
	c.outbox.start(c)
	c.marks.start(c)
	c.behind.start(c)
	c.work.Go(c.keep)
	if err := c.Online(ctx); err != nil {
		c.Close()
		return nil, err
	}
	return c, nil
}

// Close ends the client and waits until nothing of it runs any more.
func (c *Client) Close() {
	c.end(ErrClosed)
	c.work.Wait()
}

// Online waits until the client is connected.
//
// Errors: why the client ended for good; ctx's.
func (c *Client) Online(ctx context.Context) error {
	c.mu.Lock()
	online := c.online
	c.mu.Unlock()
	select {
	case <-online:
		return nil
	case <-c.ctx.Done():
		return c.Err()
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Done is closed when the client has ended for good; Err says why.
func (c *Client) Done() <-chan struct{} { return c.ctx.Done() }

// Err is why the client ended for good; nil while it has not.
func (c *Client) Err() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.err
}

// UserID is who the server says one is.
func (c *Client) UserID() int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.userID
}

// Stats are what the client has seen until now.
func (c *Client) Stats() Stats {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.stats
}

func (c *Client) count(add func(*Stats)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	add(&c.stats)
}

// Cut drops the connection as a bad network would; the client comes back by itself.
func (c *Client) Cut() {
	if l := c.current(); l != nil {
		l.cut()
	}
}

func (c *Client) end(why error) {
	c.mu.Lock()
	if c.err == nil {
		c.err = why
	}
	l := c.line
	c.mu.Unlock()
	c.cancel()
	if l != nil {
		l.bye()
	}
}

// keep keeps the connection until the client ends.
func (c *Client) keep() {
	for tries := 0; c.ctx.Err() == nil; tries++ {
		welcomed, err := c.connect()
		if c.ctx.Err() != nil {
			return
		}
		c.cfg.Lost(err)
		if why := forGood(err); why != nil {
			c.end(errors.Join(why, err))
			return
		}
		if welcomed {
			tries = 0
		}
		select {
		case <-time.After(c.pause(tries)):
		case <-c.ctx.Done():
		}
	}
}

// pause is how long to wait before the next try: as the server asked, or longer each time, never all at once.
func (c *Client) pause(tries int) time.Duration {
	c.mu.Lock()
	asked := c.waiting
	c.waiting = 0
	c.mu.Unlock()
	most := min(c.cfg.MinWait<<min(tries, 16), c.cfg.MaxWait)
	return asked + most/2 + rand.N(most/2+1)
}

// forGood is the reason when there is no sense in connecting again.
func forGood(err error) error {
	var status handshakeError
	switch {
	case websocket.IsCloseError(err, 4401), errors.As(err, &status) && status == http.StatusUnauthorized:
		return ErrEnded
	case websocket.IsCloseError(err, 4409):
		return ErrTooMany
	case errors.As(err, &status) && status >= 400 && status < 500 && status != http.StatusTooManyRequests && status != http.StatusRequestTimeout:
		return ErrRefused
	}
	return nil
}

// handshakeError is the status of a refused handshake.
type handshakeError int

func (e handshakeError) Error() string { return "handshake: " + http.StatusText(int(e)) }

// connect is one connection from beginning to end.
func (c *Client) connect() (welcomed bool, err error) {
	conn, answer, err := c.dialer.DialContext(c.ctx, "ws"+strings.TrimPrefix(c.cfg.URL, "http")+"/ws/",
		http.Header{"Authorization": {"Token " + c.cfg.Token}})
	if err != nil {
		if answer != nil {
			answer.Body.Close()
			err = errors.Join(handshakeError(answer.StatusCode), err)
		}
		return false, err
	}
	l := newLine(conn)
	stop := context.AfterFunc(c.ctx, l.bye)
	defer stop()
	defer l.cut()
	defer c.lost(l)
	for {
		b, err := l.read()
		if err != nil {
			return welcomed, err
		}
		f, err := parse(b)
		if err != nil {
			return welcomed, err
		}
		if f.Type == wire.TypeWelcome {
			welcomed = true
			if err := c.welcome(l, f); err != nil {
				return welcomed, err
			}
		}
		c.take(f)
	}
}

// take deals with a frame.
func (c *Client) take(f Frame) {
	switch f.Type {
	case wire.TypeAck, wire.TypeError:
		if c.outbox.answered(f) {
			return
		}
	case wire.TypeReconnect:
		if r, err := As[wire.Reconnect](f); err == nil {
			c.mu.Lock()
			c.waiting = time.Duration(r.After * float64(time.Second))
			c.mu.Unlock()
		}
	}
	c.inbox.take(f)
}

// welcome makes a connection the client's: it says what it has, and sends again what is not acknowledged.
func (c *Client) welcome(l *line, f Frame) error {
	w, err := As[Welcome](f)
	if err != nil {
		return err
	}
	l.patience(time.Duration(2 * w.Heartbeat * float64(time.Second)))
	c.inbox.welcome(l, w.Rooms)
	c.outbox.connected(l, func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.userID, c.line = w.UserID, l
		c.stats.Connects++
	})
	c.marks.welcome(w.Rooms)
	c.mu.Lock()
	close(c.online)
	c.mu.Unlock()
	return nil
}

func (c *Client) lost(l *line) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.line == l {
		c.line, c.online = nil, make(chan struct{})
	}
}

func (c *Client) current() *line {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.line
}

// say sends a frame that is of no use later.
//
// Errors: ErrOffline.
func (c *Client) say(frame any) error {
	l := c.current()
	if l == nil {
		return ErrOffline
	}
	return l.say(frame)
}

// Typing tells the others in a room that one is writing, for six seconds.
//
// Errors: ErrOffline.
func (c *Client) Typing(room int64) error {
	return c.say(wire.IsTyping{Type: wire.AskTyping, Room: wire.RoomRef(room)})
}

// AskOnline asks who of these people is online; of nobody: of the people of one's rooms. The answer is a frame,
// [OnlineUsers].
//
// Errors: ErrOffline.
func (c *Client) AskOnline(users ...int64) error {
	return c.say(wire.GetOnline{Type: wire.AskOnline, Users: users})
}
