// Package standin stands in for the original: its REST contract, in what its clients mainly use, on its own tables
// (originaltest's schema.sql) in one PostgreSQL database. Its six services answer on one port, told apart by path. It is
// as naive as the original was: no keys against repeats, no limits, no events, names of others not looked up.
//
// Services ask the auth service about tokens by HTTP, as the original's do, so they follow it when it moves.
package standin

import (
	"context"
	"net/http"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
)

// Config says what it stands on.
type Config struct {
	DSN   string // the original's tables
	Auth  string // where services ask about tokens: http://host:port, also when auth is no longer the original's
	Files string // directory of uploads
}

// Server is the six services.
type Server struct {
	Config
	pool *pgxpool.Pool
	http *http.Client
	mux  *http.ServeMux
}

// New opens the database.
func New(ctx context.Context, c Config) (*Server, error) {
	pool, err := pgxpool.New(ctx, c.DSN)
	if err != nil {
		return nil, err
	}
	s := &Server{Config: c, pool: pool, mux: http.NewServeMux(),
		http: &http.Client{Timeout: 20 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 20}}}
	s.mux.HandleFunc("GET /health/{$}", func(w http.ResponseWriter, _ *http.Request) {
		write(w, http.StatusOK, object{"status": "ok", "service": "microservice"})
	})
	for _, routes := range []map[string]handler{authRoutes, profileRoutes(), marketRoutes, chatRoutes, foroRoutes, mediaRoutes} {
		for pattern, h := range routes {
			s.mux.HandleFunc(pattern+"{$}", s.serve(h))
		}
	}
	s.mux.Handle("GET /media/", http.StripPrefix("/media/", http.FileServer(http.Dir(c.Files))))
	return s, nil
}

// Close ends connections.
func (s *Server) Close() { s.pool.Close() }

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.mux.ServeHTTP(w, r) }
