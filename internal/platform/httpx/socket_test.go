package httpx

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"github.com/labstack/echo/v5"
	"github.com/stretchr/testify/require"

	"agrovet/internal/platform/authn"
)

// whoAmI is a server with a socket route that tells who came in.
func whoAmI(t *testing.T, change ...func(*Config)) *Server {
	s := newServer(t, change...)
	s.Module("chat", nil).Socket("/ws/{room}/", func(c *echo.Context) error {
		return c.JSON(http.StatusOK, map[string]any{"user": authn.UserID(c.Request().Context()), "room": c.Param("room")})
	})
	return s
}

func TestSocketsTakeTokensWhereClientsPutThem(t *testing.T) {
	s := whoAmI(t)
	const protocol = "Sec-Websocket-Protocol"
	for name, c := range map[string]call{
		"Token":                     get("/ws/7/?token=ana"),
		"AccessToken":               get("/ws/7/?access_token=ana"),
		"Both":                      get("/ws/7/?token=ana&access_token=ana"),
		"TheFirstIsEmpty":           get("/ws/7/?token=&access_token=ana"),
		"TheSchemeBefore":           get("/ws/7/?token=Token%20ana"),
		"BearerBefore":              get("/ws/7/?token=Bearer+ana"),
		"TheSchemeInAnyCase":        get("/ws/7/?access_token=bEARER%20%20ana%20"),
		"WithoutTheSlash":           get("/ws/7?token=ana"),
		"Header":                    get("/ws/7/").as("ana"),
		"BearerHeader":              get("/ws/7/").with("Authorization", "Bearer ana"),
		"TheHeaderWins":             get("/ws/7/?token=beto").as("ana"),
		"Subprotocol":               get("/ws/7/").with(protocol, "token.ana"),
		"SubprotocolAmongOthers":    get("/ws/7/").with(protocol, "agrovet, token.ana"),
		"QueryBeforeSubprotocol":    get("/ws/7/?token=ana").with(protocol, "token.beto"),
		"EmptySubprotocolIsSkipped": get("/ws/7/").with(protocol, "token.,token.ana"),
	} {
		t.Run(name, func(t *testing.T) { c.to(t, s).is(200, `{"user": 1, "room": "7"}`) })
	}
	for name, c := range map[string]call{
		"Nothing":             get("/ws/7/"),
		"Empty":               get("/ws/7/?token="),
		"OnlyTheScheme":       get("/ws/7/?token=Token%20"),
		"Unknown":             get("/ws/7/?token=zoe"),
		"UnknownInTheHeader":  get("/ws/7/?token=ana").as("zoe"),
		"AnotherScheme":       get("/ws/7/?token=Basic%20ana"),
		"AnotherName":         get("/ws/7/?key=ana"),
		"SubprotocolAlone":    get("/ws/7/").with(protocol, "ana"),
		"SubprotocolNoPrefix": get("/ws/7/").with(protocol, "agrovet, tokenana"),
	} {
		t.Run(name, func(t *testing.T) { require.Equal(t, 401, c.to(t, s).status) })
	}
	require.Equal(t, 503, get("/ws/7/?token=away").to(t, s).status, "auth is away")
}

// Tokens in the query are for sockets alone.
func TestOtherRoutesTakeNoTokenFromTheQuery(t *testing.T) {
	s := newServer(t)
	s.Raw("GET", "/raw/", Member, func(c *echo.Context) error { return c.NoContent(http.StatusNoContent) })
	get("/raw/").as("ana").to(t, s).is(204, "")
	for _, c := range []call{get("/raw/?token=ana"), get("/raw/?access_token=ana"), get("/raw/").with("Sec-Websocket-Protocol", "token.ana")} {
		require.Equal(t, 401, c.to(t, s).status)
	}
}

