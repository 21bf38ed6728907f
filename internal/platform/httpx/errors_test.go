package httpx

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/labstack/echo/v5"
	"github.com/stretchr/testify/require"

	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/kv"
)

// failing is a server whose GET /fail/ fails with err, or panics when there is none.
func failing(t testing.TB, err error) *Server {
	s := newServer(t)
	fail := func() error {
		if err == nil {
			panic("a secret: hunter2")
		}
		return err
	}
	r := s.Module("fail", nil)
	Handle(r, Route{Method: "GET", Path: "/fail/", ID: "fail.get", Access: Anyone},
		func(context.Context, *struct{}) (*struct{}, error) { return nil, fail() })
	s.Raw("GET", "/raw/", Anyone, func(*echo.Context) error { return fail() })
	return s
}

func TestErrorsBecomeAnswers(t *testing.T) {
	t.Parallel()
	shown := errs.New(errs.Conflict, "x.taken", "Ocupado.", "Taken.")
	alias := *errs.New(errs.Unauthenticated, "x.login", "Credenciales inválidas", "Wrong credentials")
	alias.Alias = "error"
	for _, c := range []struct {
		name   string
		err    error
		status int
		body   string
	}{
		{"Shown", shown, 409, `{"detail":"Ocupado.","code":"x.taken"}`},
		{"Wrapped", fmt.Errorf("deep: %w", shown.Wrap(io.EOF)), 409, `{"detail":"Ocupado.","code":"x.taken"}`},
		{"Alias", &alias, 401, `{"detail":"Credenciales inválidas","error":"Credenciales inválidas","code":"x.login"}`},
		{"AtField", shown.At("name"), 409, `{"name":["Ocupado."],"code":"x.taken"}`},
		{"Scalar", errs.InvalidFields(errs.Field{Name: "price", Text: errs.Text{ES: "Malo."}, Scalar: true}), 400, `{"price":"Malo.","code":"invalid"}`},
		{"TwoTextsForOneField", errs.InvalidFields(errs.Field{Name: "a", Text: errs.Text{ES: "1"}}, errs.Field{Name: "a", Text: errs.Text{ES: "2"}}), 400, `{"a":["1","2"],"code":"invalid"}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := failing(t, c.err)
			get("/fail/").to(t, s).is(c.status, c.body)
			raw := get("/raw/").to(t, s).is(c.status, c.body)
			require.Equal(t, "application/json", raw.header.Get("Content-Type"))
			require.Equal(t, "no-store", raw.header.Get("Cache-Control"))
		})
	}
}

func TestOurFaultsTellNothing(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		err    error
		status int
		code   string
	}{
		{"Unknown", errors.New("hunter2"), 500, "internal"},
		{"Panic", nil, 500, "internal"},
		{"Statement", &pgconn.PgError{Code: "42601", Message: "hunter2"}, 500, "internal"},
		{"StatementTimeout", &pgconn.PgError{Code: "57014", Message: "hunter2"}, 504, "timeout"},
		{"Shutdown", &pgconn.PgError{Code: "57P01", Message: "hunter2"}, 503, "unavailable"},
		{"TooManyConnections", &pgconn.PgError{Code: "53300", Message: "hunter2"}, 503, "unavailable"},
		{"Deadlock", &pgconn.PgError{Code: "40P01", Message: "hunter2"}, 503, "unavailable"},
		{"ConnectionLost", fmt.Errorf("hunter2: %w", io.ErrUnexpectedEOF), 503, "unavailable"},
		{"Network", &net.OpError{Op: "hunter2", Err: errors.New("reset")}, 503, "unavailable"},
		{"Deadline", fmt.Errorf("hunter2: %w", context.DeadlineExceeded), 504, "timeout"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := failing(t, c.err)
			for _, path := range []string{"/fail/", "/raw/"} {
				got := get(path).with("X-Request-Id", "req-1").to(t, s)
				require.Equal(t, c.status, got.status, got.body)
				require.Equal(t, c.code, got.decode()["code"])
				require.Equal(t, "req-1", got.decode()["request_id"])
				require.NotContains(t, got.body, "hunter2")
				require.NotContains(t, got.body, "goroutine")
			}
		})
	}
}

func TestCausesAreLoggedWithTheirRequest(t *testing.T) {
	log := captureLog(t)
	get("/fail/").to(t, failing(t, errs.ErrUnavailable.Wrap(errors.New("the cause"))))
	require.Contains(t, log.String(), "the cause")
	log.Reset()
	get("/fail/").to(t, failing(t, nil))
	require.Contains(t, log.String(), "errors_test.go", "the stack of the panic")
	log.Reset()
	get("/fail/").to(t, failing(t, errs.ErrNotFound))
	require.NotContains(t, log.String(), `"level":"ERROR"`, "a client's mistake is no error of ours")
}

func TestAClientThatGivesUpIsNoError(t *testing.T) {
	log := captureLog(t)
	s := newServer(t)
	ctx, cancel := context.WithCancel(t.Context())
	Handle(s.Module("slow", nil), Route{Method: "GET", Path: "/slow/", ID: "slow.get", Access: Anyone},
		func(ctx context.Context, _ *struct{}) (*struct{}, error) { cancel(); return nil, ctx.Err() })
	s.Handler().ServeHTTP(discard{}, get("/slow/").request(ctx))
	require.NotContains(t, log.String(), `"level":"ERROR"`)
	require.Contains(t, log.String(), "given up")
}

type discard struct{}

func (discard) Header() http.Header         { return http.Header{} }
func (discard) Write(b []byte) (int, error) { return 0, errors.New("gone") }
func (discard) WriteHeader(int)             {}

func TestHeadersOfErrors(t *testing.T) {
	t.Parallel()
	require.Equal(t, "Token", get("/fail/").to(t, failing(t, errs.ErrUnauthenticated)).header.Get("WWW-Authenticate"))
	require.Equal(t, "2", get("/fail/").to(t, failing(t, errs.ErrRateLimited.After(1100*time.Millisecond))).header.Get("Retry-After"))
	require.Empty(t, get("/fail/").to(t, failing(t, errs.ErrUnavailable)).header.Get("Retry-After"))
}

func TestTheLanguageIsTheReaders(t *testing.T) {
	t.Parallel()
	s := failing(t, errs.ErrNotFound)
	for header, detail := range map[string]string{
		"": "No encontrado.", "es-BO,es;q=0.9,en;q=0.8": "No encontrado.", "fr": "No encontrado.",
		"en": "Not found.", "EN-us": "Not found.", "fr, en;q=0.5": "Not found.", ";;,": "No encontrado.",
		"en;q=0.1, es;q=0.9": "No encontrado.", "en;q=0, fr": "No encontrado.", "es;q=x, en": "Not found.",
	} {
		got := get("/fail/").with("Accept-Language", header).to(t, s)
		require.Equal(t, detail, got.decode()["detail"], header)
	}
	require.Equal(t, "es", Lang(t.Context()))
}

func TestPathsAndMethods(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	r := s.Module("path", nil)
	type in struct {
		ID int64 `path:"id"`
		N  int   `query:"n"`
	}
	ok := func(context.Context, *in) (*Body[string], error) { return OK("ok"), nil }
	Handle(r, Route{Method: "GET", Path: "/x/{id}/", ID: "x.get", Access: Anyone}, ok)
	Handle(r, Route{Method: "POST", Path: "/x/{id}/", ID: "x.post", Access: Anyone}, ok)
	notFound := `{"detail":"No encontrado.","code":"not_found"}`
	for _, path := range []string{"/x/1/", "/x/1", "/x/1?n=2", "/x/-1/", "/x/+1/"} {
		get(path).to(t, s).is(200, `"ok"`)
		post(path, "").to(t, s).is(200, `"ok"`)
	}
	for _, path := range []string{"/", "/y/", "/x/", "/x/abc/", "/x/1.5", "/x/99999999999999999999/", "/x/1/2/", "/x//", "/x/a%2Fb/", "/x/%E9/"} {
		got := get(path).to(t, s)
		require.Contains(t, []int{404, 400}, got.status, path)
		require.NotEmpty(t, got.decode()["detail"], path)
	}
	get("/y/").to(t, s).is(404, notFound)
	get("/x/abc/").to(t, s).is(404, notFound)
	get("/x/a%00b/").to(t, s).is(400, `{"detail":"La dirección contiene caracteres no permitidos.","code":"invalid_text"}`)
	get("/x/1/?q=%00").to(t, s).is(400, `{"detail":"La dirección contiene caracteres no permitidos.","code":"invalid_text"}`)
	get("/x/1/?q=%ff").to(t, s).is(400, `{"detail":"La dirección contiene caracteres no permitidos.","code":"invalid_text"}`)
	get("/x/1/?n=x").to(t, s).is(400, `{"n":["Introduzca un número entero válido."],"code":"invalid"}`)
	got := call{method: "PUT", path: "/x/1/"}.to(t, s).is(405, `{"detail":"Método \"PUT\" no permitido.","code":"method_not_allowed"}`)
	for _, method := range []string{"GET", "POST", "OPTIONS"} {
		require.Contains(t, got.header.Get("Allow"), method)
	}
	got = call{method: "OPTIONS", path: "/x/1/"}.to(t, s)
	require.Equal(t, 204, got.status)
	require.Contains(t, got.header.Get("Allow"), "POST")
	head := call{method: "HEAD", path: "/x/1/"}.to(t, s)
	require.Equal(t, 200, head.status)
	require.Empty(t, head.body)
	require.NotEmpty(t, head.header.Get("ETag"))
}

func TestMistakesInRoutesStopTheStart(t *testing.T) {
	t.Parallel()
	handler := func(context.Context, *struct{}) (*struct{}, error) { return nil, nil }
	add := func(s *Server, r Route) func() { return func() { Handle(s.Module("m", nil), r, handler) } }
	s := newServer(t)
	good := Route{Method: "GET", Path: "/a/", ID: "a", Access: Anyone}
	require.NotPanics(t, add(s, good))
	require.PanicsWithValue(t, "httpx: GET /a/ is registered twice", add(s, good))
	require.PanicsWithValue(t, "httpx: GET /b/ states no access rule", add(s, Route{Method: "GET", Path: "/b/", ID: "b"}))
	require.PanicsWithValue(t, "httpx: GET /b does not begin and end with a slash", add(s, Route{Method: "GET", Path: "/b", ID: "b", Access: Anyone}))
	require.PanicsWithValue(t, "httpx: GET /raw/ states no access rule", func() { s.Raw("GET", "/raw/", Access{}, nil) })
	blind := newServer(t, func(c *Config) { c.KV = nil })
	limited := Route{Method: "GET", Path: "/c/", ID: "c", Access: Anyone, Limits: []RateLimit{{Name: "c", Limit: kv.Limit{Events: 1, Period: time.Hour}}}}
	require.PanicsWithValue(t, "httpx: GET /c/ has rate limits, but nothing counts them (Config.KV)", add(blind, limited))
	require.PanicsWithValue(t, "httpx: GET /d/ embeds struct { httpx.rowPosition }.rowPosition, whose fields would be ignored: export it", func() {
		Handle(s.Module("m", nil), Route{Method: "GET", Path: "/d/", ID: "d", Access: Anyone},
			func(context.Context, *struct{ rowPosition }) (*struct{}, error) { return nil, nil })
	})
	require.Len(t, s.Routes(), len(newServer(t).Routes())+1)
}

func TestConfigIsChecked(t *testing.T) {
	t.Parallel()
	for key, cfg := range map[string]Config{
		"http.trusted-proxies": {TrustedProxies: []string{"10.0.0.1"}},
		"http.cors-origins":    {CORSOrigins: []string{"*"}},
	} {
		_, err := New(cfg)
		require.ErrorContains(t, err, key)
	}
}

func TestAnAnswerThatCannotBeWrittenIsA500(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	Handle(s.Module("bad", nil), Route{Method: "GET", Path: "/bad/", ID: "bad.get", Access: Anyone},
		func(context.Context, *struct{}) (*Body[map[string]any], error) {
			return OK(map[string]any{"text": strings.Repeat("x", 10), "bad": func() {}}), nil
		})
	got := get("/bad/").to(t, s)
	require.Equal(t, 500, got.status)
	require.Equal(t, "internal", got.decode()["code"])
}
