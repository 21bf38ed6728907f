package pg_test

import (
	"context"
	"errors"
	"io"
	"net"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"agrovet/internal/platform/pg"
	"agrovet/internal/platform/pgtest"
)

// TestMain finds goroutines that stay behind. The PostgreSQL of pgtest ends with this process.
func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.IgnoreAnyFunction("agrovet/internal/platform/pgserver.(*Server).launch.func1"))
}

const secret = "a secret"

// room is a module's database with one table, n.
func room(t testing.TB, conns int) *pg.DB {
	t.Helper()
	owner := pgtest.Database(t)
	db := module(t, owner, "room", pg.Options{MaxConns: conns})
	exec(t, db, "create table n (v int primary key)")
	return db
}

// module makes a module's role in the database and opens it.
func module(t testing.TB, owner, schema string, o pg.Options) *pg.DB {
	t.Helper()
	require.NoError(t, pg.EnsureRole(t.Context(), owner, schema, secret))
	dsn, err := pg.ModuleDSN(owner, schema, secret)
	require.NoError(t, err)
	db, err := pg.Open(dsn, schema, o)
	require.NoError(t, err)
	t.Cleanup(db.Close)
	return db
}

func exec(t testing.TB, db *pg.DB, sql string, args ...any) {
	t.Helper()
	_, err := db.Q(context.Background()).Exec(context.Background(), sql, args...)
	require.NoError(t, err)
}

func insert(db *pg.DB, v int) func(context.Context) error {
	return func(ctx context.Context) error {
		_, err := db.Q(ctx).Exec(ctx, "insert into n values ($1)", v)
		return err
	}
}

func values(t testing.TB, db *pg.DB) []int {
	t.Helper()
	rows, _ := db.Q(t.Context()).Query(t.Context(), "select v from n order by v")
	list, err := pgx.CollectRows(rows, pgx.RowTo[int])
	require.NoError(t, err)
	return list
}

var errNo = errors.New("no")

func TestTx(t *testing.T) {
	t.Parallel()
	db := room(t, 2)
	ctx := t.Context()
	require.False(t, db.InTx(ctx))
	require.NoError(t, db.Tx(ctx, func(ctx context.Context) error {
		require.True(t, db.InTx(ctx))
		require.NoError(t, insert(db, 1)(ctx))
		require.Empty(t, values(t, db), "not seen outside before the commit")
		return nil
	}))
	require.ErrorIs(t, db.Tx(ctx, func(ctx context.Context) error { return errors.Join(insert(db, 2)(ctx), errNo) }), errNo)
	require.Panics(t, func() {
		_ = db.Tx(ctx, func(ctx context.Context) error { _ = insert(db, 3)(ctx); panic("x") })
	})
	require.Equal(t, []int{1}, values(t, db))
	require.EqualValues(t, 0, db.Stat().AcquiredConns(), "nothing is held after a panic")
}

func TestSavepoints(t *testing.T) {
	t.Parallel()
	db := room(t, 2)
	require.NoError(t, db.Tx(t.Context(), func(ctx context.Context) error {
		require.NoError(t, insert(db, 1)(ctx))
		require.ErrorIs(t, db.Tx(ctx, func(ctx context.Context) error {
			require.NoError(t, insert(db, 2)(ctx))
			require.NoError(t, db.Tx(ctx, insert(db, 3)))
			return errNo
		}), errNo)
		require.Error(t, db.Tx(ctx, insert(db, 1)), "a failed statement ends the savepoint, not the transaction")
		return db.Tx(ctx, insert(db, 4))
	}))
	require.Equal(t, []int{1, 4}, values(t, db))
}

func TestTwoDatabasesDoNotShareATransaction(t *testing.T) {
	t.Parallel()
	a, b := room(t, 2), room(t, 2)
	require.ErrorIs(t, a.Tx(t.Context(), func(ctx context.Context) error {
		require.False(t, b.InTx(ctx))
		return errors.Join(insert(a, 1)(ctx), insert(b, 1)(ctx), errNo)
	}), errNo)
	require.Empty(t, values(t, a))
	require.Equal(t, []int{1}, values(t, b))
}

func TestHooksRunInOrderAndOnlyForWhatStays(t *testing.T) {
	t.Parallel()
	db := room(t, 2)
	var ran []string
	note := func(s string) func() { return func() { ran = append(ran, s) } }
	before := func(s string) func(context.Context) error {
		return func(ctx context.Context) error { note(s)(); return insert(db, len(ran))(ctx) }
	}
	hooks := func(ctx context.Context, s string) {
		db.BeforeCommit(ctx, before("before "+s))
		db.AfterCommit(ctx, note("after "+s))
	}
	require.NoError(t, db.Tx(t.Context(), func(ctx context.Context) error {
		hooks(ctx, "1")
		_ = db.Tx(ctx, func(ctx context.Context) error { hooks(ctx, "rolled back"); return errNo })
		require.NoError(t, db.Tx(ctx, func(ctx context.Context) error { hooks(ctx, "2"); return nil }))
		db.BeforeCommit(ctx, func(ctx context.Context) error { db.BeforeCommit(ctx, before("late")); return nil })
		note("body")()
		return nil
	}))
	require.Equal(t, []string{"body", "before 1", "before 2", "late", "after 1", "after 2"}, ran)
	require.Equal(t, []int{2, 3, 4}, values(t, db), "what hooks write before the commit is part of it")

	ran = nil
	require.ErrorIs(t, db.Tx(t.Context(), func(ctx context.Context) error {
		db.AfterCommit(ctx, note("after"))
		db.BeforeCommit(ctx, func(context.Context) error { return errNo })
		return insert(db, 9)(ctx)
	}), errNo)
	require.Empty(t, ran)
	require.NotContains(t, values(t, db), 9)
	db.AfterCommit(t.Context(), note("at once"))
	require.Equal(t, []string{"at once"}, ran)
	require.Panics(t, func() { db.BeforeCommit(t.Context(), before("x")) })
}

