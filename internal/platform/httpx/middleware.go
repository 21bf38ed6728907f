package httpx

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/labstack/echo/v5"
	"github.com/labstack/echo/v5/middleware"
	"github.com/prometheus/client_golang/prometheus"
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"

	"agrovet/internal/platform/errs"
)

// use installs what every request passes, outermost first.
func (s *Server) use() error {
	s.echo.Pre(trailingSlash)
	s.echo.Use(s.identify, s.observe(), recoverPanic, secureHeaders)
	if len(s.cfg.CORSOrigins) > 0 {
		cors, err := middleware.CORSConfig{
			AllowOrigins: s.cfg.CORSOrigins,
			AllowMethods: []string{"DELETE", "GET", "OPTIONS", "PATCH", "POST", "PUT"},
			AllowHeaders: []string{"Accept", "Accept-Language", "Authorization", "Content-Type", "Idempotency-Key", "If-Match", "If-None-Match", "Range", "X-Requested-With", "X-CSRFToken",
				"Tus-Resumable", "Upload-Checksum", "Upload-Length", "Upload-Metadata", "Upload-Offset"},
			ExposeHeaders: []string{"ETag", "Idempotency-Replayed", "Location", "Retry-After", "X-Request-Id",
				"Tus-Resumable", "Upload-Expires", "Upload-Length", "Upload-Media-Id", "Upload-Offset"},
			// An OPTIONS request that is no preflight asks the route itself.
			Skipper: func(c *echo.Context) bool {
				r := c.Request()
				return r.Method == http.MethodOptions && r.Header.Get("Access-Control-Request-Method") == ""
			},
			AllowCredentials: true,
			MaxAge:           86400,
		}.ToMiddleware()
		if err != nil {
			return fmt.Errorf("http.cors-origins: %w", err)
		}
		s.echo.Use(cors)
	}
	s.echo.Use(cleanInput)
	return nil
}

// trailingSlash lets both forms of a path answer: routes end in a slash, and a path without one is
// read as if it had it, without a redirect, which would lose a POST's body. Names of files (a dot
// in the last segment) stay as they are.
func trailingSlash(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c *echo.Context) error {
		u := c.Request().URL
		if last := u.Path[strings.LastIndexByte(u.Path, '/')+1:]; last != "" && !strings.Contains(last, ".") {
			u.Path += "/"
			if u.RawPath != "" {
				u.RawPath += "/"
			}
		}
		return next(c)
	}
}

// identify gives the request its id, language and deadline. A caller's own id is kept when it is
// sensible.
func (s *Server) identify(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c *echo.Context) error {
		r := c.Request()
		id := r.Header.Get("X-Request-Id")
		if id == "" || len(id) > 64 || !validKey(id) {
			id = newRequestID()
		}
		c.Response().Header().Set("X-Request-Id", id)
		info := &request{id: id, lang: language(r.Header), url: r.URL, address: c.RealIP()}
		info.scheme, info.host = s.proxies.origin(r)
		ctx := context.WithValue(r.Context(), requestKey{}, info)
		if d := s.timeout(c); d > 0 {
			var cancel context.CancelFunc
			ctx, cancel = context.WithTimeout(ctx, d)
			defer cancel()
		}
		c.SetRequest(r.WithContext(ctx))
		return next(c)
	}
}

// rawTimeout marks routes of Raw: the server's time, and none for sockets.
const rawTimeout = -1

// timeout is the time that the request has; 0 when it has no end.
func (s *Server) timeout(c *echo.Context) time.Duration {
	switch d := s.timeouts[endpoint{c.Request().Method, c.Path()}]; {
	case d > 0:
		return d
	case d == rawTimeout && c.IsWebSocket():
		return 0
	}
	return s.cfg.Timeout
}

func newRequestID() string {
	var b [12]byte
	_, _ = rand.Read(b[:]) // never fails
	return hex.EncodeToString(b[:])
}

