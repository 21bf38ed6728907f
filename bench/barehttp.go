package main

import (
	"context"
	"errors"
	"net"
	"net/http"
	"os"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"agrovet/internal/platform/pg"
)

// databaseVariable has the owner's DSN for bare http.
const databaseVariable = "BENCH_DATABASE_URL"

// peer is what a lean program for the same answers would be: net/http, encoding/json, pgx, and the
// product's statements.
type peer struct {
	pools   map[string]*pgxpool.Pool // by schema; as many connections as the product has
	hashing chan struct{}            // as many hashes at once
	files   string                   // the directory of the product's files
	replays replays
}

// bareHTTP serves until ctx ends.
func bareHTTP(ctx context.Context, listen, files string, workers int) error {
	p := &peer{pools: map[string]*pgxpool.Pool{}, hashing: make(chan struct{}, workers), files: files, replays: replays{of: map[string]taught{}}}
	for _, schema := range []string{"auth", "profiles", "media", "marketplace", "foro"} {
		pool, err := openBare(ctx, schema)
		if err != nil {
			return err
		}
		defer pool.Close()
		p.pools[schema] = pool
	}
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", listen)
	if err != nil {
		return err
	}
	server := &http.Server{Handler: p.handler(), ReadHeaderTimeout: 10 * time.Second}
	context.AfterFunc(ctx, func() { _ = server.Close() }) // nothing is worth waiting for
	if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// openBare opens a pool like that of the product's module, of the same role.
func openBare(ctx context.Context, schema string) (*pgxpool.Pool, error) {
	owner, err := pgx.ParseConfig(os.Getenv(databaseVariable))
	if err != nil {
		return nil, err
	}
	dsn, err := pg.ModuleDSN(os.Getenv(databaseVariable), schema, owner.Password)
	if err != nil {
		return nil, err
	}
	cfg, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		return nil, err
	}
	cfg.MaxConns = 10
	cfg.ConnConfig.RuntimeParams["search_path"] = schema
	cfg.ConnConfig.RuntimeParams["application_name"] = "bare/" + schema
	return pgxpool.NewWithConfig(ctx, cfg)
}

func (p *peer) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /health/", func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Length", "0") })
	mux.HandleFunc("GET "+usersPath+"{id}/", p.user)
	mux.HandleFunc("GET "+usersPath+"{$}", p.page)
	mux.HandleFunc("POST "+registerPath, p.register)
	mux.HandleFunc("GET "+mediaPath+"{$}", p.objects)
	mux.HandleFunc("PUT "+replayPath, p.learn)
	mux.HandleFunc(apiAdds, p.replay)
	mux.HandleFunc(apiForo, p.replay)
	mux.Handle("GET /media/", http.StripPrefix("/media/", http.FileServer(http.Dir(p.files))))
	return mux
}

// barePage is a page of a list.
type barePage[T any] struct {
	Count    *int64  `json:"count"`
	Next     *string `json:"next"`
	Previous *string `json:"previous"`
	Results  []T     `json:"results"`
}

// reply writes an answer, or that it failed.
func reply(w http.ResponseWriter, status int, body []byte, err error) {
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body) // the reader is gone otherwise
}
