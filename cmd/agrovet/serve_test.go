package main

import (
	"encoding/json"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestServe is the life of an installation: first start, a second serve on the same directory, tools
// beside it, an orderly end, a second start that finds everything again.
func TestServe(t *testing.T) {
	dir := dataDir(t)
	p := startServe(t, dir)
	p.mustCall(http.StatusOK, http.MethodGet, "/health/", nil)
	health := p.mustCall(http.StatusOK, http.MethodGet, "/health/detailed/", nil)
	require.Contains(t, health.body, `"database":"ok"`)
	require.Contains(t, p.mustCall(http.StatusOK, http.MethodGet, "/metrics", nil).body, "agrovet_http_request_seconds_bucket")

	t.Run("SecondServeIsRefusedAndHarmsNothing", func(t *testing.T) {
		out, err := p.tool("serve", "--listen", "127.0.0.1:0")
		require.Error(t, err)
		require.Contains(t, out, "another agrovet")
		p.mustCall(http.StatusOK, http.MethodGet, "/health/detailed/", nil)
	})
	t.Run("TakenPortIsToldBeforeAnythingStarts", func(t *testing.T) {
		other := dataDir(t)
		path, err := binary()
		require.NoError(t, err)
		out, err := exec.Command(path, "serve", "--listen", strings.TrimPrefix(p.base, "http://"), "--data-dir", other).CombinedOutput()
		require.Error(t, err)
		require.Contains(t, string(out), "address already in use")
		require.NoDirExists(t, filepath.Join(other, "postgres"))
	})
	t.Run("ToolsWorkBesideIt", func(t *testing.T) {
		out, err := p.tool("createsuperuser", "--phone", "+591 60000001", "--password", "chacra-del-sur")
		require.NoError(t, err, out)
		r := p.mustCall(http.StatusOK, http.MethodPost, "/api/auth/login/", map[string]string{"phone_number": "60000001", "password": "chacra-del-sur"})
		token := r.registered(t).Token

		out, err = p.tool("seed")
		require.NoError(t, err, out)
		first := people(t, p, token)
		require.Greater(t, first, int64(20))
		asked := p.asked(registered{Token: token}, "/api/foro/posts/")["count"]
		require.Equal(t, 22.0, asked)
		out, err = p.tool("seed")
		require.NoError(t, err, out)
		require.Equal(t, first, people(t, p, token), "seeding again changes nothing")
		require.Equal(t, asked, p.asked(registered{Token: token}, "/api/foro/posts/")["count"])

		out, err = p.tool("migrate", "status")
		require.NoError(t, err, out)
		require.Regexp(t, `auth +module +[1-9]`, out)
		out, err = p.tool("events", "list")
		require.NoError(t, err, out)
		require.Contains(t, out, "SUBSCRIPTION")
		out, err = p.tool("doctor", "--listen", strings.TrimPrefix(p.base, "http://"))
		require.NoError(t, err, out)
		require.Contains(t, out, "agrovet answers")
	})

	p.stop()
	_, err := os.Stat(filepath.Join(dir, "postgres", "data", "postmaster.pid"))
	require.ErrorIs(t, err, os.ErrNotExist, "PostgreSQL ended in good order")
	again := startServe(t, dir)
	again.mustCall(http.StatusOK, http.MethodPost, "/api/auth/login/", map[string]string{"phone_number": "60000001", "password": "chacra-del-sur"})
	again.stop()
}

func people(t *testing.T, p *process, token string) int64 {
	r := p.mustCall(http.StatusOK, http.MethodGet, "/api/auth/users/", nil, "Authorization", "Token "+token)
	var page struct {
		Count int64 `json:"count"`
	}
	require.NoError(t, json.Unmarshal([]byte(r.body), &page))
	return page.Count
}