// observe writes the log line and the metrics of each request. Neither holds the query, which can
// carry a token.
func (s *Server) observe() echo.MiddlewareFunc {
	seconds := prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name:    "agrovet_http_request_seconds",
		Help:    "Time to answer a request, by route.",
		Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30},
	}, []string{"method", "route", "status"})
	if s.cfg.Registry != nil {
		s.cfg.Registry.MustRegister(seconds)
	}
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c *echo.Context) error {
			start := time.Now()
			err := next(c)
			if err != nil {
				writeProblem(c, fromEcho(c, err))
			}
			took := time.Since(start)
			r, status, size := c.Request(), 0, int64(0)
			if res, e := echo.UnwrapResponse(c.Response()); e == nil {
				status, size = res.Status, res.Size
			}
			route := c.Path()
			if route == "" {
				route = "none"
			}
			seconds.WithLabelValues(methodLabel(r.Method), route, strconv.Itoa(status)).Observe(took.Seconds())
			nameSpan(r.Context(), r.Method, route)
			slog.LogAttrs(r.Context(), slog.LevelInfo, "request",
				slog.String("method", r.Method), slog.String("path", r.URL.Path), slog.Int("status", status),
				slog.Int64("bytes", size), slog.Float64("ms", float64(took.Microseconds())/1000),
				slog.String("address", c.RealIP()))
			return nil
		}
	}
}

// methodLabel keeps invented methods from growing the metrics without end.
func methodLabel(method string) string {
	switch method {
	case "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS":
		return method
	}
	return "other"
}

func nameSpan(ctx context.Context, method, route string) {
	span := trace.SpanFromContext(ctx)
	if span.IsRecording() {
		span.SetName(method + " " + route)
		span.SetAttributes(attribute.String("http.route", route))
	}
}

// traced starts a span per request when tracing is on.
func traced(on bool, h http.Handler) http.Handler {
	if !on {
		return h
	}
	return otelhttp.NewHandler(h, "http")
}

func recoverPanic(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c *echo.Context) (err error) {
		defer func() {
			if r := recover(); r != nil {
				if abort, ok := r.(error); ok && errors.Is(abort, http.ErrAbortHandler) {
					panic(r)
				}
				slog.ErrorContext(c.Request().Context(), "panic", "value", r, "stack", string(debug.Stack()))
				err = errs.ErrInternal.Wrap(fmt.Errorf("panic: %v", r))
			}
		}()
		return next(c)
	}
}

// cleanInput refuses what PostgreSQL's text cannot hold, before anything looks at it.
func cleanInput(next echo.HandlerFunc) echo.HandlerFunc {
	bad := errs.New(errs.Invalid, "invalid_text", "La dirección contiene caracteres no permitidos.", "The address contains characters that are not allowed.")
	dirty := func(s string) bool { return strings.ContainsRune(s, 0) || !utf8.ValidString(s) }
	return func(c *echo.Context) error {
		u := c.Request().URL
		if dirty(u.Path) {
			return bad
		}
		if u.RawQuery != "" {
			for k, values := range c.QueryParams() {
				for _, v := range values {
					if dirty(k) || dirty(v) {
						return bad
					}
				}
			}
		}
		return next(c)
	}
}

// Header values that every answer has are made once. Nobody changes them: Set replaces the list, and
// Add to a full one makes another.
var (
	valueNoSniff    = []string{"nosniff"}
	valueDeny       = []string{"DENY"}
	valueSameOrigin = []string{"same-origin"}
	valueNoStore    = []string{"no-store"}
	valueNoCache    = []string{"no-cache"}
	valuePrivate    = []string{"private, no-cache"}
	valueVary       = []string{"Authorization, Accept-Language, Accept-Encoding"}
)

func secureHeaders(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c *echo.Context) error {
		h := c.Response().Header()
		h["X-Content-Type-Options"], h["X-Frame-Options"] = valueNoSniff, valueDeny
		h["Referrer-Policy"] = valueSameOrigin
		h["Cache-Control"] = valueNoStore // who knows better, says so
		return next(c)
	}
}
