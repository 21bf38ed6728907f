package wsclient

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Config is how a client behaves. URL and Token are needed.
type Config struct {
	URL   string // of the server: http://localhost:8000
	Token string // as login returns it

	// Handle gets every frame but acknowledgements, one at a time: entries of a room in order and once. It must not
	// block, nor call Send, Have or Close; sending from it wants a goroutine.
	Handle func(Frame)
	// Lost is told that the connection ended, and why; the client goes on by itself.
	Lost func(error)

	// Have is the last entry that this device has of each room.
	Have map[int64]int64
	// Begin says which entry comes before the first that is wanted of a room which Have does not name. Defaults
	// to [FromNow].
	Begin func(RoomState) int64

	Silent     bool          // tells nobody that entries have arrived
	TellWithin time.Duration // arrivals within it are told together; 200 ms
	Pending    int           // messages under way at most; 256
	Again      time.Duration // a message without an answer is sent again after it; 15 s
	MinWait    time.Duration // before connecting again, about, growing to MaxWait; 500 ms
	MaxWait    time.Duration // 30 s

	// NetDial opens connections, for the socket and for REST; tests put faults there. Defaults to the system's.
	NetDial func(ctx context.Context, network, address string) (net.Conn, error)
	HTTP    *http.Client // for REST; by default one that uses NetDial
}

// Where to begin in a room that is new to the device.
var (
	FromNow       = func(r RoomState) int64 { return r.LastSeq }                      // history is read when it is looked at
	FromDelivered = func(r RoomState) int64 { return max(r.DeliveredSeq, r.FromSeq) } // what no device has yet
	FromStart     = func(r RoomState) int64 { return r.FromSeq }                      // all that is one's own to see
)

func (c Config) withDefaults() (Config, error) {
	u, err := url.Parse(c.URL)
	if err != nil || u.Host == "" || !strings.HasPrefix(u.Scheme, "http") {
		return c, fmt.Errorf("chat client: %q is not the address of a server (http://…)", c.URL)
	}
	if c.Token == "" {
		return c, errors.New("chat client: no token")
	}
	c.URL = strings.TrimSuffix(c.URL, "/")
	c.TellWithin = otherwise(c.TellWithin, 200*time.Millisecond)
	c.Pending = otherwise(c.Pending, 256)
	c.Again = otherwise(c.Again, 15*time.Second)
	c.MinWait = otherwise(c.MinWait, 500*time.Millisecond)
	c.MaxWait = otherwise(c.MaxWait, 30*time.Second)
	if c.Handle == nil {
		c.Handle = func(Frame) {}
	}
	if c.Lost == nil {
		c.Lost = func(error) {}
	}
	if c.Begin == nil {
		c.Begin = FromNow
	}
	if c.HTTP == nil {
		c.HTTP = http.DefaultClient
		if c.NetDial != nil {
			c.HTTP = &http.Client{Transport: &http.Transport{DialContext: c.NetDial, DisableKeepAlives: true}}
		}
	}
	return c, nil
}

func otherwise[T comparable](v, byDefault T) T {
	var zero T
	if v == zero {
		return byDefault
	}
	return v
}

// What ends a client for good, and what its calls return.
var (
	ErrClosed  = errors.New("chat client: closed")
	ErrOffline = errors.New("chat client: not connected")
	ErrEnded   = errors.New("chat client: the session ended")             // 4401, or 401 at the handshake
	ErrRefused = errors.New("chat client: the server does not want it")   // another 4xx at the handshake
	ErrTooMany = errors.New("chat client: replaced by newer connections") // 4409
)

// Refused is what the server answered to a message that it did not store.
type Refused struct{ Answer ErrorFrame }

func (r *Refused) Error() string { return r.Answer.Code + ": " + r.Answer.Detail }
