package httpx

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"
)

// nothing takes an answer and forgets it.
type nothing struct {
	header http.Header
	status int
}

func (n *nothing) Header() http.Header         { return n.header }
func (n *nothing) Write(b []byte) (int, error) { return len(b), nil }
func (n *nothing) WriteHeader(status int)      { n.status = status }

func benchmark(b *testing.B, h http.Handler, c call, status int) {
	r := c.request(b.Context())
	b.ReportAllocs()
	for b.Loop() {
		w := &nothing{header: http.Header{}}
		h.ServeHTTP(w, r.WithContext(r.Context()))
		require.Equal(b, status, w.status)
	}
}

func benchServer(b *testing.B) *Server {
	s := newServer(b)
	type in struct {
		ID int64 `path:"id"`
	}
	Handle(s.Module("bench", nil), Route{Method: "GET", Path: "/bench/{id}/", ID: "bench", Access: Anyone},
		func(context.Context, *in) (*Body[animal], error) {
			return OK(animal{Name: "Lola", Tags: []string{}}), nil
		})
	return s
}

func BenchmarkBare(b *testing.B) {
	h := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusOK)
		_ = json.NewEncoder(w).Encode(animal{Name: "Lola", Tags: []string{}})
	})
	benchmark(b, h, get("/bench/1/"), 200)
}

func BenchmarkAnonymous(b *testing.B) {
	benchmark(b, benchServer(b).Handler(), get("/bench/1/"), 200)
}

func BenchmarkSignedIn(b *testing.B) {
	benchmark(b, benchServer(b).Handler(), get("/bench/1/").as("ana").with("Accept-Encoding", "gzip, br").
		with("Accept-Language", "es-BO,es;q=0.9").with("Accept", "application/json"), 200)
}

func BenchmarkLogged(b *testing.B) {
	old := slog.Default()
	defer slog.SetDefault(old)
	slog.SetDefault(slog.New(slog.NewJSONHandler(discardWriter{}, nil)))
	benchmark(b, benchServer(b).Handler(), get("/bench/1/").as("ana"), 200)
}

type discardWriter struct{}

func (discardWriter) Write(b []byte) (int, error) { return len(b), nil }
