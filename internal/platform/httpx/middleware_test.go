package httpx

import (
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v5"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"

	"agrovet/internal/platform/errs"
)

// hello adds GET /hello/{id}/.
func hello(s *Server) *Server {
	type in struct {
		ID int64 `path:"id"`
	}
	Handle(s.Module("hello", nil), Route{Method: "GET", Path: "/hello/{id}/", ID: "hello.get", Access: Anyone},
		func(context.Context, *in) (*Body[string], error) { return OK("hello"), nil })
	return s
}

func TestRequestIDs(t *testing.T) {
	t.Parallel()
	s := hello(newServer(t))
	require.Equal(t, "abc-1", get("/hello/1/").with("X-Request-Id", "abc-1").to(t, s).header.Get("X-Request-Id"))
	for _, bad := range []string{"", "a b", "a\tb", "ñ", strings.Repeat("x", 65)} {
		got := get("/hello/1/").with("X-Request-Id", bad).to(t, s).header.Get("X-Request-Id")
		require.Regexp(t, "^[0-9a-f]{24}$", got)
	}
	require.NotEmpty(t, get("/nowhere/").to(t, s).header.Get("X-Request-Id"))
	require.Empty(t, RequestID(t.Context()))
}

func TestSecureHeaders(t *testing.T) {
	t.Parallel()
	s := hello(newServer(t))
	for _, path := range []string{"/hello/1/", "/nowhere/", "/hello/%00/", "/health/", "/swagger/"} {
		h := get(path).to(t, s).header
		require.Equal(t, "nosniff", h.Get("X-Content-Type-Options"), path)
		require.Equal(t, "DENY", h.Get("X-Frame-Options"), path)
		require.Equal(t, "same-origin", h.Get("Referrer-Policy"), path)
	}
	require.Equal(t, "no-store", get("/nowhere/").to(t, s).header.Get("Cache-Control"))
}

func TestCORS(t *testing.T) {
	t.Parallel()
	const web = "http://localhost:5173"
	s := hello(newServer(t, func(c *Config) { c.CORSOrigins = []string{web} }))
	preflight := call{method: "OPTIONS", path: "/hello/1/"}.with("Origin", web).
		with("Access-Control-Request-Method", "GET").with("Access-Control-Request-Headers", "authorization,idempotency-key").to(t, s)
	require.Equal(t, 204, preflight.status)
	require.Equal(t, web, preflight.header.Get("Access-Control-Allow-Origin"))
	require.Equal(t, "true", preflight.header.Get("Access-Control-Allow-Credentials"))
	require.Equal(t, "86400", preflight.header.Get("Access-Control-Max-Age"))
	require.Equal(t, "DELETE,GET,OPTIONS,PATCH,POST,PUT", preflight.header.Get("Access-Control-Allow-Methods"))
	for _, h := range []string{"Authorization", "Content-Type", "Idempotency-Key"} {
		require.Contains(t, preflight.header.Get("Access-Control-Allow-Headers"), h)
	}
	for path, status := range map[string]int{"/hello/1/": 200, "/nowhere/": 404, "/hello/1/?q=%00": 400} {
		got := get(path).with("Origin", web).to(t, s)
		require.Equal(t, status, got.status)
		require.Equal(t, web, got.header.Get("Access-Control-Allow-Origin"), "the web client can read errors, too")
		require.Contains(t, got.header.Get("Access-Control-Expose-Headers"), "X-Request-Id")
		require.Contains(t, strings.Join(got.header.Values("Vary"), ","), "Origin")
	}
	foreign := get("/hello/1/").with("Origin", "https://foreign.example").to(t, s)
	require.Equal(t, 200, foreign.status)
	require.Empty(t, foreign.header.Get("Access-Control-Allow-Origin"))
	closed := get("/hello/1/").with("Origin", web).to(t, hello(newServer(t)))
	require.Empty(t, closed.header.Get("Access-Control-Allow-Origin"), "none by default")
}

func TestMetricsNameRoutesNotPaths(t *testing.T) {
	t.Parallel()
	registry := prometheus.NewRegistry()
	s := hello(newServer(t, func(c *Config) { c.Registry = registry }))
	for _, path := range []string{"/hello/1/", "/hello/2/?token=hunter2", "/hunter2/", "/hello/hunter2/"} {
		get(path).to(t, s)
	}
	call{method: "HUNTER2", path: "/hello/1/"}.to(t, s)
	call{method: "PUT", path: "/hello/909090/"}.to(t, s)
	text := get("/metrics/").to(t, s).body
	require.Contains(t, text, `agrovet_http_request_seconds_count{method="GET",route="/hello/:id/",status="200"} 2`)
	require.Contains(t, text, `agrovet_http_request_seconds_count{method="GET",route="/hello/:id/",status="404"} 1`)
	require.Contains(t, text, `agrovet_http_request_seconds_count{method="PUT",route="/hello/:id/",status="405"} 1`)
	require.Contains(t, text, `agrovet_http_request_seconds_count{method="other",route="/hello/:id/",status="405"} 1`)
	require.Contains(t, text, `agrovet_http_request_seconds_count{method="GET",route="none",status="404"} 1`)
	require.NotContains(t, strings.ToLower(text), "hunter2")
	require.NotContains(t, text, "/909090")
}

