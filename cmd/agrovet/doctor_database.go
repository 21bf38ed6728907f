package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/jackc/pgx/v5"

	"agrovet/internal/platform/bus"
	"agrovet/internal/platform/pg"
	"agrovet/internal/platform/pgserver"
)

func examineDatabases(ctx context.Context, cfg Config) []finding {
	if cfg.Database.URL == "" && cfg.needsOwner() {
		if f, ready := examineOwnServer(cfg); !ready {
			return []finding{f}
		}
	}
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	db, err := connectDatabases(ctx, cfg, true)
	if err != nil {
		return []finding{{part: "database", wrong: true, says: err.Error(), advice: databaseAdvice(err)}}
	}
	defer db.close()
	var owner *pgx.Conn
	if db.owner != "" {
		if owner, err = pgx.Connect(ctx, db.owner); err != nil {
			return []finding{{part: "database", wrong: true, says: err.Error(), advice: databaseAdvice(err)}}
		}
		defer owner.Close(context.WithoutCancel(ctx))
	}
	return examineModules(ctx, cfg, db, owner)
}

// examineModules looks at each module's role and schema, and at the server of the first and of those with one of
// their own.
func examineModules(ctx context.Context, cfg Config, db *databases, owner *pgx.Conn) (all []finding) {
	asked := false
	for _, name := range cfg.hosted() {
		apart := cfg.module(name).DSN != ""
		var f finding
		well := false
		if apart {
			f, well = examineOwnRole(ctx, db.module[name])
		} else {
			f, well = examineMadeRole(ctx, owner, name)
		}
		if !well {
			all = append(all, f)
			continue
		}
		if !asked || apart {
			all = append(all, examineServer(ctx, db.module[name])...)
			asked = asked || !apart
		}
		all = append(all, examineSchema(ctx, name, db.module[name]))
	}
	return all
}

// fewConnections is how many of a server's connections may be left before the doctor warns: less than a process takes.
const fewConnections = 20

// examineServer looks at the server of a module's database.
func examineServer(ctx context.Context, db *pg.DB) []finding {
	f := finding{part: "database"}
	var version string
	var major, most, used int
	var now time.Time
	before := time.Now()
	err := db.Q(ctx).QueryRow(ctx, `select clock_timestamp(), current_setting('server_version'), current_setting('server_version_num')::int / 10000,
		current_setting('max_connections')::int, (select count(*) from pg_stat_activity where backend_type = 'client backend')`).
		Scan(&now, &version, &major, &most, &used)
	after := time.Now()
	if err != nil {
		f.wrong, f.says = true, err.Error()
		return []finding{f}
	}
	f.says = fmt.Sprintf("PostgreSQL %s answers; %d of %d connections are in use", version, used, most)
	switch {
	case major < pgserver.MinMajor:
		f.wrong, f.advice = true, fmt.Sprintf("move to PostgreSQL %d or newer", pgserver.MinMajor)
	case most-used < fewConnections:
		f.advice = "raise PostgreSQL's max_connections, or lower database.max-conns"
	}
	return []finding{f, examineClock("the database", before, now, after)}
}

// examineOwnServer looks at the built-in PostgreSQL before its first start, which the doctor leaves
// to serve.
func examineOwnServer(cfg Config) (finding, bool) {
	f := finding{part: "database"}
	if _, err := os.Stat(filepath.Join(cfg.DataDir, "postgres")); err == nil {
		return f, true
	}
	bin, err := pgserver.Find(cfg.Postgres.BinDir, cfg.Postgres.CacheDir, 0)
	switch {
	case err == nil:
		f.says = fmt.Sprintf("PostgreSQL %s of this machine will be used; its data is made at the first start", bin.Version)
	case cfg.Postgres.Fetch:
		f.says = "no PostgreSQL on this machine; the first start fetches one"
	default:
		f.wrong, f.says, f.advice = true, err.Error(), "install PostgreSQL, set postgres.bin-dir, or allow postgres.fetch"
	}
	return f, false
}

func databaseAdvice(err error) string {
	switch {
	case pg.SignInRefused(err):
		return "check user and password in database.url; the user must be allowed to create roles"
	case pg.Unavailable(err):
		return "start PostgreSQL, or correct host and port in database.url"
	}
	return "see the sentence above; the log of the built-in server is server.log in its directory"
}

func examineSchema(ctx context.Context, name string, db *pg.DB) finding {
	f := finding{part: name}
	status, err := migrations(name).Status(ctx, db)
	switch {
	case pg.SignInRefused(err):
		f.says, f.advice = "its role has another password than this configuration makes of that in database.url", "start agrovet, which sets it"
		return f
	case err != nil:
		f.wrong, f.says = true, err.Error()
		return f
	}
	for _, s := range status {
		switch {
		case s.Pending():
			f.says, f.advice = fmt.Sprintf("%d migrations are pending", len(s.PendingMigration)), "start agrovet, or run `agrovet migrate up`"
			return f
		case s.Current > s.Latest:
			f.wrong, f.says, f.advice = true, "the schema is newer than this agrovet", "run the newer agrovet again"
			return f
		}
	}
	f.says = "schema is current"
	return examineEvents(ctx, f, db)
}

// lateEvents is how long an event may wait for its destination before the doctor warns.
const lateEvents = 5 * time.Minute

// examineEvents looks at what a module's events wait for.
func examineEvents(ctx context.Context, f finding, db *pg.DB) finding {
	parked, err := bus.ListParked(ctx, db, bus.Filter{Limit: 1000})
	if err == nil && len(parked) > 0 {
		f.says = fmt.Sprintf("%d events or more cannot be handled; the first by %s: %s", len(parked), parked[0].Subscription, parked[0].LastError)
		f.advice = "see `agrovet events list`; what is mended is tried again by itself"
		return f
	}
	rejected, e := bus.ListRejected(ctx, db, bus.Filter{Limit: 1000})
	if err = errors.Join(err, e); err == nil && len(rejected) > 0 {
		f.says = fmt.Sprintf("%d messages on Kafka or more were no events; the first: %s", len(rejected), rejected[0].Reason)
		f.advice = "see `agrovet events rejected`: somebody else writes to agrovet's topics"
		return f
	}
	feeds, e := bus.Feeds(ctx, db)
	if err = errors.Join(err, e); err != nil {
		f.wrong, f.says = true, err.Error()
	}
	for _, feed := range feeds {
		if feed.Lag > lateEvents {
			f.says = fmt.Sprintf("%d events wait for %s, the first for %s", feed.Backlog, feed.Destination, feed.Lag.Round(time.Second))
			f.advice = "start agrovet, or what it tells of them: Kafka, or the database of that module"
		}
	}
	return f
}
