package httpx

import (
	"fmt"
	"net/http"
	"regexp"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/labstack/echo/v5"

	"agrovet/internal/platform/authn"
)

// Stream registers a handler that reads the body, or writes the answer, as it comes: nothing of either
// is held in memory. It is admitted as other routes are, and stands in the API's documentation; describe
// completes what is said there. It has no idempotency key, and its answers are not compressed.
func (r *Router) Stream(route Route, describe func(*huma.Operation), handler echo.HandlerFunc) {
	s := r.server
	s.mustBeSound(route)
	s.routes = append(s.routes, route)
	path := echoPath(route.Path)
	if s.timeouts[endpoint{route.Method, path}] = rawTimeout; route.Timeout != 0 {
		s.timeouts[endpoint{route.Method, path}] = route.Timeout
	}
	s.echo.Add(route.Method, path, s.guard(route, handler))
	op := r.streamOperation(route)
	describe(op)
	s.api.OpenAPI().AddOperation(op)
}

// guard checks token, access rule and rate limits before the handler.
func (s *Server) guard(route Route, handler echo.HandlerFunc) echo.HandlerFunc {
	return func(c *echo.Context) error {
		p, signedIn, err := s.principal(c.Request(), route)
		if err == nil {
			err = route.Access.check(p, signedIn, c.Param)
		}
		if err != nil {
			return err
		}
		ctx := c.Request().Context()
		if signedIn {
			ctx = authn.With(ctx, p)
			c.SetRequest(c.Request().WithContext(ctx))
		}
		for _, l := range route.Limits {
			if err := l.take(ctx, s.kv, c); err != nil {
				return err
			}
		}
		return handler(c)
	}
}

var named = regexp.MustCompile(`\{([^}]+)\}`)

// streamOperation is what the documentation can say of every such route.
func (r *Router) streamOperation(route Route) *huma.Operation {
	op := r.operation(route)
	op.Middlewares, op.Parameters = nil, nil
	for _, name := range named.FindAllStringSubmatch(route.Path, -1) {
		op.Parameters = append(op.Parameters, &huma.Param{Name: name[1], In: "path", Required: true, Schema: &huma.Schema{Type: "string"}})
	}
	op.Responses = map[string]*huma.Response{}
	for _, status := range op.Errors {
		op.Responses[fmt.Sprint(status)] = r.problemResponse(status)
	}
	return &op
}

// problemResponse documents an error.
func (r *Router) problemResponse(status int) *huma.Response {
	schema := (&problem{}).Schema(r.server.api.OpenAPI().Components.Schemas)
	return &huma.Response{Description: http.StatusText(status), Content: map[string]*huma.MediaType{"application/json": {Schema: schema}}}
}

// KeepReading gives a slow body more time: until then its next bytes must come.
func KeepReading(c *echo.Context, until time.Time) {
	_ = http.NewResponseController(c.Response()).SetReadDeadline(until) // without deadlines the server's own hold
}