func TestOriginsOfSockets(t *testing.T) {
	some := whoAmI(t, func(c *Config) { c.CORSOrigins = []string{"https://campo.example"} })
	proxied := whoAmI(t, func(c *Config) { c.TrustedProxies = []string{"192.0.2.0/24"} })
	for _, c := range []struct {
		name   string
		server *Server
		origin string
		status int
	}{
		{"ProgramsSendNone", some, "", 200},
		{"OneOfCORS", some, "https://campo.example", 200},
		{"InAnyCase", some, "HTTPS://Campo.Example", 200},
		{"TheServersOwn", some, "http://example.com", 200},
		{"AnotherHost", some, "https://evil.example", 403},
		{"AnotherScheme", some, "http://campo.example", 403},
		{"AnotherPort", some, "https://campo.example:8443", 403},
		{"TheServersOwnOnAnotherPort", some, "http://example.com:81", 403},
		{"AHostThatBeginsAlike", some, "http://example.com.evil.example", 403},
		{"AHostThatEndsAlike", some, "https://evil-campo.example", 403},
		{"Null", some, "null", 403},
		{"NoAddress", some, "%%%", 403},
		{"TheProxysName", proxied, "https://agro.example", 200},
		{"NotTheNameBehindIt", proxied, "http://example.com", 403},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := get("/ws/7/?token=ana").with("X-Forwarded-Host", "agro.example").with("X-Forwarded-Proto", "https")
			if c.origin != "" {
				r = r.with("Origin", c.origin)
			}
			got := r.to(t, c.server)
			require.Equal(t, c.status, got.status, got.body)
			if c.status == 403 {
				require.Equal(t, "origin_not_allowed", got.decode()["code"])
			}
		})
	}
}

// Since credentials are sent, all origins at once cannot be allowed, so sockets need not think of it.
func TestNoServerAllowsAllOrigins(t *testing.T) {
	_, err := New(Config{CORSOrigins: []string{"*"}})
	require.ErrorContains(t, err, "http.cors-origins")
}

// A page of another origin learns nothing about tokens.
func TestTheOriginIsLookedAtFirst(t *testing.T) {
	got := get("/ws/7/?token=zoe").with("Origin", "https://evil.example").to(t, whoAmI(t))
	require.Equal(t, "origin_not_allowed", got.decode()["code"])
}

func TestStillSignedIn(t *testing.T) {
	s := newServer(t)
	r := s.Module("chat", nil)
	for path, code := range map[string]string{"/?token=ana": "", "/?token=zoe": "token_invalid", "/": "not_authenticated"} {
		err := r.StillSignedIn(httptest.NewRequest("GET", path, nil))
		if code == "" {
			require.NoError(t, err)
			continue
		}
		require.ErrorContains(t, err, code)
	}
}

// What outlives requests is told to end when the server drains, and is waited for, beside requests; at most as
// long as the drain may take.
func TestOnDrain(t *testing.T) {
	for name, stubborn := range map[string]bool{"EndsInTime": false, "IsCutOff": true} {
		t.Run(name, func(t *testing.T) {
			s := newServer(t, func(c *Config) {
				c.Drain = map[bool]time.Duration{false: 30 * time.Second, true: 50 * time.Millisecond}[stubborn]
			})
			both := make(chan struct{}, 2)
			var ended atomic.Int32
			for range 2 { // they meet, so they run beside each other
				s.Module("chat", nil).OnDrain(func(ctx context.Context) {
					both <- struct{}{}
					for len(both) < 2 && ctx.Err() == nil {
						time.Sleep(time.Millisecond)
					}
					if stubborn {
						<-ctx.Done()
					}
					ended.Add(1)
				})
			}
			l, err := net.Listen("tcp", "127.0.0.1:0")
			require.NoError(t, err)
			ctx, stop := context.WithCancel(t.Context())
			done := make(chan error, 1)
			go func() { done <- s.Run(ctx, l) }()
			res, err := http.Get("http://" + l.Addr().String() + "/health/")
			require.NoError(t, err)
			res.Body.Close()
			require.Zero(t, ended.Load(), "not before it drains")
			stop()
			require.NoError(t, <-done)
			require.EqualValues(t, 2, ended.Load())
			_, err = net.Dial("tcp", l.Addr().String())
			require.Error(t, err)
		})
	}
	http.DefaultClient.CloseIdleConnections()
}
