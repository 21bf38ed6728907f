package demo_test

import (
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/chat/internal/demo"
	"agrovet/internal/platform/httpx"
)

func get(t testing.TB, path string, header ...string) *httptest.ResponseRecorder {
	t.Helper()
	s, err := httpx.New(httpx.Config{})
	require.NoError(t, err)
	demo.Register(s)
	req := httptest.NewRequest(http.MethodGet, path, nil)
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, req)
	return w
}

func TestThePageSpeaksSpanishAndEnglish(t *testing.T) {
	t.Parallel()
	require.Contains(t, get(t, demo.Root).Body.String(), `<html lang="es">`)
	require.Contains(t, get(t, demo.Root, "Accept-Language", "en-GB,es;q=0.5").Body.String(), `<html lang="en">`)
}

func TestThePageLoadsOnlyWhatIsThere(t *testing.T) {
	t.Parallel()
	page := get(t, demo.Root)
	require.Equal(t, demo.Policy, page.Header().Get("Content-Security-Policy"))
	names := regexp.MustCompile(`(?:src|href)="([^"]+)"`).FindAllStringSubmatch(page.Body.String(), -1)
	require.Len(t, names, 3)
	for _, n := range names {
		require.Equal(t, http.StatusOK, get(t, n[1]).Code, n[1])
	}
	require.Equal(t, http.StatusNotFound, get(t, demo.Root+"nada.js").Code)
}

func TestAFileIsSentAgainOnlyWhenItHasChanged(t *testing.T) {
	t.Parallel()
	first := get(t, demo.Root+"app.js")
	require.Equal(t, "text/javascript; charset=utf-8", first.Header().Get("Content-Type"))
	again := get(t, demo.Root+"app.js", "If-None-Match", first.Header().Get("ETag"))
	require.Equal(t, http.StatusNotModified, again.Code)
	require.Empty(t, again.Body.String())
}

// TestScriptsMakeNoMarkupOfText: what people wrote can never become elements.
func TestScriptsMakeNoMarkupOfText(t *testing.T) {
	t.Parallel()
	lines := 0
	scripts, err := fs.Glob(os.DirFS("site"), "*.js")
	require.NoError(t, err)
	for _, name := range scripts {
		b, err := os.ReadFile("site/" + name)
		require.NoError(t, err)
		lines += len(regexp.MustCompile(`(?m)^\s*[^\s/]`).FindAllString(string(b), -1))
		require.NotRegexp(t, `innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function`, string(b), name)
		for _, imported := range regexp.MustCompile(`from '\./([^']+)'`).FindAllStringSubmatch(string(b), -1) {
			require.FileExists(t, "site/"+imported[1])
		}
	}
	require.Less(t, lines, 750, "a small page")
}
