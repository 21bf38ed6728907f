package httpx

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/kv"
)

// TestMain finds goroutines that stay behind. The PostgreSQL of pgtest, when a test started one,
// ends with this process.
func TestMain(m *testing.M) {
	slog.SetDefault(slog.New(slog.DiscardHandler))
	goleak.VerifyTestMain(m, goleak.IgnoreAnyFunction("agrovet/internal/platform/pgserver.(*Server).launch.func1"))
}

// tokens are the sessions of the tests.
type tokens map[string]authn.Principal

func (t tokens) Authenticate(_ context.Context, token string) (authn.Principal, error) {
	if token == "away" {
		return authn.Principal{}, errs.ErrUnavailable
	}
	p, ok := t[token]
	if !ok {
		return p, errs.ErrTokenInvalid
	}
	return p, nil
}

var sessions = tokens{
	"ana":   {UserID: 1, Role: "specialist", SessionID: 11},
	"ana2":  {UserID: 1, Role: "specialist", SessionID: 12},
	"beto":  {UserID: 2, Role: "consumer", SessionID: 21},
	"staff": {UserID: 3, Staff: true, SessionID: 31},
	"auth":  {Service: "auth"},
}

func newServer(t testing.TB, change ...func(*Config)) *Server {
	t.Helper()
	store := kv.Memory(1000)
	t.Cleanup(store.Close)
	cfg := Config{Version: "1.2.3", KV: store}
	for _, f := range change {
		f(&cfg)
	}
	s, err := New(cfg)
	require.NoError(t, err)
	s.UseAuthenticator(sessions)
	return s
}

// call is one request of a test.
type call struct {
	method, path, body string
	header             map[string]string
}

// answered is what came back.
type answered struct {
	t      testing.TB
	status int
	header http.Header
	body   string
}

func (c call) with(name, value string) call {
	header := map[string]string{name: value}
	for k, v := range c.header {
		if k != name {
			header[k] = v
		}
	}
	c.header = header
	return c
}

func (c call) as(token string) call { return c.with("Authorization", "Token "+token) }

func (c call) request(ctx context.Context) *http.Request {
	r := httptest.NewRequestWithContext(ctx, c.method, c.path, strings.NewReader(c.body))
	if c.body == "" {
		r.Body = http.NoBody
	}
	for k, v := range c.header {
		r.Header.Set(k, v)
	}
	return r
}

func (c call) to(t testing.TB, s *Server) answered {
	t.Helper()
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, c.request(t.Context()))
	return answered{t, w.Code, w.Header(), w.Body.String()}
}

func get(path string) call { return call{method: "GET", path: path} }

func post(path, body string) call {
	return call{"POST", path, body, map[string]string{"Content-Type": "application/json"}}
}

// is checks status and JSON body.
func (a answered) is(status int, body string) answered {
	a.t.Helper()
	require.Equal(a.t, status, a.status, a.body)
	if body == "" {
		require.Empty(a.t, a.body)
	} else {
		require.JSONEq(a.t, body, a.body)
	}
	return a
}

func (a answered) decode() map[string]any {
	a.t.Helper()
	var v map[string]any
	require.NoError(a.t, json.Unmarshal([]byte(a.body), &v), a.body)
	return v
}

// form makes a multipart call; values of files come as "@name:content".
func form(path string, fields ...string) call {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for i := 0; i < len(fields); i += 2 {
		name, content, isFile := strings.Cut(strings.TrimPrefix(fields[i+1], "@"), ":")
		if !isFile || fields[i+1][0] != '@' {
			_ = w.WriteField(fields[i], fields[i+1])
			continue
		}
		part, _ := w.CreateFormFile(fields[i], name)
		_, _ = io.WriteString(part, content)
	}
	w.Close()
	return call{"POST", path, b.String(), map[string]string{"Content-Type": w.FormDataContentType()}}
}

// captureLog collects what is logged during the test; such tests do not run in parallel.
func captureLog(t testing.TB) *bytes.Buffer {
	var b bytes.Buffer
	old := slog.Default()
	slog.SetDefault(slog.New(slog.NewJSONHandler(&b, &slog.HandlerOptions{Level: slog.LevelDebug})))
	t.Cleanup(func() { slog.SetDefault(old) })
	return &b
}

func tempFiles(t testing.TB) []os.DirEntry {
	entries, err := os.ReadDir(os.TempDir())
	require.NoError(t, err)
	return entries
}
