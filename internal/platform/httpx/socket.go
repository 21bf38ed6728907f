package httpx

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/labstack/echo/v5"

	"agrovet/internal/platform/errs"
)

// TokenProtocol is what the subprotocol begins with that carries a token, for browsers, which cannot set
// headers of sockets.
const TokenProtocol = "token."

var errOrigin = errs.New(errs.Forbidden, "origin_not_allowed", "Este origen no puede conectarse.", "This origin may not connect.")

// Socket registers a handler that takes over the connection, or streams to it, for as long as it likes.
// Pages of other origins than CORS allows and the server's own are refused, and so is whoever is not signed
// in. The token may stand where [SocketCredential] looks. Call OnDrain for what is to end at shutdown.
func (r *Router) Socket(path string, handler echo.HandlerFunc) {
	s := r.server
	route := Route{Method: http.MethodGet, Path: path, Access: Member, Credential: SocketCredential}
	s.mustBeSound(route)
	s.routes = append(s.routes, route)
	s.timeouts[endpoint{route.Method, echoPath(path)}] = rawTimeout
	s.echo.Add(route.Method, echoPath(path), s.sameOrigin(s.guard(route, handler)))
}

// OnDrain is the server's.
func (r *Router) OnDrain(do func(ctx context.Context)) { r.server.OnDrain(do) }

// Check is the server's.
func (r *Router) Check(name string, run func(ctx context.Context) (map[string]any, error)) {
	r.server.Check(name, run)
}

// StillSignedIn asks once more whose the request is, for those who have to know that it did not end meanwhile.
//
// Errors: errs.ErrTokenInvalid and its like.
func (r *Router) StillSignedIn(req *http.Request) error {
	_, signedIn, err := r.server.principal(req, Route{Credential: SocketCredential})
	if err == nil && !signedIn {
		err = errs.ErrUnauthenticated
	}
	return err
}

// sameOrigin refuses pages that may not call the API with credentials. Programs, which send no Origin, may.
func (s *Server) sameOrigin(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c *echo.Context) error {
		origin := c.Request().Header.Get("Origin")
		if origin == "" || slices.ContainsFunc(s.cfg.CORSOrigins, func(o string) bool { return strings.EqualFold(o, origin) }) {
			return next(c)
		}
		_, host := s.proxies.origin(c.Request())
		if u, err := url.Parse(origin); err == nil && u.Host != "" && strings.EqualFold(u.Host, host) {
			return next(c)
		}
		return errOrigin
	}
}

// SocketCredential is the token of a request whose sender may not be able to set headers: in the
// Authorization header, the query (token or access_token, also with Token or Bearer before it), or a
// subprotocol "token.<key>". Empty: there is none.
//
// Errors: as Credential.
func SocketCredential(req *http.Request) (string, error) {
	if token, err := Credential(req); token != "" || err != nil {
		return token, err
	}
	query := req.URL.Query()
	for _, name := range []string{"token", "access_token"} {
		if token := bare(query.Get(name)); token != "" {
			return token, nil
		}
	}
	for _, header := range req.Header.Values("Sec-WebSocket-Protocol") {
		for protocol := range strings.SplitSeq(header, ",") {
			if token, ok := strings.CutPrefix(strings.TrimSpace(protocol), TokenProtocol); ok && token != "" {
				return token, nil
			}
		}
	}
	return "", nil
}

// bare is a token without the word that stands before it in headers.
func bare(token string) string {
	token = strings.TrimSpace(token)
	for _, scheme := range []string{"Token ", "Bearer "} {
		if len(token) >= len(scheme) && strings.EqualFold(token[:len(scheme)], scheme) {
			return strings.TrimSpace(token[len(scheme):])
		}
	}
	return token
}
