package socket_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"agrovet/internal/chat/internal/core"
	"agrovet/internal/chat/internal/live"
)

var errAway = errors.New("away")

// Fault 21: a session that ends closes its sockets, and only those.
func TestEndedSessionsAreClosed(t *testing.T) {
	w := setup(t)
	phone, laptop := w.dial("/ws/?token=1-7"), w.dial("/ws/chat/1/?token=1-8")
	phone.await("welcome")
	laptop.quiet()
	w.live.Ended(t.Context(), ana, 7)
	phone.ends(4401)
	laptop.quiet()
	w.live.Ended(t.Context(), ana)
	laptop.ends(4401)
}

// The session may end while the socket opens: after the token was checked, and before it is known.
func TestASessionThatEndsMeanwhileIsNotLetIn(t *testing.T) {
	w := setup(t)
	w.onlyOnce = true
	w.dial("/ws/?token=1-7").ends(4401)
}

func TestNoticesAreShown(t *testing.T) {
	w := setup(t)
	a, room := w.as(ana, "/ws/"), w.as(ana, "/ws/chat/1/")
	a.await("welcome")
	w.live.Notify(t.Context(), ana, core.Notice{ID: "e-1", Kind: "add.alert", Data: []byte(`{"add_id": 5}`)})
	require.Equal(t, object{"type": "notification", "kind": "add.alert", "id": "e-1", "data": object{"add_id": 5.0}}, a.next())
	room.quiet()
}

// Fault 16: a flood is slowed down, then cut.
func TestFloodsAreCut(t *testing.T) {
	w := setup(t, func(c *live.Config) { c.Frames = 20 })
	a := w.as(ana, "/ws/chat/1/")
	for range 71 {
		a.send(object{"type": "ping"})
	}
	pongs, refused := 0, 0
	for o := range a.frames {
		switch o["type"] {
		case "pong":
			pongs++
		case "error":
			has(t, o, object{"code": "chat.too_fast", "retry_after": 0.5})
			refused++
		}
	}
	a.ends(1008)
	require.Equal(t, []int{20, 51}, []int{pongs, refused})
}

func TestThePersonsOldestConnectionMakesRoom(t *testing.T) {
	w := setup(t, func(c *live.Config) { c.PerPerson = 3; c.Connections = 4 })
	var all []*client
	for range 4 {
		c := w.as(ana, "/ws/")
		c.await("welcome")
		all = append(all, c)
	}
	all[0].ends(4409)
	all[3].quiet()
	for w.live.Hub.Size() > 3 {
		time.Sleep(time.Millisecond)
	}
	w.as(luis, "/ws/").await("welcome")
	w.refused(http.StatusServiceUnavailable, "/ws/?token=2")
}

// Fault 22: who reads too slowly is cut with 1013 and slows nobody, and gets all of it after coming back.
func TestASlowReaderIsCut(t *testing.T) {
	w := setup(t)
	slow := w.raw("/ws/chat/1/?token=1")
	other := w.as(luis, "/ws/chat/1/")
	text := strings.Repeat("x", 4000)
	const n = 3000
	for i := range n { // the other one is always at most a few behind
		w.rules.Say(1, luis, text)
		require.Equal(t, []int{i + 1}, other.seqs(1, i+1))
	}
	for w.live.Hub.Size() > 1 {
		time.Sleep(time.Millisecond)
	}
	last := slow.last()
	if last != 0 { // the close frame came through, or the connection is just gone
		require.Equal(t, 1013, last)
	}
	back := w.as(ana, fmt.Sprintf("/ws/chat/1/?since=%d", n-900))
	require.Equal(t, until(n-899, n), back.seqs(1, n))
}

// raw is a socket that is not read.
type raw struct {
	net.Conn
	r *bufio.Reader
}

