package httpx

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humaecho"
	"github.com/labstack/echo/v5"
	"github.com/prometheus/client_golang/prometheus"

	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/kv"
)

// Config of the HTTP server.
type Config struct {
	Version        string
	Service        string        // what /health/ calls this process; "microservice" by default, as in the original
	CORSOrigins    []string      // origins of web clients; none by default
	TrustedProxies []string      // CIDRs whose X-Forwarded-For, -Proto and -Host are believed; none by default
	Timeout        time.Duration // of one request, unless its route has its own; 30 s by default
	Drain          time.Duration // for requests under way at shutdown; 20 s by default
	Registry       *prometheus.Registry
	KV             kv.Store // counts rate limits; without it no route may have any
	ServiceSecret  string   // what processes of this installation share; without it none may ask internal routes
	Trace          bool
}

// Server is the process's HTTP side: routes of all hosted modules, documentation, health, metrics.
type Server struct {
	cfg      Config
	echo     *echo.Echo
	api      huma.API
	kv       kv.Store
	authn    authn.Authenticator
	proxies  proxies
	routes   []Route
	timeouts map[endpoint]time.Duration // of routes that differ; negative: none
	checks   []check
	drains   []func(context.Context)

	checkTimeout time.Duration
	serviceKey   string // empty: none
}

// endpoint is a route as echo names it.
type endpoint struct{ method, path string }

// install sets what huma keeps for the whole process.
var install = sync.OnceFunc(func() {
	installTokens()
	installHumaErrors()
	huma.DefaultArrayNullable = false // lists are never null in this API
})

// New makes a server without modules.
func New(cfg Config) (*Server, error) {
	install()
	if cfg.Service == "" {
		cfg.Service = "microservice"
	}
	if cfg.Timeout == 0 {
		cfg.Timeout = 30 * time.Second
	}
	if cfg.Drain == 0 {
		cfg.Drain = 20 * time.Second
	}
	s := &Server{cfg: cfg, kv: cfg.KV, timeouts: map[endpoint]time.Duration{}, checkTimeout: checkTimeout}
	if cfg.ServiceSecret != "" {
		s.serviceKey = serviceKey(cfg.ServiceSecret)
	}
	var err error
	if s.proxies, err = parseProxies(cfg.TrustedProxies); err != nil {
		return nil, err
	}
	s.echo = echo.NewWithConfig(echo.Config{
		Logger:                       slog.Default(),
		Router:                       echo.NewRouter(echo.RouterConfig{AutoHandleHEAD: true}),
		IPExtractor:                  s.proxies.address(),
		NoGroupAutoRegister404Routes: true,
		HTTPErrorHandler:             func(c *echo.Context, err error) { writeProblem(c, fromEcho(c, err)) },
	})
	if err := s.use(); err != nil {
		return nil, err
	}
	s.api = humaecho.New(s.echo, openAPI(cfg))
	s.platformRoutes()
	return s, nil
}

func openAPI(cfg Config) huma.Config {
	c := huma.DefaultConfig("agrovet", cfg.Version)
	c.Info.Description = "Platform for agricultural and veterinary communities. " +
		"Texts are Spanish, or English by Accept-Language; programs should look at `code`."
	c.CreateHooks = nil
	c.DocsPath, c.OpenAPIPath, c.SchemasPath = "", "", ""
	c.AllowAdditionalPropertiesByDefault = true
	c.Transformers = []huma.Transformer{unwrap}
	c.Formats = map[string]huma.Format{c.DefaultFormat: huma.DefaultJSONFormat}
	c.Components.Schemas = huma.NewMapRegistry("#/components/schemas/", schemaName)
	c.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"token":  {Type: "apiKey", In: "header", Name: "Authorization", Description: "`Token <key>`, as login returns it."},
		"bearer": {Type: "http", Scheme: "bearer", Description: "The same key as `Bearer <key>`."},
	}
	return c
}

// UseAuthenticator sets who checks tokens. Call it before the server runs.
func (s *Server) UseAuthenticator(a authn.Authenticator) { s.authn = a }

// Routes are all routes, in the order of their registration.
func (s *Server) Routes() []Route { return slices.Clone(s.routes) }

// OpenAPI is the document of all routes.
func (s *Server) OpenAPI() *huma.OpenAPI { return s.api.OpenAPI() }

// Handler serves all routes.
func (s *Server) Handler() http.Handler { return traced(s.cfg.Trace, s.echo) }

// Raw registers a handler that speaks HTTP itself: files, pages, sockets. It is not compressed, its
// answers are not stored by anybody (Cache-Control: no-store) unless it says otherwise, and a socket
// has no deadline. Parameters stand in the path as {name}, as in other routes.
func (s *Server) Raw(method, path string, access Access, handler echo.HandlerFunc) {
	if !access.Stated() {
		panic(fmt.Sprintf("httpx: %s %s states no access rule", method, path))
	}
	s.routes = append(s.routes, Route{Method: method, Path: path, Access: access})
	path = echoPath(path)
	s.timeouts[endpoint{method, path}] = rawTimeout
	s.echo.Add(method, path, s.guard(Route{Access: access}, handler))
}

// Download registers a handler that serves files to networks of any speed. A client may take so long to
// read one; then it is cut off.
func (s *Server) Download(path string, access Access, limit time.Duration, handler echo.HandlerFunc) {
	s.Raw(http.MethodGet, path, access, func(c *echo.Context) error {
		connection := http.NewResponseController(c.Response())
		_ = connection.SetWriteDeadline(time.Now().Add(limit)) // a writer without deadlines is no connection
		defer func() { _ = connection.SetWriteDeadline(time.Time{}) }()
		return handler(c)
	})
	s.timeouts[endpoint{http.MethodGet, echoPath(path)}] = limit
}

// echoPath writes {name} as echo does.
func echoPath(path string) string { return strings.NewReplacer("{", ":", "}", "").Replace(path) }

// OnDrain has something done when the server begins to drain, beside the requests under way: for what
// outlives its request, as sockets do. It is to return when ctx ends.
func (s *Server) OnDrain(do func(ctx context.Context)) { s.drains = append(s.drains, do) }

// Run serves until ctx ends, then lets the requests under way finish, at most for Config.Drain.
func (s *Server) Run(ctx context.Context, l net.Listener) error {
	server := &http.Server{
		Handler:           s.Handler(),
		ReadHeaderTimeout: 10 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    32 << 10,
		ErrorLog:          slog.NewLogLogger(slog.Default().Handler(), slog.LevelDebug),
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(l) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.cfg.Drain)
	defer cancel()
	var others sync.WaitGroup
	for _, d := range s.drains {
		others.Go(func() { d(drain) })
	}
	err := server.Shutdown(drain)
	others.Wait()
	if served := <-failed; !errors.Is(served, http.ErrServerClosed) {
		return served
	}
	if err != nil {
		slog.Warn("requests were still under way at the end of the drain", "after", s.cfg.Drain)
		return server.Close()
	}
	return nil
}
