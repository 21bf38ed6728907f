// Package pg is the way to PostgreSQL: one [DB] per module, each with its own role and schema.
//
// A transaction travels in the context. [DB.Tx] begins one, or joins the one that the context
// already carries for this DB (as a savepoint); [DB.Q] is what queries run on, the transaction when
// there is one and the pool otherwise. So the code of a module reads the same inside and outside a
// transaction, and the HTTP layer can put a whole request into one (idempotency keys need that).
//
// roles.go makes roles and schemas, migrate.go brings them up to date.
package pg

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"strings"
	"time"

	"github.com/exaring/otelpgx"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/puddle/v2"
)

// Querier is what sqlc's generated code runs on: a pool or a transaction.
type Querier interface {
	Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error)
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
	SendBatch(ctx context.Context, b *pgx.Batch) pgx.BatchResults
	CopyFrom(ctx context.Context, table pgx.Identifier, columns []string, rows pgx.CopyFromSource) (int64, error)
}

// Options of a pool.
type Options struct {
	MaxConns         int           // defaults to 10
	StatementTimeout time.Duration // defaults to 30 s; the request's own deadline is usually shorter
	Trace            bool          // spans for every statement
}

// DB is a module's database: a pool of connections of the module's role, whose search_path is the
// module's schema alone.
type DB struct {
	Schema string
	pool   *pgxpool.Pool
}

// Open makes the pool of one module. It does not connect yet.
func Open(dsn, schema string, o Options) (*DB, error) {
	cfg, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		return nil, fmt.Errorf("database of %s: %w", schema, err)
	}
	if o.MaxConns == 0 {
		o.MaxConns = 10
	}
	if o.StatementTimeout == 0 {
		o.StatementTimeout = 30 * time.Second
	}
	cfg.MaxConns = int32(o.MaxConns)
	cfg.MaxConnIdleTime = 5 * time.Minute
	cfg.ConnConfig.RuntimeParams["search_path"] = schema
	cfg.ConnConfig.RuntimeParams["application_name"] = "agrovet/" + schema
	cfg.ConnConfig.RuntimeParams["statement_timeout"] = fmt.Sprint(o.StatementTimeout.Milliseconds())
	cfg.ConnConfig.RuntimeParams["idle_in_transaction_session_timeout"] = "60000"
	cfg.ConnConfig.RuntimeParams["timezone"] = "UTC"
	// Every query is written for its index, so planning it anew for each value only costs: half of the
	// server's time for small reads. A query whose best plan does depend on the value says so itself.
	cfg.ConnConfig.RuntimeParams["plan_cache_mode"] = "force_generic_plan"
	// Queries take milliseconds, so neither starting processes for one nor compiling it is ever worth it; the
	// planner, which knows no values, thinks so where tables are large.
	cfg.ConnConfig.RuntimeParams["max_parallel_workers_per_gather"] = "0"
	cfg.ConnConfig.RuntimeParams["jit"] = "off"
	if o.Trace {
		cfg.ConnConfig.Tracer = otelpgx.NewTracer()
	}
	pool, err := pgxpool.NewWithConfig(context.Background(), cfg)
	if err != nil {
		return nil, fmt.Errorf("database of %s: %w", schema, err)
	}
	return &DB{Schema: schema, pool: pool}, nil
}

// Close waits for the connections to come back and closes them.
func (db *DB) Close() { db.pool.Close() }

// Ping asks the server for a sign of life.
func (db *DB) Ping(ctx context.Context) error { return db.pool.Ping(ctx) }

// Stat tells how busy the pool is.
func (db *DB) Stat() *pgxpool.Stat { return db.pool.Stat() }

// Acquire takes a connection out of the pool, for session locks; the caller releases it.
func (db *DB) Acquire(ctx context.Context) (*pgxpool.Conn, error) { return db.pool.Acquire(ctx) }

// txState is the transaction that a context carries.
type txState struct {
	db           *DB
	tx           pgx.Tx
	beforeCommit []func(context.Context) error
	afterCommit  []func()
}

type txKey struct{ db *DB }

func (db *DB) state(ctx context.Context) *txState {
	s, _ := ctx.Value(txKey{db}).(*txState)
	return s
}

// Q is what queries run on: the context's transaction of this DB, else the pool.
func (db *DB) Q(ctx context.Context) Querier {
	if s := db.state(ctx); s != nil {
		return s.tx
	}
	return db.pool
}

// InTx says whether the context carries a transaction of this DB.
func (db *DB) InTx(ctx context.Context) bool { return db.state(ctx) != nil }

// txAttempts bounds how often a transaction that the server aborted to resolve a conflict
// (deadlock, serialisation failure) is run again.
const txAttempts = 4

