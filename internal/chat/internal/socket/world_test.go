package socket_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"agrovet/internal/chat/internal/live"
	"agrovet/internal/chat/internal/live/livetest"
	"agrovet/internal/chat/internal/socket"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/httpx"
	"agrovet/internal/platform/kv"
)

func TestMain(m *testing.M) {
	readers() // when this process is one that only reads
	slog.SetLogLoggerLevel(slog.LevelError)
	goleak.VerifyTestMain(m)
}

// The people of every test.
const (
	ana  int64 = 1
	luis int64 = 2
	beto int64 = 3
	zoe  int64 = 9 // in no room
)

// world is the doors on rules in memory. Room 1 is of ana and luis, room 2 of ana, luis and beto, room 3 of
// luis and beto.
type world struct {
	t     testing.TB
	rules *livetest.Rules
	live  *live.Live
	http  *httptest.Server
	httpx *httpx.Server
	stop  func()

	mu    sync.Mutex
	ended map[string]bool // tokens

	onlyOnce bool // a token is good for one question
}

func setup(t testing.TB, change ...func(*live.Config)) *world {
	t.Helper()
	w := &world{t: t, rules: livetest.New(), ended: map[string]bool{}}
	cfg := live.Config{Grace: 50 * time.Millisecond, Gather: 20 * time.Millisecond}
	for _, c := range change {
		c(&cfg)
	}
	var err error
	w.live, err = live.New(cfg, live.Deps{})
	require.NoError(t, err)
	w.live.Use(w.rules)
	w.rules.Line = w.live
	w.rules.Room(1, ana, luis)
	w.rules.Room(2, ana, luis, beto)
	w.rules.Room(3, luis, beto)
	store := kv.Memory(100)
	w.httpx, err = httpx.New(httpx.Config{KV: store, CORSOrigins: []string{"https://campo.example"}})
	require.NoError(t, err)
	w.httpx.UseAuthenticator(w)
	socket.Register(w.httpx.Module("chat", nil), w.live)
	w.http = httptest.NewServer(w.httpx.Handler())
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- w.live.Run(ctx) }()
	w.stop = sync.OnceFunc(func() {
		cancel()
		require.NoError(t, <-done)
		w.http.Close()
		http.DefaultClient.CloseIdleConnections()
		store.Close()
	})
	t.Cleanup(w.stop)
	return w
}

// Authenticate takes a user's id as token; "2-7" is session 7 of user 2.
func (w *world) Authenticate(_ context.Context, token string) (authn.Principal, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	user, session, _ := strings.Cut(token, "-")
	id, err := strconv.ParseInt(user, 10, 64)
	if err != nil || w.ended[token] {
		return authn.Principal{}, errs.ErrTokenInvalid
	}
	n, _ := strconv.ParseInt(session, 10, 64)
	w.ended[token] = w.onlyOnce
	return authn.Principal{UserID: id, SessionID: n, Expires: time.Now().Add(90 * 24 * time.Hour)}, nil
}

type object = map[string]any

// client is a socket of an implementation that the server does not use.
type client struct {
	t      testing.TB
	c      *websocket.Conn
	frames chan object
	closed chan websocket.CloseError
}

func (w *world) address(path string) string {
	return "ws" + strings.TrimPrefix(w.http.URL, "http") + path
}

// dial opens a socket and reads it until it ends.
func (w *world) dial(path string, o ...*websocket.DialOptions) *client {
	w.t.Helper()
	c, _, err := websocket.Dial(context.Background(), w.address(path), append(o, nil)[0])
	require.NoError(w.t, err)
	c.SetReadLimit(1 << 20)
	x := &client{w.t, c, make(chan object, 10_000), make(chan websocket.CloseError, 1)}
	go x.read()
	w.t.Cleanup(func() { _ = c.CloseNow() })
	return x
}

// as opens a socket with a person's token.
func (w *world) as(userID int64, path string) *client {
	w.t.Helper()
	mark := "?"
	if strings.Contains(path, "?") {
		mark = "&"
	}
	return w.dial(fmt.Sprintf("%s%stoken=%d", path, mark, userID))
}

func (c *client) read() {
	for {
		_, b, err := c.c.Read(context.Background())
		if err != nil {
			var e websocket.CloseError
			if status := websocket.CloseStatus(err); status != -1 {
				e.Code = status
			}
			c.closed <- e
			close(c.frames)
			return
		}
		var o object
		if json.Unmarshal(b, &o) != nil {
			o = object{"type": "not JSON", "text": string(b)}
		}
		c.frames <- o
	}
}

const patience = 10 * time.Second

// next is the next frame.
func (c *client) next() object {
	c.t.Helper()
	select {
	case o, ok := <-c.frames:
		require.True(c.t, ok, "the socket has ended")
		return o
	case <-time.After(patience):
		require.Fail(c.t, "no frame came")
	}
	return nil
}

// await skips frames until one of a type comes.
func (c *client) await(kind string) object {
	c.t.Helper()
	for {
		if o := c.next(); o["type"] == kind {
			return o
		}
	}
}

func (c *client) send(v any) {
	c.t.Helper()
	b, err := json.Marshal(v)
	require.NoError(c.t, err)
	c.raw(string(b))
}

func (c *client) raw(text string) {
	c.t.Helper()
	require.NoError(c.t, c.c.Write(context.Background(), websocket.MessageText, []byte(text)))
}

// quiet expects that nothing was sent before what comes in answer to a ping.
func (c *client) quiet() {
	c.t.Helper()
	c.send(object{"type": "ping"})
	require.Equal(c.t, object{"type": "pong"}, c.next())
}

// ends expects that the server closes with a code.
func (c *client) ends(code int) {
	c.t.Helper()
	select {
	case e := <-c.closed:
		require.EqualValues(c.t, code, e.Code)
	case <-time.After(patience):
		require.Fail(c.t, "the socket stays open")
	}
}

// refused tries to open a socket, and expects a status.
func (w *world) refused(status int, path string, headers ...string) {
	w.t.Helper()
	h := http.Header{}
	for i := 0; i < len(headers); i += 2 {
		h.Set(headers[i], headers[i+1])
	}
	_, res, err := websocket.Dial(context.Background(), w.address(path), &websocket.DialOptions{HTTPHeader: h})
	require.Error(w.t, err)
	require.NotNil(w.t, res)
	require.Equal(w.t, status, res.StatusCode, path)
}

func has(t testing.TB, o object, want object) {
	t.Helper()
	for k, v := range want {
		require.Equal(t, v, o[k], "field %s of %v", k, o)
	}
}

// seqs are the numbers of entries that come until one is last.
func (c *client) seqs(room, last int) (all []int) {
	c.t.Helper()
	for {
		o := c.next()
		if o["room"] != float64(room) || o["seq"] == nil || o["type"] == "resumed" || o["type"] == "message_delivered" || o["type"] == "messages_read" {
			continue
		}
		all = append(all, int(o["seq"].(float64)))
		if all[len(all)-1] >= last {
			return all
		}
	}
}

// until are the numbers between.
func until(from, to int) (all []int) {
	for i := from; i <= to; i++ {
		all = append(all, i)
	}
	return all
}
