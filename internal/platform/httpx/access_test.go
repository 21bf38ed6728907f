package httpx

import (
	"context"
	"testing"
	"time"

	"github.com/labstack/echo/v5"
	"github.com/stretchr/testify/require"

	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/kv"
)

// guarded is a server with a route per rule, typed at /<rule>/{id}/ and raw at /raw/<rule>/{id}/.
func guarded(t testing.TB) *Server {
	s := newServer(t)
	r := s.Module("guarded", nil)
	for name, access := range map[string]Access{
		"anyone": Anyone, "member": Member, "staff": Staff, "service": Service, "owner": Owner, "self": Self("id"),
	} {
		type in struct {
			ID int64 `path:"id"`
		}
		Handle(r, Route{Method: "GET", Path: "/" + name + "/{id}/", ID: "guarded." + name, Access: access},
			func(ctx context.Context, in *in) (*Body[[]int64], error) {
				return OK([]int64{authn.UserID(ctx), in.ID}), nil
			})
		s.Raw("GET", "/raw/"+name+"/{id}/", access, func(c *echo.Context) error {
			return c.JSON(200, []any{authn.UserID(c.Request().Context()), c.Param("id")})
		})
	}
	return s
}

func TestRulesLetInWhomTheyShould(t *testing.T) {
	t.Parallel()
	s := guarded(t)
	for _, c := range []struct {
		rule string
		who  map[string]int // status by token, for /rule/1/
	}{
		{"anyone", map[string]int{"": 200, "ana": 200, "beto": 200, "staff": 200, "auth": 200}},
		{"member", map[string]int{"": 401, "ana": 200, "beto": 200, "staff": 200, "auth": 403}},
		{"owner", map[string]int{"": 401, "ana": 200, "beto": 200, "staff": 200, "auth": 403}},
		{"staff", map[string]int{"": 401, "ana": 403, "beto": 403, "staff": 200, "auth": 403}},
		{"service", map[string]int{"": 401, "ana": 403, "beto": 403, "staff": 403, "auth": 200}},
		{"self", map[string]int{"": 401, "ana": 200, "beto": 403, "staff": 200, "auth": 403}},
	} {
		for token, status := range c.who {
			for _, prefix := range []string{"/", "/raw/"} {
				one := get(prefix + c.rule + "/1/")
				if token != "" {
					one = one.as(token)
				}
				got := one.to(t, s)
				require.Equal(t, status, got.status, "%s%s as %q: %s", prefix, c.rule, token, got.body)
				require.Equal(t, status == 401, got.header.Get("WWW-Authenticate") != "")
			}
		}
	}
	get("/member/1/").to(t, s).is(401, `{"detail":"Las credenciales de autenticación no se proveyeron.","code":"not_authenticated"}`)
	get("/staff/1/").as("ana").to(t, s).is(403, `{"detail":"Usted no tiene permiso para realizar esta acción.","code":"forbidden"}`)
	get("/self/x/").as("ana").to(t, s).is(403, `{"detail":"Usted no tiene permiso para realizar esta acción.","code":"forbidden"}`)
}

func TestAuthorizationHeaders(t *testing.T) {
	t.Parallel()
	s := guarded(t)
	empty := `{"detail":"Cabecera token inválida. Las credenciales no fueron suministradas.","code":"token_empty"}`
	blank := `{"detail":"Cabecera token inválida. La cadena token no debe contener espacios.","code":"token_blank"}`
	invalid := `{"detail":"Token inválido.","code":"token_invalid"}`
	for _, c := range []struct {
		header string
		status int
		body   string
	}{
		{"Token ana", 200, "[1,7]"}, {"Bearer ana", 200, "[1,7]"}, {"tOKEN ana", 200, "[1,7]"}, {"BEARER ana", 200, "[1,7]"},
		{"Token  ana ", 200, "[1,7]"}, {"Token\tana", 200, "[1,7]"},
		{"Token", 401, empty}, {"Bearer ", 401, empty}, {"token  \t", 401, empty},
		{"Token a b", 401, blank}, {"Bearer ana\tana", 401, blank},
		{"Token nobody", 401, invalid}, {"Bearer \xff", 401, invalid},
		{"", 200, "[0,7]"}, {"Basic YTpi", 200, "[0,7]"}, {"ana", 200, "[0,7]"}, {"Tokens ana", 200, "[0,7]"},
	} {
		t.Run(c.header, func(t *testing.T) {
			got := get("/anyone/7/").with("Authorization", c.header).to(t, s).is(c.status, c.body)
			raw := get("/raw/anyone/7/").with("Authorization", c.header).to(t, s)
			require.Equal(t, c.status, raw.status, "raw routes read the header alike")
			require.Equal(t, got.header.Get("WWW-Authenticate"), raw.header.Get("WWW-Authenticate"))
		})
	}
	require.Equal(t, 503, get("/anyone/7/").as("away").to(t, s).status, "not known to be valid, not known to be bad")
	s.UseAuthenticator(nil)
	require.Equal(t, 503, get("/member/7/").as("ana").to(t, s).status)
}

