package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"

	"agrovet/internal/platform/pg"
	"agrovet/internal/platform/pgserver"
	"agrovet/sql"
)

// databases are the hosted modules' databases and, in the default installation, the server that
// this process runs for them.
type databases struct {
	server *pgserver.Server // nil when PostgreSQL is somebody else's
	owner  string           // DSN that may create roles; empty when every module has its own
	module map[string]*pg.DB
}

// openDatabases connects the databases, and has every module able to sign in and its schema current.
func openDatabases(ctx context.Context, cfg Config, beside bool) (*databases, error) {
	d, err := connectDatabases(ctx, cfg, beside)
	if err != nil {
		return nil, err
	}
	if err := d.prepare(ctx, cfg); err != nil {
		d.close()
		return nil, err
	}
	return d, nil
}

// connectDatabases starts PostgreSQL when none is configured, and opens each hosted module's database, which changes
// nothing in them. With beside, a server that another agrovet runs in the data directory is used instead.
func connectDatabases(ctx context.Context, cfg Config, beside bool) (_ *databases, err error) {
	d := &databases{owner: cfg.Database.URL, module: map[string]*pg.DB{}}
	defer func() {
		if err != nil {
			d.close()
		}
	}()
	if d.owner == "" && cfg.needsOwner() {
		if err = d.startPostgres(ctx, cfg, beside); err != nil {
			return nil, err
		}
	}
	secret, err := roleSecret(cfg, d.owner)
	if err != nil {
		return nil, err
	}
	for _, name := range cfg.hosted() {
		dsn := cfg.module(name).DSN
		if dsn == "" {
			if dsn, err = pg.ModuleDSN(d.owner, name, secret); err != nil {
				return nil, err
			}
		}
		options := pg.Options{MaxConns: cfg.Database.MaxConns, Trace: cfg.Tracing.Endpoint != ""}
		if d.module[name], err = pg.Open(dsn, name, options); err != nil {
			return nil, err
		}
	}
	return d, nil
}

// prepare makes sure that every module can sign in and that its schema is current.
func (d *databases) prepare(ctx context.Context, cfg Config) error {
	secret, err := roleSecret(cfg, d.owner)
	if err != nil {
		return err
	}
	g, ctx := errgroup.WithContext(ctx)
	for name, db := range d.module {
		g.Go(func() error {
			err := ready(ctx, cfg, db)
			if err == nil || errors.Is(err, pg.ErrSchemaNewer) || cfg.module(name).DSN != "" || ctx.Err() != nil {
				return err
			}
			// The first start on this database, or the owner's password is a new one.
			if made := pg.EnsureRole(ctx, d.owner, name, secret); made != nil {
				return errors.Join(made, err)
			}
			return ready(ctx, cfg, db)
		})
	}
	return g.Wait()
}

// ensureRoles lets every module sign in and have its schema, also where its role is known from another database of the
// server and needs no more to connect to this one.
func (d *databases) ensureRoles(ctx context.Context, cfg Config) error {
	secret, err := roleSecret(cfg, d.owner)
	if err != nil {
		return err
	}
	for name := range d.module {
		if cfg.module(name).DSN != "" {
			continue
		}
		if err := pg.EnsureRole(ctx, d.owner, name, secret); err != nil {
			return err
		}
	}
	return nil
}

func ready(ctx context.Context, cfg Config, db *pg.DB) error {
	if cfg.Database.Migrate {
		return migrations(db.Schema).Migrate(ctx, db)
	}
	status, err := migrations(db.Schema).Status(ctx, db)
	if err != nil {
		return err
	}
	for _, s := range status {
		if s.Pending() {
			slog.Warn("migrations are pending and database.migrate is off: run `agrovet migrate up`", "schema", s.Schema, "set", s.Set)
		}
	}
	return nil
}

func migrations(module string) pg.Migrations {
	return pg.Migrations{Schema: module, Platform: sql.Migrations("platform"), Module: sql.Migrations(module)}
}

func (d *databases) startPostgres(ctx context.Context, cfg Config, beside bool) (err error) {
	dir := filepath.Join(cfg.DataDir, "postgres")
	d.server, err = pgserver.Start(ctx, pgserver.Config{
		Dir:            dir,
		BinDir:         cfg.Postgres.BinDir,
		CacheDir:       cfg.Postgres.CacheDir,
		AllowFetch:     cfg.Postgres.Fetch,
		MaxConnections: 2*len(moduleNames)*cfg.Database.MaxConns + 40, // pools of serve and of a tool beside it, leaders
	})
	switch {
	case err == nil:
		d.owner = d.server.DSN()
	case beside && errors.Is(err, pgserver.ErrInUse):
		d.owner, err = pgserver.Attach(dir)
	}
	return err
}

// roleSecret is what the module roles' passwords are derived from: the owner's password, which all
// replicas share; without one, a secret of this installation, kept in the data directory.
func roleSecret(cfg Config, owner string) (string, error) {
	if owner == "" {
		return "", nil // every module has a DSN of its own
	}
	parsed, err := pgx.ParseConfig(owner)
	if err != nil {
		return "", fmt.Errorf("database.url: %w", err)
	}
	if parsed.Password != "" {
		return parsed.Password, nil
	}
	return installationSecret(filepath.Join(cfg.DataDir, "secret"))
}

func installationSecret(path string) (string, error) {
	if b, err := os.ReadFile(path); err == nil {
		return strings.TrimSpace(string(b)), nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return "", fmt.Errorf("data-dir: %w", err)
	}
	var random [32]byte
	_, _ = rand.Read(random[:]) // never fails
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return "", fmt.Errorf("data-dir: %w", err)
	}
	secret := hex.EncodeToString(random[:])
	_, err = f.WriteString(secret + "\n")
	return secret, errors.Join(err, f.Close())
}

// close ends the pools, then the server: nothing may use the database any more.
func (d *databases) close() {
	for _, db := range d.module {
		db.Close()
	}
	if d.server == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	if err := d.server.Stop(ctx); err != nil {
		slog.Error("PostgreSQL did not stop cleanly", "error", err)
	}
}

// hosted are the modules of this process, in order.
func (c Config) hosted() []string {
	var names []string
	for _, m := range moduleNames {
		if c.Hosts(m) {
			names = append(names, m)
		}
	}
	return names
}

// needsOwner says whether a hosted module has no database of its own.
func (c Config) needsOwner() bool {
	for _, m := range c.hosted() {
		if c.module(m).DSN == "" {
			return true
		}
	}
	return false
}
