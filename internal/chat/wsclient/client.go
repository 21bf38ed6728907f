package wsclient

import (
	"context"
	"net/http"
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