// Tx runs fn in a transaction and commits when fn returns nil. Within a transaction of this DB it
// is a savepoint of that one. fn may be run several times (deadlocks), so its only effects must be
// on the database; what must happen after the commit goes to [DB.AfterCommit].
func (db *DB) Tx(ctx context.Context, fn func(ctx context.Context) error) error {
	if outer := db.state(ctx); outer != nil {
		return outer.nested(ctx, fn)
	}
	err := db.once(ctx, fn)
	for try := 1; try < txAttempts && Retryable(err) && pause(ctx, time.Duration(try)*20*time.Millisecond); try++ {
		err = db.once(ctx, fn)
	}
	return err
}

// pause waits for a random time up to d, so that those who met do not meet again; false when ctx
// ended meanwhile.
func pause(ctx context.Context, d time.Duration) bool {
	select {
	case <-time.After(rand.N(d)):
		return true
	case <-ctx.Done():
		return false
	}
}

func (db *DB) once(ctx context.Context, fn func(ctx context.Context) error) error {
	s := &txState{db: db}
	err := pgx.BeginFunc(ctx, db.pool, func(tx pgx.Tx) error {
		s.tx = tx
		ctx := context.WithValue(ctx, txKey{db}, s)
		if err := fn(ctx); err != nil {
			return err
		}
		for i := 0; i < len(s.beforeCommit); i++ { // one may ask for another
			if err := s.beforeCommit[i](ctx); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		for _, f := range s.afterCommit {
			f()
		}
	}
	return err
}

// nested runs fn in a savepoint. What fn asked to happen around the commit is kept only when the
// savepoint is.
func (s *txState) nested(ctx context.Context, fn func(ctx context.Context) error) error {
	inner := &txState{db: s.db}
	err := pgx.BeginFunc(ctx, s.tx, func(tx pgx.Tx) error {
		inner.tx = tx
		return fn(context.WithValue(ctx, txKey{s.db}, inner))
	})
	if err == nil {
		s.beforeCommit = append(s.beforeCommit, inner.beforeCommit...)
		s.afterCommit = append(s.afterCommit, inner.afterCommit...)
	}
	return err
}

// BeforeCommit has f run as the transaction's last act. It panics outside a transaction: that is a
// mistake in the program.
func (db *DB) BeforeCommit(ctx context.Context, f func(context.Context) error) {
	s := db.mustState(ctx)
	s.beforeCommit = append(s.beforeCommit, f)
}

// AfterCommit has f run once the transaction is committed, and never when it is not. Outside a
// transaction f runs at once.
func (db *DB) AfterCommit(ctx context.Context, f func()) {
	if s := db.state(ctx); s != nil {
		s.afterCommit = append(s.afterCommit, f)
		return
	}
	f()
}

// Outside is ctx without its transaction of this DB and without its end: for what is done after the commit.
func (db *DB) Outside(ctx context.Context) context.Context {
	return context.WithValue(context.WithoutCancel(ctx), txKey{db}, (*txState)(nil))
}

func (db *DB) mustState(ctx context.Context) *txState {
	s := db.state(ctx)
	if s == nil {
		panic("pg: no transaction of schema " + db.Schema + " in this context")
	}
	return s
}

// Retryable says that the server aborted the transaction for the sake of others, so that running it
// again can succeed (SQLSTATE 40001, 40P01).
func Retryable(err error) bool {
	var e *pgconn.PgError
	return errors.As(err, &e) && (e.Code == "40001" || e.Code == "40P01")
}

// Violates says whether err is the violation of the named constraint.
func Violates(err error, constraint string) bool {
	var e *pgconn.PgError
	return errors.As(err, &e) && e.ConstraintName == constraint
}

// TimedOut says that the server gave up a statement that took too long (SQLSTATE 57014).
func TimedOut(err error) bool {
	var e *pgconn.PgError
	return errors.As(err, &e) && e.Code == "57014"
}

// Unstorable says that the server cannot hold a value, such as JSON with a NUL in it (SQLSTATE classes 22
// and 54).
func Unstorable(err error) bool {
	var e *pgconn.PgError
	return errors.As(err, &e) && (strings.HasPrefix(e.Code, "22") || strings.HasPrefix(e.Code, "54"))
}

// Unavailable says that the server could not be reached, broke off or is going away, so that the
// request may succeed later, rather than that the statement was wrong.
func Unavailable(err error) bool {
	var connect *pgconn.ConnectError
	var e *pgconn.PgError
	var network net.Error
	switch {
	case errors.As(err, &connect):
		return true
	case errors.As(err, &e):
		class := e.Code[:min(2, len(e.Code))]
		return class == "08" || class == "53" || class == "57" && !TimedOut(err)
	}
	return errors.As(err, &network) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, pgconn.ErrConnClosed) ||
		errors.Is(err, puddle.ErrClosedPool) // this process is ending
}