func TestTheLogHasRequestsWithoutSecrets(t *testing.T) {
	log := captureLog(t)
	s := hello(newServer(t))
	post("/hello/1/?token=hunter2", `{"password":"hunter2"}`).as("hunter2").to(t, s)
	get("/hello/1/?token=hunter2").to(t, s)
	require.Contains(t, log.String(), `"path":"/hello/1/"`)
	require.Contains(t, log.String(), `"status":200`)
	require.NotContains(t, log.String(), "hunter2")
}

// waiting adds routes whose handlers wait for the end of their time and tell why it came.
func waiting(s *Server) *Server {
	r := s.Module("waiting", nil)
	wait := func(ctx context.Context, _ *struct{}) (*struct{}, error) { <-ctx.Done(); return nil, ctx.Err() }
	Handle(r, Route{Method: "GET", Path: "/wait/", ID: "wait", Access: Anyone}, wait)
	Handle(r, Route{Method: "GET", Path: "/long/", ID: "long", Access: Anyone, Timeout: time.Hour},
		func(ctx context.Context, _ *struct{}) (*Body[bool], error) {
			end, _ := ctx.Deadline()
			return OK(time.Until(end) > 30*time.Minute), nil
		})
	s.Raw("GET", "/socket/", Anyone, func(c *echo.Context) error {
		_, has := c.Request().Context().Deadline()
		return c.JSON(200, has)
	})
	return s
}

func TestDeadlines(t *testing.T) {
	t.Parallel()
	s := waiting(newServer(t, func(c *Config) { c.Timeout = time.Millisecond }))
	got := get("/wait/").to(t, s)
	require.Equal(t, 504, got.status)
	require.Equal(t, "timeout", got.decode()["code"])
	upgrade := map[string]string{"Connection": "Upgrade", "Upgrade": "websocket"}
	require.Equal(t, 504, call{"GET", "/wait/", "", upgrade}.to(t, s).status, "only sockets may stay")
	get("/long/").to(t, s).is(200, `true`)
	get("/socket/").to(t, s).is(200, `true`)
	call{"GET", "/socket/", "", upgrade}.to(t, s).is(200, `false`)
}

// running starts the server on a port of its own and returns its address and what ends it.
func running(t *testing.T, s *Server) (address string, stop context.CancelFunc, ended chan error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	ended = make(chan error, 1)
	go func() { ended <- s.Run(ctx, l) }()
	return "http://" + l.Addr().String(), cancel, ended
}

func TestShutdownLetsRequestsFinish(t *testing.T) {
	s := newServer(t)
	under, finish := make(chan struct{}), make(chan struct{})
	Handle(s.Module("m", nil), Route{Method: "GET", Path: "/slow/", ID: "slow", Access: Anyone},
		func(context.Context, *struct{}) (*Body[string], error) {
			close(under)
			<-finish
			return OK("done"), nil
		})
	address, stop, ended := running(t, s)
	got := make(chan string, 1)
	go func() {
		body, err := fetch(address + "/slow/")
		got <- body + errorText(err)
	}()
	<-under
	stop()
	require.Eventually(t, func() bool { _, err := fetch(address + "/health/"); return err != nil }, 10*time.Second, time.Millisecond)
	close(finish)
	require.Equal(t, "\"done\"\n", <-got)
	require.NoError(t, <-ended)
}

func TestShutdownDoesNotWaitForEver(t *testing.T) {
	s := newServer(t, func(c *Config) { c.Drain = time.Millisecond })
	under := make(chan struct{})
	Handle(s.Module("m", nil), Route{Method: "GET", Path: "/stuck/", ID: "stuck", Access: Anyone},
		func(ctx context.Context, _ *struct{}) (*struct{}, error) {
			close(under)
			<-ctx.Done()
			return nil, ctx.Err()
		})
	address, stop, ended := running(t, s)
	broken := make(chan error, 1)
	go func() { _, err := fetch(address + "/stuck/"); broken <- err }()
	<-under
	stop()
	require.NoError(t, <-ended)
	require.Error(t, <-broken)
}

func errorText(err error) string {
	if err != nil {
		return err.Error()
	}
	return ""
}

func fetch(address string) (string, error) {
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	res, err := client.Get(address)
	if err != nil {
		return "", err
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	return string(b), err
}

// A body that stops coming is refused as such, and a slow handler is not cut by the body's deadline.
func TestABodyThatStopsComing(t *testing.T) {
	s := newServer(t)
	Handle(s.Module("m", nil), Route{Method: "POST", Path: "/body/", ID: "body", Access: Anyone},
		func(context.Context, *struct{ Body note }) (*struct{}, error) { return nil, nil })
	require.ErrorIs(t, bodyError(&net.OpError{Op: "read", Err: errTimeout{}}, "%v"), ErrBodyIncomplete)
	require.ErrorIs(t, bodyError(&http.MaxBytesError{Limit: 1}, "%v"), errs.ErrTooLarge)
	address, _, _ := running(t, s)
	conn, err := net.Dial("tcp", strings.TrimPrefix(address, "http://"))
	require.NoError(t, err)
	defer conn.Close()
	_, err = io.WriteString(conn, "POST /body/ HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"title\":")
	require.NoError(t, err)
	require.NoError(t, conn.(*net.TCPConn).CloseWrite())
	answer, err := io.ReadAll(conn)
	require.NoError(t, err)
	require.Contains(t, string(answer), "HTTP/1.1 400")
	require.Contains(t, string(answer), "body_incomplete")
}

type errTimeout struct{ error }

func (errTimeout) Timeout() bool { return true }
