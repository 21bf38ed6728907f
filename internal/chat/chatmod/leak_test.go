package chatmod_test

import (
	"bufio"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"agrovet/internal/chat/chatmod"
)

// Of connections that came and went.
const (
	comings   = 10_000
	atOnce    = 50
	leakLimit = 2 << 20 // bytes of all of them: two hundred of each
)

// Sockets and streams of all kinds come, are closed well, hung up on or cut, some before they are let in; then
// nothing of them is left: no goroutine, no memory, nobody in the hub.
func TestTenThousandConnectionsLeaveNothing(t *testing.T) {
	old := slog.Default()
	slog.SetDefault(slog.New(slog.DiscardHandler))
	defer slog.SetDefault(old)
	w := setup(t, func(c *chatmod.Config) { c.Live.Grace, c.Live.PerPerson = 20*time.Millisecond, 1000 })
	address := strings.TrimPrefix(w.serve(), "ws://")
	room := w.paired(ana, luis)
	v := &visits{t: t, address: address, room: room}
	w.grouped(ana, luis, beto, carla)

	v.come(comings / 10) // pools and caches fill
	w.empty()
	goroutines, heap := runtime.NumGoroutine(), heapNow()
	began := time.Now()
	v.come(comings)
	took := time.Since(began)
	w.empty()
	var now int
	var grown int64
	for end := time.Now().Add(30 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		now, grown = runtime.NumGoroutine(), heapNow()-heap
		if now <= goroutines && grown < leakLimit {
			break
		}
		if time.Now().After(end) {
			stacks := make([]byte, 1<<20)
			require.Fail(t, "something is left", "%d goroutines instead of %d, %d bytes more\n%s", now, goroutines, grown, stacks[:runtime.Stack(stacks, true)])
		}
	}
	t.Logf("%d connections in %v; %d goroutines before and %d after, heap %+d bytes", comings, took, goroutines, now, grown)
}

// empty awaits that nobody is connected, and that nobody counts as online.
func (w *world) empty() {
	w.t.Helper()
	hub := w.module.Hub()
	require.Eventually(w.t, func() bool {
		online, err := hub.Online(w.t.Context(), []int64{ana, luis, beto, carla})
		return err == nil && len(online) == 0 && hub.Size() == 0 && hub.People() == 0 && hub.Rooms() == 0
	}, 30*time.Second, 10*time.Millisecond, "somebody is still there")
}

func heapNow() int64 {
	runtime.GC()
	runtime.GC() // what pools still held
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// visits are connections that come and go.
type visits struct {
	t       *testing.T
	address string
	room    int64
}

// come has so many connections come and go, some at a time.
func (v *visits) come(n int) {
	var wg sync.WaitGroup
	for part := range atOnce {
		wg.Go(func() {
			for i := part; i < n; i += atOnce {
				if err := v.one(i); err != nil {
					v.t.Errorf("connection %d: %v", i, err)
					return
				}
			}
		})
	}
	wg.Wait()
}

// one is a connection; its number says of which kind it is, and how it ends.
func (v *visits) one(i int) error {
	c, err := net.Dial("tcp", v.address)
	if err != nil {
		return err
	}
	defer c.Close()
	if err := c.SetDeadline(time.Now().Add(time.Minute)); err != nil {
		return err
	}
	path := []string{"/ws/", "/ws/presence/", fmt.Sprintf("/ws/chat/%d/", v.room), "/api/chat/stream/"}[i%4]
	user := []int64{ana, luis, beto, carla}[i/4%4]
	if i%4 == 2 {
		user = []int64{ana, luis}[i/4%2]
	}
	upgrade := "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
	if i%4 == 3 {
		upgrade = ""
	}
	if _, err = fmt.Fprintf(c, "GET %s?token=%d HTTP/1.1\r\nHost: x\r\n%s\r\n", path, user, upgrade); err != nil {
		return err
	}
	if i%7 == 0 {
		return cut(c) // before it is let in
	}
	r := bufio.NewReader(c)
	res, err := http.ReadResponse(r, nil) // its body is not closed: that would read a stream to its end
	if err != nil {
		return err
	}
	if want := map[bool]int{true: 200, false: 101}[i%4 == 3]; res.StatusCode != want {
		return fmt.Errorf("status %d", res.StatusCode)
	}
	switch {
	case i%5 == 1:
		return cut(c)
	case i%5 == 2 || i%4 == 3:
		return nil // hung up
	case i%50 == 3:
		if err := masked(c, 0x81, fmt.Appendf(nil, `{"type":"chat_message","room_id":%d,"text":"%d"}`, v.room, i)); err != nil {
			return err
		}
	}
	if err := masked(c, 0x88, []byte{3, 232}); err != nil { // 1000
		return err
	}
	_, err = io.Copy(io.Discard, r)
	return err
}

// cut ends a connection as a network does that is gone: what is on its way is lost.
func cut(c net.Conn) error {
	if err := c.(*net.TCPConn).SetLinger(0); err != nil {
		return err
	}
	return c.Close()
}

// masked writes a short frame of a client, with a mask of zeros (RFC 6455 §5.3).
func masked(c net.Conn, head byte, data []byte) error {
	_, err := c.Write(append([]byte{head, 0x80 | byte(len(data)), 0, 0, 0, 0}, data...))
	return err
}