// Two transactions that lock two rows in opposite order: the server aborts one, which runs again.
func TestADeadlockIsRunAgain(t *testing.T) {
	t.Parallel()
	db := room(t, 4)
	exec(t, db, "create table account (id int primary key, amount int not null default 0)")
	exec(t, db, "insert into account values (1), (2)")
	var wg, first sync.WaitGroup
	first.Add(2)
	tries := make([]int, 2)
	failed := make([]error, 2)
	for i, ids := range [][]int{{1, 2}, {2, 1}} {
		wg.Go(func() {
			failed[i] = db.Tx(t.Context(), func(ctx context.Context) error {
				tries[i]++
				for k, id := range ids {
					if _, err := db.Q(ctx).Exec(ctx, "update account set amount = amount + 1 where id = $1", id); err != nil {
						return err
					}
					if k == 0 && tries[i] == 1 {
						first.Done()
						first.Wait() // both hold one row and want the other's
					}
				}
				return nil
			})
		})
	}
	wg.Wait()
	require.NoError(t, errors.Join(failed...))
	require.GreaterOrEqual(t, tries[0]+tries[1], 3)
	var total int
	require.NoError(t, db.Q(t.Context()).QueryRow(t.Context(), "select sum(amount) from account").Scan(&total))
	require.Equal(t, 4, total)
}

func TestTxGivesUpInTheEnd(t *testing.T) {
	t.Parallel()
	db := room(t, 2)
	tries := 0
	err := db.Tx(t.Context(), func(context.Context) error { tries++; return &pgconn.PgError{Code: "40001"} })
	require.True(t, pg.Retryable(err))
	require.Equal(t, 4, tries)
	tries = 0
	require.ErrorIs(t, db.Tx(t.Context(), func(context.Context) error { tries++; return errNo }), errNo)
	require.Equal(t, 1, tries, "other errors are final")
}

func TestConnectionsAreSetUp(t *testing.T) {
	t.Parallel()
	db := module(t, pgtest.Database(t), "room", pg.Options{StatementTimeout: 500 * time.Millisecond})
	for setting, want := range map[string]string{
		"search_path": "room", "TimeZone": "UTC", "application_name": "agrovet/room", "statement_timeout": "500ms",
	} {
		var got string
		require.NoError(t, db.Q(t.Context()).QueryRow(t.Context(), "select current_setting($1)", setting).Scan(&got))
		require.Equal(t, want, got, setting)
	}
	_, err := db.Q(t.Context()).Exec(t.Context(), "select pg_sleep(10)")
	require.True(t, pg.TimedOut(err), err)
	require.False(t, pg.Unavailable(err))
	require.NoError(t, db.Ping(t.Context()))
	conn, err := db.Acquire(t.Context())
	require.NoError(t, err)
	conn.Release()
	_, err = pg.Open("nonsense://", "room", pg.Options{})
	require.ErrorContains(t, err, "database of room")
}

func TestWhatErrorsMean(t *testing.T) {
	t.Parallel()
	db := room(t, 2)
	exec(t, db, "insert into n values (1)")
	err := insert(db, 1)(t.Context())
	require.True(t, pg.Violates(err, "n_pkey"))
	require.False(t, pg.Violates(err, "other"))
	require.False(t, pg.Unavailable(err))

	owner := pgtest.Server(t)
	conn, err := pgx.Connect(t.Context(), owner)
	require.NoError(t, err)
	defer conn.Close(context.Background())
	err = db.Tx(t.Context(), func(ctx context.Context) error {
		var pid int
		require.NoError(t, db.Q(ctx).QueryRow(ctx, "select pg_backend_pid()").Scan(&pid))
		_, err := conn.Exec(ctx, "select pg_terminate_backend($1)", pid)
		require.NoError(t, err)
		return insert(db, 2)(ctx)
	})
	require.True(t, pg.Unavailable(err), err)
	require.Equal(t, []int{1}, values(t, db), "and the pool recovers")

	nobody, err := pg.Open("postgres://u:p@127.0.0.1:1/x?sslmode=disable", "x", pg.Options{})
	require.NoError(t, err)
	defer nobody.Close()
	require.True(t, pg.Unavailable(nobody.Ping(t.Context())))
	db.Close()
	require.True(t, pg.Unavailable(db.Ping(t.Context())))
	for _, err := range []error{io.ErrUnexpectedEOF, &net.OpError{Err: errNo}, &pgconn.PgError{Code: "08006"}} {
		require.True(t, pg.Unavailable(err))
	}
	for _, err := range []error{nil, errNo, &pgconn.PgError{Code: ""}, &pgconn.PgError{Code: "42601"}} {
		require.False(t, pg.Unavailable(err))
	}
}
