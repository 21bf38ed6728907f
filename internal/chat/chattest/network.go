// Package chattest is for tests that meet the chat: a bad network between clients and server.
package chattest

import (
	"context"
	"errors"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
)

// Faults is what happens to frames on their way. Parts are from 0 to 1, of all frames in one direction.
type Faults struct {
	CutAfter  float64       // a client's frame goes on to the server, and the connection is cut
	CutBefore float64       // a client's frame goes on, and the connection is cut in place of the answer to it
	Twice     float64       // a frame comes twice
	Late      float64       // a frame comes after the next one, or 50 ms later when there is none
	Delay     time.Duration // each frame takes up to so long, in order
	Bandwidth int           // bytes per second in each direction; 0: no limit
}

// Network is a proxy in front of a server: WebSockets suffer its faults, and other requests pass. It is an
// http.Handler; each client may have one of its own.
type Network struct {
	// Target is where the server is now, as host:port.
	Target func() string
	Faults Faults

	quiet atomic.Bool
	seen  struct{ cut, twice, late atomic.Int64 }
}

// Heal ends all faults but the bandwidth.
func (n *Network) Heal() { n.quiet.Store(true) }

// Seen is how often connections were cut, frames came twice, and frames came late.
func (n *Network) Seen() (cut, twice, late int64) {
	return n.seen.cut.Load(), n.seen.twice.Load(), n.seen.late.Load()
}

// Serve listens on the loopback until ctx ends, and returns the network's address as host:port.
func (n *Network) Serve(ctx context.Context) (string, error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	server := &http.Server{Handler: n, ReadHeaderTimeout: 10 * time.Second}
	context.AfterFunc(ctx, func() { _ = server.Close() })
	go func() { _ = server.Serve(l) }() // it ends with ctx
	return l.Addr().String(), nil
}

func (n *Network) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !websocket.IsWebSocketUpgrade(r) {
		proxy := httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(&url.URL{Scheme: "http", Host: n.Target()}) }}
		proxy.ServeHTTP(w, r)
		return
	}
	header := http.Header{}
	for _, name := range []string{"Authorization", "Sec-Websocket-Protocol", "Origin"} {
		header[name] = r.Header[name]
	}
	server, answer, err := websocket.DefaultDialer.DialContext(r.Context(), "ws://"+n.Target()+r.URL.RequestURI(), header)
	status := http.StatusBadGateway
	if answer != nil {
		_ = answer.Body.Close()
		status = answer.StatusCode
	}
	if err != nil {
		http.Error(w, err.Error(), status)
		return
	}
	defer server.Close()
	upgrader := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	client, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return // Upgrade has answered
	}
	defer client.Close()
	n.carry(client, server)
}

// way is one direction of a connection.
type way struct {
	*Network
	from, to *websocket.Conn
	cut      func()
	doomed   *atomic.Bool // the next frame to the client is where the connection is cut
	up       bool         // from the client to the server

	mu   sync.Mutex // held to write
	held []byte     // comes after the next one
}

// carry passes frames on in both directions until one end is gone.
func (n *Network) carry(client, server *websocket.Conn) {
	var doomed atomic.Bool
	cut := func() {
		_ = client.NetConn().Close()
		_ = server.NetConn().Close()
	}
	up := &way{Network: n, from: client, to: server, cut: cut, doomed: &doomed, up: true}
	down := &way{Network: n, from: server, to: client, cut: cut, doomed: &doomed}
	var both sync.WaitGroup
	both.Go(up.run)
	both.Go(down.run)
	both.Wait()
}

func (w *way) run() {
	defer w.cut()
	for {
		_, frame, err := w.from.ReadMessage()
		if err != nil {
			w.close(err)
			return
		}
		if !w.pass(frame) {
			return
		}
	}
}

// close passes on with which code the other end closed.
func (w *way) close(err error) {
	var code *websocket.CloseError
	if errors.As(err, &code) && code.Code != websocket.CloseAbnormalClosure {
		w.mu.Lock()
		defer w.mu.Unlock()
		_ = w.to.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code.Code, code.Text), time.Now().Add(time.Second))
	}
}

// pass passes a frame on, with what happens to it; false: the connection is cut.
func (w *way) pass(frame []byte) bool {
	f := w.Faults
	if f.Bandwidth > 0 {
		time.Sleep(time.Duration(len(frame)) * time.Second / time.Duration(f.Bandwidth))
	}
	if w.quiet.Load() {
		return w.write(frame)
	}
	if f.Delay > 0 {
		time.Sleep(rand.N(f.Delay))
	}
	if !w.up && w.doomed.Load() {
		w.seen.cut.Add(1)
		return false
	}
	if chance(f.Late) && w.hold(frame) {
		w.seen.late.Add(1)
		return true
	}
	if !w.write(frame) {
		return false
	}
	if chance(f.Twice) {
		w.seen.twice.Add(1)
		if !w.write(frame) {
			return false
		}
	}
	switch {
	case w.up && chance(f.CutAfter):
		w.seen.cut.Add(1)
		return false
	case w.up && chance(f.CutBefore):
		w.doomed.Store(true)
	}
	return true
}

func chance(part float64) bool { return part > 0 && rand.Float64() < part }

// hold keeps a frame until another one has passed; false: one is kept already.
func (w *way) hold(frame []byte) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.held != nil {
		return false
	}
	w.held = frame
	time.AfterFunc(50*time.Millisecond, func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		_ = w.release() // the connection is gone otherwise
	})
	return true
}

// release writes the frame that was kept.
func (w *way) release() error {
	if w.held == nil {
		return nil
	}
	frame := w.held
	w.held = nil
	return w.to.WriteMessage(websocket.TextMessage, frame)
}

func (w *way) write(frame []byte) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.to.WriteMessage(websocket.TextMessage, frame) == nil && w.release() == nil
}