func TestRateLimits(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	r := s.Module("limited", nil)
	ok := func(context.Context, *struct{}) (*struct{}, error) { return nil, nil }
	hourly := func(name string, by LimitBy) []RateLimit {
		return []RateLimit{{Name: name, By: by, Limit: kv.Limit{Events: 2, Period: time.Hour}}}
	}
	Handle(r, Route{Method: "POST", Path: "/login/", ID: "login", Access: Anyone, Limits: hourly("login", ByAddress)}, ok)
	Handle(r, Route{Method: "POST", Path: "/register/", ID: "register", Access: Anyone, Limits: hourly("login", ByAddress)}, ok)
	Handle(r, Route{Method: "POST", Path: "/post/", ID: "post", Access: Anyone, Limits: hourly("post", ByUser)}, ok)
	Handle(r, Route{Method: "POST", Path: "/strange/", ID: "strange", Access: Anyone, Limits: hourly("strange", ByStranger)}, ok)
	Handle(r, Route{Method: "POST", Path: "/free/", ID: "free", Access: Anyone, Limits: []RateLimit{{Name: "free"}}}, ok)

	require.Equal(t, 204, post("/login/", "").to(t, s).status)
	require.Equal(t, 204, post("/register/", "").to(t, s).status)
	got := post("/login/", "").to(t, s).is(429, `{"detail":"Demasiadas solicitudes. Espere un momento.","code":"rate_limited"}`)
	require.Regexp(t, `^\d+$`, got.header.Get("Retry-After"))
	require.Equal(t, 429, post("/login/", "").as("ana").to(t, s).status, "the address's, whoever it is")
	for range 2 {
		require.Equal(t, 204, post("/post/", "").as("ana").to(t, s).status)
		require.Equal(t, 204, post("/post/", "").as("beto").to(t, s).status)
		require.Equal(t, 204, post("/post/", "").to(t, s).status)
	}
	require.Equal(t, 429, post("/post/", "").as("ana2").to(t, s).status, "the user's, whatever the session")
	for range 3 {
		require.Equal(t, 204, post("/strange/", "").as("ana").to(t, s).status, "known people are not limited")
	}
	require.Equal(t, []int{204, 204, 429}, []int{post("/strange/", "").to(t, s).status, post("/strange/", "").to(t, s).status, post("/strange/", "").to(t, s).status})
	for range 5 {
		require.Equal(t, 204, post("/free/", "").to(t, s).status)
	}
}

// brokenStore is a key-value side that is away.
type brokenStore struct{ kv.Store }

func (brokenStore) Allow(context.Context, string, kv.Limit) (kv.Decision, error) {
	return kv.Decision{}, context.DeadlineExceeded
}

func TestRateLimitsLetPassWhenTheyCannotBeCounted(t *testing.T) {
	t.Parallel()
	s := newServer(t, func(c *Config) { c.KV = brokenStore{} })
	Handle(s.Module("m", nil), Route{Method: "POST", Path: "/a/", ID: "a", Access: Anyone,
		Limits: []RateLimit{{Name: "a", Limit: kv.Limit{Events: 1, Period: time.Hour}}}},
		func(context.Context, *struct{}) (*struct{}, error) { return nil, nil })
	for range 3 {
		require.Equal(t, 204, post("/a/", "").to(t, s).status)
	}
}