func (w *world) raw(path string) raw {
	w.t.Helper()
	c, err := net.Dial("tcp", strings.TrimPrefix(w.http.URL, "http://"))
	require.NoError(w.t, err)
	w.t.Cleanup(func() { c.Close() })
	require.NoError(w.t, c.(*net.TCPConn).SetReadBuffer(4096))
	_, err = fmt.Fprintf(c, "GET %s HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n", path)
	require.NoError(w.t, err)
	r := bufio.NewReader(c)
	res, err := http.ReadResponse(r, nil)
	require.NoError(w.t, err)
	require.Equal(w.t, http.StatusSwitchingProtocols, res.StatusCode)
	return raw{c, r}
}

// last reads to the end, and returns the code of the close frame; 0: there was none.
func (r raw) last() (code int) {
	_ = r.SetReadDeadline(time.Now().Add(patience))
	for {
		head := make([]byte, 2)
		if _, err := readFull(r.r, head); err != nil {
			return code
		}
		n := int(head[1])
		switch n {
		case 126:
			more := make([]byte, 2)
			if _, err := readFull(r.r, more); err != nil {
				return code
			}
			n = int(more[0])<<8 | int(more[1])
		case 127:
			more := make([]byte, 8)
			if _, err := readFull(r.r, more); err != nil {
				return code
			}
			n = int(more[4])<<24 | int(more[5])<<16 | int(more[6])<<8 | int(more[7])
		}
		data := make([]byte, n)
		if _, err := readFull(r.r, data); err != nil {
			return code
		}
		if head[0] == 0x88 {
			code = int(data[0])<<8 | int(data[1])
		}
	}
}

func readFull(r *bufio.Reader, b []byte) (n int, err error) {
	for n < len(b) && err == nil {
		var m int
		m, err = r.Read(b[n:])
		n += m
	}
	return n, err
}

// A deploy is no stampede: everybody is told to come back, each at another time, and what waits is sent.
func TestDrain(t *testing.T) {
	w := setup(t)
	var all []*client
	for range 10 {
		c := w.as(ana, "/ws/")
		c.await("welcome")
		all = append(all, c)
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	w.rules.Say(1, luis, "último")
	w.live.Hub.Drain(ctx)
	require.NoError(t, ctx.Err())
	after := map[float64]bool{}
	for _, c := range all {
		a := c.await("reconnect")["after"].(float64)
		require.True(t, a >= 0.5 && a <= 5, a)
		after[a] = true
		c.ends(1001)
	}
	require.Greater(t, len(after), 5)
	w.refused(http.StatusServiceUnavailable, "/ws/?token=1")
}

// A socket that has lived for long comes anew, so that its session is used and its token checked again.
func TestConnectionsComeAnew(t *testing.T) {
	w := setup(t, func(c *live.Config) { c.Lifetime = time.Millisecond; c.Heartbeat = 30 * time.Millisecond })
	a := w.as(ana, "/ws/")
	a.await("reconnect")
	a.ends(1001)
}

// Connections leave nothing behind.
func TestNothingIsLeftOfConnections(t *testing.T) {
	w := setup(t, func(c *live.Config) { c.PerPerson = 1000 })
	w.as(luis, "/ws/").await("welcome")
	goroutines := runtime.NumGoroutine()
	for range 10 {
		var wg sync.WaitGroup
		for i := range 100 {
			wg.Go(func() {
				c := w.as(ana, []string{"/ws/", "/ws/chat/1/", "/ws/presence/"}[i%3])
				if i%2 == 0 {
					c.send(object{"type": "ping"})
					c.await("pong")
				}
				if i%5 == 0 {
					_ = c.c.CloseNow()
				} else {
					_ = c.c.Close(1000, "")
				}
				for range c.frames {
				}
			})
		}
		wg.Wait()
	}
	for w.live.Hub.Size() > 1 || runtime.NumGoroutine() > goroutines+5 {
		time.Sleep(time.Millisecond)
	}
	require.LessOrEqual(t, w.live.Hub.Rooms(), 3)
}
