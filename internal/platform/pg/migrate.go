package pg

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"
	"github.com/pressly/goose/v3/lock"
)

// Migrations are the embedded steps of one schema: platform's tables (outbox, inbox, idempotency
// keys) first, the module's own after them, each with a version table of its own.
type Migrations struct {
	Schema   string
	Platform fs.FS
	Module   fs.FS
}

const (
	platformVersions = "platform_version"
	moduleVersions   = "module_version"
)

// Status is how far one set of migrations is.
type Status struct {
	Schema, Set      string // Set is "platform" or "module"
	Current, Latest  int64
	PendingMigration []string
}

// Pending says whether migrations wait.
func (s Status) Pending() bool { return s.Current < s.Latest }

// ErrSchemaNewer says that the database was migrated by a newer agrovet.
var ErrSchemaNewer = errors.New("the database was migrated by a newer agrovet")

// Migrate brings the schema up to date. It is safe when several processes start together: they
// wait for each other on a session lock. A database that is current costs one query.
//
// Errors: ErrSchemaNewer.
func (m Migrations) Migrate(ctx context.Context, db *DB) error {
	status, err := m.Status(ctx, db)
	if err != nil {
		return err
	}
	for _, s := range status {
		if s.Current > s.Latest {
			return fmt.Errorf("%w: schema %s is at version %d of %s, this agrovet knows %d",
				ErrSchemaNewer, s.Schema, s.Current, s.Set, s.Latest)
		}
		if !s.Pending() {
			continue
		}
		if err := m.up(ctx, db.pool, s.Set, s.Latest); err != nil {
			return fmt.Errorf("migrate schema %s (%s): %w", s.Schema, s.Set, err)
		}
	}
	return nil
}

// MigrateEmpty brings a schema that has no rows to the given versions, by set ("platform", "module"), for rows
// that were written at these. One that is already behind them is made anew, whatever is in it.
//
// Errors: ErrVersionUnknown.
func (m Migrations) MigrateEmpty(ctx context.Context, db *DB, versions map[string]int64) error {
	status, err := m.Status(ctx, db)
	if err != nil {
		return err
	}
	behind := false
	for _, s := range status {
		if versions[s.Set] > s.Latest {
			return fmt.Errorf("%w: schema %s, version %d of %s", ErrVersionUnknown, s.Schema, versions[s.Set], s.Set)
		}
		behind = behind || s.Current > versions[s.Set]
	}
	if behind {
		name := pgx.Identifier{m.Schema}.Sanitize()
		if _, err := db.pool.Exec(ctx, "drop schema "+name+" cascade; create schema "+name); err != nil {
			return fmt.Errorf("make schema %s anew: %w", m.Schema, err)
		}
	}
	for _, s := range status {
		if versions[s.Set] == 0 {
			continue // a module without migrations
		}
		if err := m.up(ctx, db.pool, s.Set, versions[s.Set]); err != nil {
			return fmt.Errorf("migrate schema %s (%s): %w", s.Schema, s.Set, err)
		}
	}
	return nil
}

// ErrVersionUnknown says that rows were written at a version that this agrovet does not have.
var ErrVersionUnknown = errors.New("a version that this agrovet does not know")

// Status tells how far the schema is, without changing anything.
func (m Migrations) Status(ctx context.Context, db *DB) ([]Status, error) {
	var all []Status
	for _, set := range []string{"platform", "module"} {
		s := Status{Schema: m.Schema, Set: set}
		sources, err := m.sources(set)
		if err != nil {
			return nil, err
		}
		if s.Current, err = version(ctx, db.pool, m.table(set)); err != nil {
			return nil, fmt.Errorf("schema %s: %w", m.Schema, err)
		}
		for _, src := range sources {
			s.Latest = max(s.Latest, src.Version)
			if src.Version > s.Current {
				s.PendingMigration = append(s.PendingMigration, src.Path)
			}
		}
		all = append(all, s)
	}
	return all, nil
}

// Latest is the highest version of a set, "platform" or "module", that this agrovet knows; -1 when it cannot read them.
func (m Migrations) Latest(set string) int64 {
	sources, err := m.sources(set)
	if err != nil {
		return -1 // embedded files can be read
	}
	latest := int64(0)
	for _, src := range sources {
		latest = max(latest, src.Version)
	}
	return latest
}

func version(ctx context.Context, q Querier, table string) (v int64, err error) {
	err = q.QueryRow(ctx, "select coalesce(max(version_id), 0) from "+table).Scan(&v)
	var e *pgconn.PgError
	if errors.As(err, &e) && e.Code == "42P01" { // the table is not there yet
		return 0, nil
	}
	return v, err
}

// table is the version table's name. It is not quoted: goose looks for it by the parts of its name
// as they stand. Schemas are named by modules, so they need no quotes.
func (m Migrations) table(set string) string {
	name := moduleVersions
	if set == "platform" {
		name = platformVersions
	}
	return m.Schema + "." + name
}

func (m Migrations) fs(set string) fs.FS {
	if set == "platform" {
		return m.Platform
	}
	return m.Module
}

// sources lists the steps of a set without touching a database. A set may be empty.
func (m Migrations) sources(set string) ([]*goose.Source, error) {
	p, err := m.provider(&sql.DB{}, set)
	if errors.Is(err, goose.ErrNoMigrations) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return p.ListSources(), nil
}

func (m Migrations) provider(db *sql.DB, set string, opts ...goose.ProviderOption) (*goose.Provider, error) {
	store, err := database.NewStore(database.DialectPostgres, m.table(set))
	if err != nil {
		return nil, err
	}
	opts = append(opts, goose.WithStore(store), goose.WithDisableGlobalRegistry(true))
	return goose.NewProvider("", db, m.fs(set), opts...)
}

func (m Migrations) up(ctx context.Context, pool *pgxpool.Pool, set string, to int64) error {
	// Waiting for another process: 1 s between tries, 10 minutes at most.
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 600))
	if err != nil {
		return err
	}
	cfg := pool.Config().ConnConfig
	cfg.RuntimeParams["statement_timeout"] = "0" // an index on a large table takes its time
	db := stdlib.OpenDB(*cfg)
	defer db.Close()
	p, err := m.provider(db, set, goose.WithSessionLocker(locker))
	if err != nil {
		return err
	}
	_, err = p.UpTo(ctx, to)
	return err
}
