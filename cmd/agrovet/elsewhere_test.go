package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/spf13/pflag"
	"github.com/stretchr/testify/require"

	"agrovet/internal/platform/httpx"
	"agrovet/internal/platform/pgtest"
)

// partOf is a process with some of the modules, in this one, over a database. It has neither Kafka nor Redis, which a
// real one needs: nothing has to be told here.
func partOf(t *testing.T, database, modules string, change ...func(*Config)) *process {
	t.Helper()
	flags := pflag.NewFlagSet("test", pflag.ContinueOnError)
	addFlags(flags)
	require.NoError(t, flags.Parse([]string{"--database-url", database, "--data-dir", t.TempDir(), "--service-secret", "sixteen letters."}))
	s, err := load(flags)
	require.NoError(t, err)
	cfg := s.Config
	cfg.Modules = strings.Split(modules, ",")
	for _, c := range change {
		c(&cfg)
	}
	a, err := newApp(context.Background(), cfg, false)
	require.NoError(t, err)
	t.Cleanup(a.close)
	server := httptest.NewServer(a.server.Handler())
	t.Cleanup(server.Close)
	return &process{t: t, base: server.URL}
}

// TestModulesElsewhere is the marketplace in one process and all that it asks in another.
func TestModulesElsewhere(t *testing.T) {
	database := pgtest.Database(t)
	there := partOf(t, database, "media,auth,profiles,chat,foro")
	gate := gateTo(t, there.base)
	here := partOf(t, database, "marketplace", func(c *Config) {
		c.Auth.URL, c.Media.URL, c.Profiles.URL, c.Chat.URL = gate.URL, gate.URL, gate.URL, gate.URL
		c.Service.Timeout = 30 * time.Second
	})
	ana, beto := member(t, there, "70000001"), member(t, there, "70000002")

	made := here.published(ana, map[string]any{"title": "Arado", "description": "x", "price": "10", "condition": "new",
		"main_image_id": there.uploadAnonymously(10)})
	address := fmt.Sprintf("/api/adds/%.0f/", made["id"])
	require.Equal(t, "Persona 70000001", made["publisher_name"])
	require.NotNil(t, made["main_image"])
	require.Equal(t, 1.0, there.asked(ana, "/api/media/")["count"], "her picture is claimed over there")

	room := here.contacted(beto, made["id"])
	require.Equal(t, room, here.contacted(beto, made["id"]))
	require.Equal(t, made["id"], there.asked(beto, fmt.Sprintf("/api/chat/rooms/%.0f/", room))["about_add_id"])
	here.mustCall(http.StatusUnauthorized, http.MethodGet, "/api/adds/mine/", nil, "Authorization", "Token x"+ana.Token)
	here.mustCall(http.StatusOK, http.MethodGet, "/health/detailed/", nil)

	gate.Close()
	shown := here.mustCall(http.StatusOK, http.MethodGet, address, nil)
	require.Contains(t, shown.body, "Persona 70000001", "who was shown before")
	refused := here.mustCall(http.StatusServiceUnavailable, http.MethodGet, address, nil, "Authorization", "Token "+beto.Token)
	require.Contains(t, refused.body, `"auth.unavailable"`, "nobody here remembers the session, and nobody says that it is invalid")
	require.Eventually(t, func() bool {
		_, err := here.call(http.MethodGet, address, nil, "Authorization", "Token "+beto.Token)
		require.NoError(t, err)
		health, err := here.call(http.MethodGet, "/health/detailed/", nil)
		return err == nil && health.status == http.StatusServiceUnavailable
	}, 20*time.Second, 10*time.Millisecond)
}

// gateTo is the way to a server; closing it cuts the way.
func gateTo(t *testing.T, base string) *httptest.Server {
	t.Helper()
	to, err := url.Parse(base)
	require.NoError(t, err)
	gate := httptest.NewServer(&httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(to) }})
	t.Cleanup(gate.Close)
	return gate
}

// TestInternalRoutesAreForServices goes over the routes themselves, so that new ones are covered.
func TestInternalRoutesAreForServices(t *testing.T) {
	var internal []string
	for _, r := range testApp(t).server.Routes() {
		if strings.HasPrefix(r.Path, "/internal/rpc/") {
			require.Equal(t, httpx.Service.String(), r.Access.String(), r.Path)
			internal = append(internal, r.Path)
		}
	}
	require.ElementsMatch(t, []string{"/internal/rpc/auth/authenticate/", "/internal/rpc/auth/users/", "/internal/rpc/auth/phone_numbers/",
		"/internal/rpc/media/objects/", "/internal/rpc/media/links/", "/internal/rpc/media/claim/", "/internal/rpc/media/upload/",
		"/internal/rpc/profiles/cards/", "/internal/rpc/chat/room_about/"}, internal)
}
