package httpx

import (
	"compress/gzip"
	"context"
	"io"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// texts is a server whose GET /text/{n}/ answers with n letters.
func texts(t testing.TB) *Server {
	s := newServer(t)
	r := s.Module("text", nil)
	type in struct {
		N int `path:"n"`
	}
	type own struct {
		ETag  string `header:"ETag"`
		Cache string `header:"Cache-Control"`
		Body  string
	}
	Handle(r, Route{Method: "GET", Path: "/text/{n}/", ID: "text.get", Access: Anyone},
		func(_ context.Context, in *in) (*Body[string], error) { return OK(strings.Repeat("x", in.N)), nil })
	Handle(r, Route{Method: "POST", Path: "/text/{n}/", ID: "text.post", Access: Anyone},
		func(_ context.Context, in *in) (*Body[string], error) { return OK(strings.Repeat("x", in.N)), nil })
	Handle(r, Route{Method: "GET", Path: "/own/", ID: "own.get", Access: Anyone},
		func(context.Context, *struct{}) (*own, error) { return &own{`"v7"`, "public, max-age=60", "own"}, nil })
	return s
}

func TestReadsAreRevalidatedNotSentAgain(t *testing.T) {
	t.Parallel()
	s := texts(t)
	first := get("/text/600/").as("ana").to(t, s)
	etag := first.header.Get("ETag")
	require.Regexp(t, `^W/"[\w-]{20}"$`, etag)
	require.Equal(t, "private, no-cache", first.header.Get("Cache-Control"))
	vary := strings.Join(first.header.Values("Vary"), ", ")
	for _, h := range []string{"Authorization", "Accept-Language", "Accept-Encoding"} {
		require.Contains(t, vary, h)
	}
	for _, condition := range []string{etag, "*", `"other", ` + etag, strings.TrimPrefix(etag, "W/")} {
		again := get("/text/600/").as("ana").with("If-None-Match", condition).with("Accept-Encoding", "gzip").to(t, s)
		again.is(304, "")
		require.Equal(t, etag, again.header.Get("ETag"))
		require.Equal(t, "private, no-cache", again.header.Get("Cache-Control"))
		require.Empty(t, again.header.Get("Content-Encoding")+again.header.Get("Content-Type")+again.header.Get("Content-Length"))
	}
	require.Equal(t, 200, get("/text/600/").with("If-None-Match", `W/"other"`).to(t, s).status)
	other := get("/text/601/").to(t, s)
	require.NotEqual(t, etag, other.header.Get("ETag"))
	require.Equal(t, "no-cache", other.header.Get("Cache-Control"))
}

func TestHandlersMayKnowBetter(t *testing.T) {
	t.Parallel()
	s := texts(t)
	got := get("/own/").to(t, s).is(200, `"own"`)
	require.Equal(t, []string{"public, max-age=60"}, got.header.Values("Cache-Control"))
	require.Equal(t, []string{`"v7"`}, got.header.Values("ETag"))
	get("/own/").with("If-None-Match", `"v7"`).to(t, s).is(304, "")
}

func TestWritesAndErrorsAreNotKept(t *testing.T) {
	t.Parallel()
	s := texts(t)
	for _, got := range []answered{post("/text/5/", "").to(t, s), get("/text/x/").to(t, s)} {
		require.Equal(t, "no-store", got.header.Get("Cache-Control"))
		require.Empty(t, got.header.Get("ETag"))
	}
	require.Equal(t, 200, post("/text/5/", "").with("If-None-Match", "*").to(t, s).status)
}

func TestAnswersAreJSONWhateverIsAskedFor(t *testing.T) {
	t.Parallel()
	s := texts(t)
	for _, accept := range []string{"", "*/*", "text/html,*/*;q=0.8", "application/xml", "json", "application/cbor", "nonsense;;"} {
		for path, status := range map[string]int{"/text/5/": 200, "/text/x/": 404} {
			got := get(path).with("Accept", accept).to(t, s)
			require.Equal(t, status, got.status)
			require.Equal(t, "application/json", got.header.Get("Content-Type"), accept)
		}
	}
}

func TestCompression(t *testing.T) {
	t.Parallel()
	s := texts(t)
	plain := `"` + strings.Repeat("x", 600) + "\"\n"
	for _, accept := range []string{"gzip", "br, gzip;q=0.5", "*"} {
		for _, one := range []call{get("/text/600/"), post("/text/600/", "")} {
			got := one.with("Accept-Encoding", accept).to(t, s)
			require.Equal(t, "gzip", got.header.Get("Content-Encoding"), accept)
			require.Less(t, len(got.body), 100)
			require.Equal(t, plain, unzip(t, got.body))
		}
	}
	for _, accept := range []string{"", "br", "gzip;q=0", "identity"} {
		got := get("/text/600/").with("Accept-Encoding", accept).to(t, s)
		require.Equal(t, plain, got.body)
		require.Equal(t, strconv.Itoa(len(plain)), got.header.Get("Content-Length"))
	}
	small := get("/text/10/").with("Accept-Encoding", "gzip").to(t, s)
	require.Empty(t, small.header.Get("Content-Encoding"), "not worth it")
}

func unzip(t testing.TB, body string) string {
	z, err := gzip.NewReader(strings.NewReader(body))
	require.NoError(t, err)
	b, err := io.ReadAll(z)
	require.NoError(t, err)
	return string(b)
}
