package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/jackc/pgx/v5"

	"agrovet/internal/platform/pg"
	"agrovet/internal/platform/pgserver"
	"agrovet/sql"
)

// house is what a run works with, all of it in one temporary directory.
type house struct {
	rounds    int
	dir       string
	binary    string           // the product, once it is built
	postgres  *pgserver.Server // durable, as the product runs its own
	secret    string           // the owner's password, from which those of the roles are derived
	community *community       // nil until it is needed
}

// open makes the house with a new PostgreSQL.
func open(ctx context.Context, rounds int) (_ *house, err error) {
	h := &house{rounds: rounds}
	if h.dir, err = os.MkdirTemp("", "agrovet-bench-"); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, h.close())
		}
	}()
	if err := os.Chmod(h.dir, 0o755); err != nil { // root's PostgreSQL runs as somebody else
		return nil, err
	}
	return h, h.startPostgres(ctx)
}

// compile builds the product as the Makefile does, if this has not been done, and not into bin,
// which others may be using.
func (h *house) compile(ctx context.Context) error {
	if h.binary != "" {
		return nil
	}
	binary := filepath.Join(h.dir, "agrovet")
	c := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", binary, "agrovet/cmd/agrovet")
	c.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("build agrovet: %w\n%s", err, out)
	}
	h.binary = binary
	return nil
}

// startPostgres starts a server with the settings of the product's own; lines of its log say whose
// statement they tell of (see statements.go).
func (h *house) startPostgres(ctx context.Context) (err error) {
	h.postgres, err = pgserver.Start(ctx, pgserver.Config{
		Dir: filepath.Join(h.dir, "postgres"), CacheDir: cacheDir(), AllowFetch: true, MaxConnections: 200,
		Settings: map[string]string{"log_line_prefix": linePrefix, "log_checkpoints": "off"},
		Log:      slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError})),
	})
	if err != nil {
		return err
	}
	owner, err := pgx.ParseConfig(h.postgres.DSN())
	if err == nil {
		h.secret = owner.Password
	}
	return err
}

// cacheDir keeps a fetched PostgreSQL beyond this run.
func cacheDir() string {
	if os.Geteuid() == 0 {
		return "/var/cache/agrovet"
	}
	return ""
}

// close ends everything and removes the directory.
func (h *house) close() error {
	h.community.close()
	if h.postgres != nil {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		_ = h.postgres.Stop(ctx) // its data goes with the directory
	}
	return os.RemoveAll(h.dir)
}

// serve starts the product on the house's database.
func (h *house) serve(ctx context.Context) (*process, error) { return h.serveOn(ctx, h.postgres.DSN()) }

// serveOn starts the product on a database, without limits on signing in and publishing.
func (h *house) serveOn(ctx context.Context, dsn string) (*process, error) {
	if err := h.compile(ctx); err != nil {
		return nil, err
	}
	address, err := freeAddress(ctx)
	if err != nil {
		return nil, err
	}
	p, err := launch(h.dir, h.binary, []string{"AGROVET_DATABASE_URL=" + dsn},
		"serve", "--listen", address, "--data-dir", filepath.Join(h.dir, "data"), "--log-level", "warn",
		"--auth-login-per-phone", "0", "--auth-login-per-address", "0", "--auth-register-per-address", "0", "--marketplace-newcomer-adds", "0", "--foro-newcomer-posts", "0", "--foro-newcomer-comments", "0", "--chat-messages", "0", "--chat-frames", "0")
	if err != nil {
		return nil, fmt.Errorf("start agrovet: %w", err)
	}
	p.address = address
	if err := p.awaitReady(ctx); err != nil {
		p.stop()
		return nil, fmt.Errorf("agrovet: %w", err)
	}
	return p, nil
}

// seed runs the product's command of that name on a database.
func (h *house) seed(ctx context.Context, dsn string, args ...string) error {
	if err := h.compile(ctx); err != nil {
		return err
	}
	c := exec.CommandContext(ctx, h.binary, append([]string{"seed", "--data-dir", filepath.Join(h.dir, "data"), "--log-level", "error"}, args...)...)
	c.Env = append(cleanEnvironment(), "AGROVET_DATABASE_URL="+dsn)
	if out, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("seed %v: %w\n%s", args, err, out)
	}
	return nil
}

// owner connects to the server as its superuser.
func (h *house) owner(ctx context.Context) (*pgx.Conn, error) {
	return pgx.Connect(ctx, h.postgres.DSN())
}

// asOwner executes statements as the superuser, each on its own.
func (h *house) asOwner(ctx context.Context, statements ...string) error {
	conn, err := h.owner(ctx)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	for _, s := range statements {
		if _, err := conn.Exec(ctx, s); err != nil {
			return fmt.Errorf("%s: %w", s, err)
		}
	}
	return nil
}

// newDatabase makes a database beside the product's and returns its owner's DSN.
func (h *house) newDatabase(ctx context.Context, name string) (string, error) {
	u, err := url.Parse(h.postgres.DSN())
	if err != nil {
		return "", err
	}
	u.Path = "/" + name
	return u.String(), h.asOwner(ctx, "create database "+pgx.Identifier{name}.Sanitize())
}

// schema makes a module's schema with platform's tables in the owner's database, and opens it.
func (h *house) schema(ctx context.Context, owner, name string) (*pg.DB, error) {
	if err := pg.EnsureRole(ctx, owner, name, h.secret); err != nil {
		return nil, err
	}
	dsn, err := pg.ModuleDSN(owner, name, h.secret)
	if err != nil {
		return nil, err
	}
	db, err := pg.Open(dsn, name, pg.Options{})
	if err != nil {
		return nil, err
	}
	steps := pg.Migrations{Schema: name, Platform: sql.Migrations("platform"), Module: sql.Migrations(name)}
	if err := steps.Migrate(ctx, db); err != nil {
		db.Close()
		return nil, err
	}
	return db, nil
}
