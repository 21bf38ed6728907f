package fleet

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"agrovet/internal/platform/pgserver"
	"agrovet/internal/platform/sources"
)

// database is the fleet's PostgreSQL, which is a process of pgserver's and can be started again.
type database struct {
	config pgserver.Config
	server *pgserver.Server
}

// Postgres starts PostgreSQL in the directory of the fleet and returns the address of its owner. A server that this
// machine does not have is kept in cacheDir; empty: where pgserver keeps it.
func (f *Fleet) Postgres(ctx context.Context, connections int, cacheDir string) (dsn string, err error) {
	db := &database{config: pgserver.Config{Dir: filepath.Join(f.Dir, "postgres"), CacheDir: cacheDir, AllowFetch: true, MaxConnections: connections}}
	if db.server, err = pgserver.Start(ctx, db.config); err != nil {
		return "", fmt.Errorf("postgres: %w", err)
	}
	f.postgres = db
	f.OnClose(func() error { return db.server.Stop(context.WithoutCancel(ctx)) })
	return db.server.DSN(), nil
}

// StopPostgres ends it as an operator's restart does: sessions are cut, and what is committed is written.
func (f *Fleet) StopPostgres(ctx context.Context) error { return f.postgres.server.Stop(ctx) }

// RestartPostgres starts it again after it was stopped, at the same address.
func (f *Fleet) RestartPostgres(ctx context.Context) error {
	was := f.postgres.server.DSN()
	s, err := pgserver.Start(ctx, f.postgres.config)
	if err != nil {
		return fmt.Errorf("postgres: %w", err)
	}
	f.postgres.server = s
	if s.DSN() != was {
		return errors.New("postgres: it has come back at another address")
	}
	return nil
}

// Redis starts a redis-server on a port of this machine and returns its address.
func (f *Fleet) Redis(ctx context.Context, port int) (url string, err error) {
	path, err := sources.Found(ctx, "redis")
	if err != nil {
		return "", err
	}
	dir := filepath.Join(f.Dir, "redis")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	address := fmt.Sprintf("127.0.0.1:%d", port)
	return "redis://" + address + "/0", f.Start(ctx, Spec{Name: "redis", Path: path, Ready: listens(address),
		Args: []string{"--bind", "127.0.0.1", "--port", strconv.Itoa(port), "--dir", dir, "--save", "", "--appendonly", "no"}})
}
