package main

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/require"
)

// hearTime is how long something is waited for that has to come.
const hearTime = 20 * time.Second

// ear is a socket, or an event stream, of an implementation that the server does not use.
type ear struct {
	t      testing.TB
	name   string
	socket *websocket.Conn // nil: a stream
	frames chan string     // closed when the server has ended it
	code   int             // with which; 0: a stream, or no close frame came
}

// handshake tries to open a socket, and returns the status of a refusal.
func (p *process) handshake(path, token string) (*websocket.Conn, int) {
	p.t.Helper()
	mark := map[bool]string{true: "&", false: "?"}[strings.Contains(path, "?")]
	c, res, err := websocket.Dial(context.Background(), "ws"+strings.TrimPrefix(p.base, "http")+path+mark+"token="+token, nil)
	if err != nil {
		require.NotNil(p.t, res, "%s: %v", path, err)
		return nil, res.StatusCode
	}
	return c, http.StatusSwitchingProtocols
}

// hear opens a socket and reads it until it ends.
func (p *process) hear(path, token string) *ear {
	p.t.Helper()
	c, status := p.handshake(path, token)
	require.Equal(p.t, http.StatusSwitchingProtocols, status, path)
	c.SetReadLimit(1 << 20)
	e := &ear{t: p.t, name: path, socket: c, frames: make(chan string, 10_000)}
	go func() {
		defer close(e.frames)
		for {
			_, b, err := c.Read(context.Background())
			if err != nil {
				e.code = max(0, int(websocket.CloseStatus(err)))
				return
			}
			e.frames <- string(b)
		}
	}()
	p.t.Cleanup(func() { _ = c.CloseNow() })
	return e
}

// stream opens the event stream.
func (p *process) stream(query, token string) *ear {
	p.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	p.t.Cleanup(cancel)
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, p.base+"/api/chat/stream/"+query, nil)
	require.NoError(p.t, err)
	r.Header.Set("Authorization", "Token "+token)
	res, err := http.DefaultClient.Do(r)
	require.NoError(p.t, err)
	require.Equal(p.t, http.StatusOK, res.StatusCode)
	e := &ear{t: p.t, name: "stream", frames: make(chan string, 10_000)}
	go func() {
		defer close(e.frames)
		defer res.Body.Close()
		for lines := bufio.NewScanner(res.Body); lines.Scan(); {
			if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				e.frames <- data
			}
		}
	}()
	return e
}

// taken waits until the server has taken the socket in: what is said before that, one hears by resuming.
func (e *ear) taken() {
	e.t.Helper()
	require.NoError(e.t, e.socket.Write(context.Background(), websocket.MessageText, []byte(`{"type": "ping"}`)))
	e.await("pong", "")
}

func typeOf(frame string) string {
	var head struct{ Type string }
	_ = json.Unmarshal([]byte(frame), &head) // what is no JSON has no type
	return head.Type
}

// await collects frames until one of a type, and with a text in it, is there.
func (e *ear) await(kind, text string) (all []string) {
	e.t.Helper()
	for limit := time.After(hearTime); ; {
		select {
		case f, on := <-e.frames:
			if !on {
				require.Fail(e.t, "it has ended", "%s with %d before %s, after %v", e.name, e.code, kind, all)
			}
			if all = append(all, f); typeOf(f) == kind && strings.Contains(f, text) {
				return all
			}
		case <-limit:
			require.Fail(e.t, "it does not come", "%s %s on %s", kind, text, e.name)
		}
	}
}

// rest is what is still sent before the server ends it.
func (e *ear) rest() (all []string) {
	e.t.Helper()
	for limit := time.After(hearTime); ; {
		select {
		case f, on := <-e.frames:
			if !on {
				return all
			}
			all = append(all, f)
		case <-limit:
			require.Fail(e.t, "it stays open", e.name)
		}
	}
}

func (e *ear) say(frame map[string]any) {
	e.t.Helper()
	b, err := json.Marshal(frame)
	require.NoError(e.t, err)
	require.NoError(e.t, e.socket.Write(context.Background(), websocket.MessageText, b))
}

// settled is all that was sent up to now: a ping is answered behind it.
func (e *ear) settled() []string {
	e.t.Helper()
	e.say(map[string]any{"type": "ping"})
	all := e.await("pong", "")
	return all[:len(all)-1]
}
