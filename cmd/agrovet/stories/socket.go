package stories

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/require"
)

// socket is one that is read until it ends.
type socket struct {
	p      *person
	path   string
	conn   *websocket.Conn
	frames chan answer // closed when it has ended
	code   int         // with which; 0: no close frame came
}

// dial tries to open a socket, and returns the status.
func (p *person) dial(path string) (*websocket.Conn, int) {
	p.s.Helper()
	ctx, cancel := context.WithTimeout(p.s.Context(), answerTime)
	defer cancel()
	patient := *p.s.http
	patient.Timeout = 0 // it would end the socket
	url := "ws" + strings.TrimPrefix(p.s.url(path), "http") + "?token=" + p.token
	c, res, err := websocket.Dial(ctx, url, &websocket.DialOptions{HTTPClient: &patient}) //nolint:bodyclose // it needs no closing, says Dial
	if err != nil {
		require.NotNil(p.s, res, "%s: %v", path, err)
		return nil, res.StatusCode
	}
	return c, http.StatusSwitchingProtocols
}

// open opens a socket and reads it.
func (p *person) open(path string) *socket {
	p.s.Helper()
	c, status := p.dial(path)
	require.Equal(p.s, http.StatusSwitchingProtocols, status, path)
	c.SetReadLimit(1 << 20)
	k := &socket{p: p, path: path, conn: c, frames: make(chan answer, 10_000)}
	p.s.Cleanup(func() { _ = c.CloseNow() }) // ends the reader as well
	go k.read()
	return k
}

func (k *socket) read() {
	defer close(k.frames)
	for {
		_, b, err := k.conn.Read(context.Background())
		if err != nil {
			k.code = max(0, int(websocket.CloseStatus(err)))
			return
		}
		a := answer{t: k.p.s.T, raw: string(b)}
		_ = json.Unmarshal(b, &a.tree) // what is no JSON has no type
		k.frames <- a
	}
}

// say sends a frame.
func (k *socket) say(frame j) {
	k.p.s.Helper()
	b, err := json.Marshal(frame)
	require.NoError(k.p.s, err)
	k.write(string(b))
}

func (k *socket) write(text string) {
	k.p.s.Helper()
	ctx, cancel := context.WithTimeout(k.p.s.Context(), answerTime)
	defer cancel()
	require.NoError(k.p.s, k.conn.Write(ctx, websocket.MessageText, []byte(text)))
}

// await is the next frame of a type that has the values: path, value, ….
func (k *socket) await(kind string, pairs ...any) answer {
	k.p.s.Helper()
	var passed []string
	for limit := time.After(eventTime); ; {
		select {
		case f, on := <-k.frames:
			require.True(k.p.s, on, "%s ended with %d before %s %v, after %v", k.path, k.code, kind, pairs, passed)
			if passed = append(passed, f.raw); f.has("type", kind) && f.has(pairs...) {
				return f
			}
		case <-limit:
			require.Fail(k.p.s, "it does not come", "%s %v on %s; there was %v", kind, pairs, k.path, passed)
		}
	}
}

// ends waits until the server has closed it, and wants the code.
func (k *socket) ends(code int) {
	k.p.s.Helper()
	for limit := time.After(eventTime); ; {
		select {
		case _, on := <-k.frames:
			if !on {
				require.Equal(k.p.s, code, k.code, k.path)
				return
			}
		case <-limit:
			require.Fail(k.p.s, "it stays open", k.path)
		}
	}
}
