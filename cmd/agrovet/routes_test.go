package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/pflag"
	"github.com/stretchr/testify/require"

	"agrovet/internal/platform/httpx"
	"agrovet/internal/platform/pgtest"
)

// testApp is the whole program on a database of its own, in this process.
func testApp(t *testing.T, args ...string) *app {
	t.Helper()
	cfg := configured(t, append([]string{"--database-url", pgtest.Database(t), "--data-dir", t.TempDir()}, args...)...)
	a, err := newApp(context.Background(), cfg, false)
	require.NoError(t, err)
	t.Cleanup(a.close)
	return a
}

// configured is the configuration that the command makes of args.
func configured(t *testing.T, args ...string) Config {
	t.Helper()
	flags := pflag.NewFlagSet("test", pflag.ContinueOnError)
	addFlags(flags)
	require.NoError(t, flags.Parse(args))
	s, err := load(flags)
	require.NoError(t, err)
	return s.Config
}

// anonymousWrites are the writes that need no token. A new one is added here on purpose or not at all.
var anonymousWrites = []string{
	"POST /api/auth/login/",
	"POST /api/auth/password-reset/request-phone/",
	"POST /api/auth/password-reset/request/",
	"POST /api/auth/password-reset/verify-phone/",
	"POST /api/auth/password-reset/verify/",
	"POST /api/auth/register/",
	"POST /api/media/", // decision D2: the original's advert form uploads without signing in
	"POST /api/password-reset/request-phone/",
	"POST /api/password-reset/request/",
	"POST /api/password-reset/verify-phone/",
	"POST /api/password-reset/verify/",
}

func isWrite(r httpx.Route) bool {
	return !slices.Contains([]string{http.MethodGet, http.MethodHead, http.MethodOptions}, r.Method)
}

var parameter = regexp.MustCompile(`\{[^}]*\}`)

// TestRoutes goes over the route list itself, so that new routes are covered without a line here.
func TestRoutes(t *testing.T) {
	a := testApp(t)
	server := httptest.NewServer(a.server.Handler())
	t.Cleanup(server.Close)
	p := &process{t: t, base: server.URL}
	owner, stranger := member(t, p, "70000001"), member(t, p, "70000002")

	var open []string
	for _, r := range a.server.Routes() {
		require.True(t, r.Access.Stated(), "%s %s states no access rule", r.Method, r.Path)
		if !isWrite(r) {
			continue
		}
		if r.Access.Anonymous() {
			open = append(open, r.Method+" "+r.Path)
			continue
		}
		path := parameter.ReplaceAllString(r.Path, fmt.Sprint(owner.User.ID))
		t.Run(r.Method+strings.ReplaceAll(r.Path, "/", "_"), func(t *testing.T) {
			got, err := p.call(r.Method, path, map[string]any{})
			require.NoError(t, err)
			require.Equal(t, http.StatusUnauthorized, got.status, "the anonymous: %s", got.body)
			require.NotEmpty(t, got.header.Get("WWW-Authenticate"))

			if r.Access.String() == httpx.Member.String() {
				return // acts on what is the caller's own
			}
			got, err = p.call(r.Method, path, map[string]any{}, "Authorization", "Token "+stranger.Token)
			require.NoError(t, err)
			require.Contains(t, []int{http.StatusForbidden, http.StatusNotFound}, got.status, "the stranger: %s", got.body)
		})
	}
	slices.Sort(open)
	require.Equal(t, anonymousWrites, open)
}

func member(t *testing.T, p *process, phone string) registered {
	t.Helper()
	r := p.mustCall(http.StatusCreated, http.MethodPost, "/api/auth/register/", map[string]any{
		"phone_number": phone, "password": "trigo-y-quinua", "full_name": "Persona " + phone, "role": "specialist"})
	return r.registered(t)
}

// TestDocumentCoversEveryRoute compares the OpenAPI document with what the server answers to.
func TestDocumentCoversEveryRoute(t *testing.T) {
	a := testApp(t)
	paths := a.server.OpenAPI().Paths
	for _, r := range a.server.Routes() {
		if !strings.HasPrefix(r.Path, "/api/") {
			continue // pages, health and the document itself
		}
		require.Contains(t, paths, r.Path)
	}
}
