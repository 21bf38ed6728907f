package httpx

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humaecho"
	"github.com/labstack/echo/v5"

	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/pg"
)

// Route is one method and path, and everything about it but the handler.
type Route struct {
	Method  string
	Path    string // with its trailing slash; both forms answer
	ID      string // the operation's id in the OpenAPI document, e.g. "auth.register"
	Summary string
	Doc     string // Markdown; optional
	Access  Access
	// Unauthenticated is what the anonymous are told, where the contract has a text of its own for it;
	// nil: errs.ErrUnauthenticated.
	Unauthenticated *errs.Error
	Status          int   // of success; 200 by default, 204 for handlers without a body
	Also            []int // other statuses of success, with the same body
	Errors          []int // statuses beside those that every such route has
	Limits          []RateLimit
	MaxBody         int64         // bytes; MaxBody by default
	Timeout         time.Duration // of the request, and of the arrival of its body; the server's by default
	// Credential finds the token; Credential by default, and SocketCredential where browsers cannot set headers.
	Credential func(*http.Request) (string, error)
	// Files names the fields of a multipart body that are files, for the documentation.
	Files []string
}

// Router is where a module registers its routes.
type Router struct {
	server      *Server
	tag         string
	idempotency *idempotency
}

// Module returns the router of a module. Its idempotency keys live in db's schema.
func (s *Server) Module(name string, db *pg.DB) *Router {
	return &Router{server: s, tag: name, idempotency: newIdempotency(db)}
}

// Body is an answer that is only a JSON body.
type Body[T any] struct{ Body T }

// OK makes an answer.
func OK[T any](body T) *Body[T] { return &Body[T]{body} }

// Handle registers a typed handler. The input's fields are path, query and header parameters by
// tags and the JSON body as Body; the handler finds the caller with authn.From and returns
// errs.Errors, which become the contract's answers.
func Handle[I, O any](r *Router, route Route, handler func(context.Context, *I) (*O, error)) {
	r.server.mustBeSound(route)
	for _, t := range []reflect.Type{reflect.TypeFor[I](), reflect.TypeFor[O]()} {
		if hidden := hiddenField(t, map[reflect.Type]bool{}); hidden != "" {
			panic(fmt.Sprintf("httpx: %s %s embeds %s, whose fields would be ignored: export it", route.Method, route.Path, hidden))
		}
	}
	if _, paged := reflect.TypeFor[I]().FieldByName("PageParams"); paged {
		route.Errors = append(slices.Clone(route.Errors), http.StatusNotFound) // a page that does not exist
	}
	op := r.operation(route)
	huma.Register(r.server.api, op, func(ctx context.Context, in *I) (*O, error) {
		out, err := handler(ctx, in)
		if err != nil {
			return nil, failed(ctx, err)
		}
		return out, nil
	})
	r.server.document(route, op)
}

func isWrite(method string) bool { return method != http.MethodGet && method != http.MethodHead }

// Refuse answers methods of a path with 405 that a route with a parameter in that place would take.
func (r *Router) Refuse(path string, methods ...string) {
	for _, m := range methods {
		r.server.echo.Add(m, path, func(*echo.Context) error { return methodNotAllowed(m) })
	}
}

func (r *Router) operation(route Route) huma.Operation {
	op := huma.Operation{
		OperationID:   route.ID,
		Method:        route.Method,
		Path:          route.Path,
		Summary:       route.Summary,
		Description:   strings.TrimSpace(route.Doc + "\n\nAccess: " + route.Access.String() + "."),
		Tags:          []string{r.tag},
		DefaultStatus: route.Status,
		Errors:        r.statuses(route),
		MaxBodyBytes:  -1, // shapeBody limits
		Middlewares:   huma.Middlewares{respond, r.admit(route)},
	}
	if !route.Access.Anonymous() {
		op.Security = []map[string][]string{{"token": {}}, {"bearer": {}}}
	}
	if isWrite(route.Method) {
		op.Middlewares = append(op.Middlewares, r.shape(route), r.idempotency.middleware)
		op.Parameters = append(op.Parameters, &huma.Param{
			Name: IdempotencyHeader, In: "header", Schema: &huma.Schema{Type: "string", Pattern: "^[!-~]{1,255}$"},
			Description: "Repeats with the same key and body get the first answer.",
		})
	}
	return op
}

// statuses are the errors that a route of this kind can answer with.
func (r *Router) statuses(route Route) []int {
	codes := append([]int{400, 401, 429, 503, 504}, route.Errors...)
	if !route.Access.Anonymous() {
		codes = append(codes, 403)
	}
	if strings.Contains(route.Path, "{") {
		codes = append(codes, 404)
	}
	if isWrite(route.Method) {
		codes = append(codes, 409, 413, 415, 422)
	}
	return codes
}

// admit checks token, access rule and rate limits.
func (r *Router) admit(route Route) func(huma.Context, func(huma.Context)) {
	s := r.server
	return func(ctx huma.Context, next func(huma.Context)) {
		c := humaecho.Unwrap(ctx)
		p, signedIn, err := s.principal(c.Request(), route)
		if err == nil {
			err = route.Access.check(p, signedIn, ctx.Param)
			if !signedIn && err != nil && route.Unauthenticated != nil {
				err = route.Unauthenticated
			}
		}
		if err != nil {
			writeProblem(c, err)
			return
		}
		if signedIn {
			ctx = huma.WithContext(ctx, authn.With(ctx.Context(), p))
		}
		for _, l := range route.Limits {
			if err := l.take(ctx.Context(), s.kv, c); err != nil {
				writeProblem(c, err)
				return
			}
		}
		next(ctx)
	}
}

