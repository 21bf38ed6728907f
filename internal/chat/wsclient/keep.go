package wsclient

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"strings"
	"time"

	"github.com/gorilla/websocket"

	"agrovet/internal/chat/internal/wire"
)

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
		if f.Type == wire.TypeWelcome && !welcomed { // bad networks double frames
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
