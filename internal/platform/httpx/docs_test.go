package httpx

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

func TestThePagesLoadOnlyWhatIsHere(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	address := regexp.MustCompile(`(?:src|href|spec-url)="([^"]*)"`)
	for _, page := range []string{"/swagger/", "/redoc/"} {
		got := get(page).to(t, s)
		require.Equal(t, 200, got.status)
		require.Equal(t, "text/html; charset=UTF-8", got.header.Get("Content-Type"))
		require.NotContains(t, got.body, "{{", "a file that is not here")
		found := address.FindAllStringSubmatch(got.body, -1)
		require.Greater(t, len(found), 3)
		for _, m := range found {
			require.Regexp(t, "^/[a-z]", m[1], "an address of ours")
			asset := get(m[1]).to(t, s)
			require.Equal(t, 200, asset.status, m[1])
			require.NotEmpty(t, asset.body)
			if strings.HasPrefix(m[1], "/apidocs/") {
				require.Equal(t, "public, max-age=31536000, immutable", asset.header.Get("Cache-Control"))
				zipped := get(m[1]).with("Accept-Encoding", "gzip").to(t, s)
				require.Equal(t, asset.body, unzip(t, zipped.body))
			}
		}
	}
}

func TestThePagesAskNobodyElse(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	for _, page := range []string{"/swagger/", "/redoc/"} {
		policy := get(page).to(t, s).header.Get("Content-Security-Policy")
		require.Contains(t, policy, "default-src 'none'")
		require.Contains(t, policy, "connect-src 'self'")
		require.NotRegexp(t, `https?:|//|\*|unsafe-eval|script-src[^;]*unsafe-inline`, policy)
	}
	foreign := regexp.MustCompile(`cdn\.redoc|fonts\.googleapis|url\(["']?(https?:)?//|\n//# sourceMappingURL=\S`)
	styles := regexp.MustCompile(`"(/apidocs/\w+/[^"]*\.(?:css|js))"`)
	for _, page := range []string{"/swagger/", "/redoc/"} {
		for _, m := range styles.FindAllStringSubmatch(get(page).to(t, s).body, -1) {
			body := get(m[1]).to(t, s).body
			require.Empty(t, foreign.FindString(body), m[1])
		}
	}
}

func TestTheDocumentUnderItsNames(t *testing.T) {
	t.Parallel()
	s := notes(t)
	want := get("/openapi.json").to(t, s)
	require.Equal(t, "3.1.0", want.decode()["openapi"])
	for _, path := range []string{"/swagger.json", "/swagger.json/"} {
		require.Equal(t, want.body, get(path).to(t, s).body)
	}
	for _, path := range []string{"/openapi.yaml", "/swagger.yaml", "/swagger.yaml/"} {
		var doc any
		got := get(path).to(t, s)
		require.Equal(t, "application/yaml", got.header.Get("Content-Type"))
		require.NoError(t, yaml.Unmarshal([]byte(got.body), &doc))
		b, err := json.Marshal(doc)
		require.NoError(t, err)
		require.JSONEq(t, want.body, string(b))
	}
	get("/openapi.json").with("If-None-Match", want.header.Get("ETag")).to(t, s).is(304, "")
	zipped := get("/openapi.json").with("Accept-Encoding", "gzip").to(t, s)
	require.Equal(t, want.body, unzip(t, zipped.body))
}

func TestAnotherDocumentIsServedAndNamed(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	made := 0
	s.Document("/other.json", "Other things", func() ([]byte, error) {
		made++
		return []byte(`{"other":true}`), nil
	})
	require.Contains(t, at(t, openapi(t, s), "info", "description"), "Other things: [other.json](/other.json).")
	for range 2 {
		require.Equal(t, true, get("/other.json").to(t, s).decode()["other"])
	}
	require.Equal(t, 1, made)
}