// shape reads the body of a write. Routes whose input has no Body ignore one.
func (r *Router) shape(route Route) func(huma.Context, func(huma.Context)) {
	limits := bodyLimits{route.MaxBody, max(route.Timeout, bodyReadTimeout)}
	if limits.bytes == 0 {
		limits.bytes = MaxBody
	}
	registry := r.server.api.OpenAPI().Components.Schemas
	shape := shapeBody(registry, limits)
	return func(ctx huma.Context, next func(huma.Context)) {
		if ctx.Operation().RequestBody == nil {
			next(&bodyContext{humaContext: ctx})
			return
		}
		shape(ctx, next)
	}
}

// principal is who signs the request; signedIn is false when nobody does.
//
// Errors: errs.ErrTokenInvalid and its like, also on public routes (decision D4).
func (s *Server) principal(req *http.Request, route Route) (p authn.Principal, signedIn bool, err error) {
	if route.Access.service {
		if p, tries, err := s.service(req); tries {
			return p, err == nil, err
		}
	}
	credential := route.Credential
	if credential == nil {
		credential = Credential
	}
	token, err := credential(req)
	switch {
	case token == "":
		return p, false, err
	case s.authn == nil:
		return p, false, errs.ErrUnavailable
	}
	p, err = s.authn.Authenticate(req.Context(), token)
	return p, err == nil, err
}

// Credential is the token in the Authorization header, after Token or Bearer in any case; empty
// when there is none of ours, as in the original.
//
// Errors: errs.ErrTokenEmpty, errs.ErrTokenBlank.
func Credential(req *http.Request) (string, error) {
	header := strings.Trim(req.Header.Get("Authorization"), " \t")
	scheme, token := header, ""
	if i := strings.IndexAny(header, " \t"); i >= 0 {
		scheme, token = header[:i], strings.Trim(header[i:], " \t")
	}
	switch {
	case !strings.EqualFold(scheme, "Token") && !strings.EqualFold(scheme, "Bearer"):
		return "", nil
	case token == "":
		return "", errs.ErrTokenEmpty
	case strings.ContainsAny(token, " \t"):
		return "", errs.ErrTokenBlank
	}
	return token, nil
}

// mustBeSound stops the start for mistakes in a route.
func (s *Server) mustBeSound(route Route) {
	var mistake string
	switch {
	case !route.Access.Stated():
		mistake = "states no access rule"
	case !strings.HasPrefix(route.Path, "/") || !strings.HasSuffix(route.Path, "/"):
		mistake = "does not begin and end with a slash"
	case s.kv == nil && len(route.Limits) > 0:
		mistake = "has rate limits, but nothing counts them (Config.KV)"
	case slices.ContainsFunc(s.routes, func(r Route) bool { return r.Method == route.Method && r.Path == route.Path }):
		mistake = "is registered twice"
	default:
		return
	}
	panic(fmt.Sprintf("httpx: %s %s %s", route.Method, route.Path, mistake))
}

// document completes the OpenAPI operation: other body types, and the route list.
func (s *Server) document(route Route, op huma.Operation) {
	s.routes = append(s.routes, route)
	if route.Timeout != 0 {
		s.timeouts[endpoint{route.Method, echoPath(route.Path)}] = route.Timeout
	}
	item := s.api.OpenAPI().Paths[op.Path]
	registered := operationOf(item, op.Method)
	delete(registered.Responses, "422")
	for _, status := range route.Also {
		registered.Responses[fmt.Sprint(status)] = registered.Responses[fmt.Sprint(cmp.Or(op.DefaultStatus, http.StatusOK))]
	}
	if isWrite(op.Method) {
		registered.Responses["422"] = registered.Responses["400"]
	} else {
		registered.Responses["304"] = &huma.Response{Description: "Not Modified: what If-None-Match names is still the same."}
	}
	if registered.RequestBody == nil {
		return
	}
	content := registered.RequestBody.Content
	json := content["application/json"]
	content["application/x-www-form-urlencoded"] = &huma.MediaType{Schema: json.Schema}
	content["multipart/form-data"] = &huma.MediaType{Schema: withFiles(json.Schema, route.Files)}
}

// withFiles is the body's schema with file fields beside the others.
func withFiles(body *huma.Schema, files []string) *huma.Schema {
	if len(files) == 0 {
		return body
	}
	s := &huma.Schema{Type: "object", Properties: map[string]*huma.Schema{}}
	for _, f := range files {
		s.Properties[f] = &huma.Schema{Type: "string", Format: "binary"}
	}
	return &huma.Schema{AllOf: []*huma.Schema{body, s}}
}

func operationOf(item *huma.PathItem, method string) *huma.Operation {
	return map[string]*huma.Operation{
		http.MethodGet: item.Get, http.MethodPost: item.Post, http.MethodPut: item.Put,
		http.MethodPatch: item.Patch, http.MethodDelete: item.Delete,
	}[method]
}
