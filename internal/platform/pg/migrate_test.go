package pg_test

import (
	"sync"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"agrovet/internal/platform/pg"
	"agrovet/internal/platform/pgtest"
	"agrovet/sql"
)

// steps are migrations of a module.
func steps(files ...string) pg.Migrations {
	module := fstest.MapFS{}
	for i := 0; i < len(files); i += 2 {
		module[files[i]] = &fstest.MapFile{Data: []byte("-- +goose Up\n" + files[i+1])}
	}
	return pg.Migrations{Schema: "steps", Platform: sql.Migrations("platform"), Module: module}
}

func TestMigrate(t *testing.T) {
	t.Parallel()
	db := module(t, pgtest.Database(t), "steps", pg.Options{})
	ctx := t.Context()
	one := steps("00001_a.sql", "create table a (v int);")
	before, err := one.Status(ctx, db)
	require.NoError(t, err)
	require.Len(t, before, 2)
	require.True(t, before[1].Pending())
	require.Equal(t, pg.Status{Schema: "steps", Set: "module", Latest: 1, PendingMigration: []string{"00001_a.sql"}}, before[1])

	require.NoError(t, one.Migrate(ctx, db))
	require.NoError(t, one.Migrate(ctx, db), "again changes nothing")
	exec(t, db, "insert into a values (1)")
	exec(t, db, "select * from outbox, inbox, idempotency_key")

	two := steps("00001_a.sql", "create table a (v int);", "00002_b.sql", "alter table a add w int;")
	require.NoError(t, two.Migrate(ctx, db))
	exec(t, db, "select w from a")
	require.ErrorIs(t, one.Migrate(ctx, db), pg.ErrSchemaNewer)
	after, err := two.Status(ctx, db)
	require.NoError(t, err)
	require.False(t, after[0].Pending() || after[1].Pending())
	require.EqualValues(t, 2, after[1].Current)
}

func TestAFailedStepChangesNothing(t *testing.T) {
	t.Parallel()
	db := module(t, pgtest.Database(t), "steps", pg.Options{})
	bad := steps("00001_a.sql", "create table a (v int);", "00002_b.sql", "create table b (v int);\nselect 1/0;")
	require.ErrorContains(t, bad.Migrate(t.Context(), db), "migrate schema steps (module)")
	var there bool
	require.NoError(t, db.Q(t.Context()).QueryRow(t.Context(), "select to_regclass('b') is not null").Scan(&there))
	require.False(t, there)
	good := steps("00001_a.sql", "create table a (v int);", "00002_b.sql", "create table b (v int);")
	require.NoError(t, good.Migrate(t.Context(), db))
	exec(t, db, "select * from b")
}

func TestAModuleWithoutMigrations(t *testing.T) {
	t.Parallel()
	db := module(t, pgtest.Database(t), "steps", pg.Options{})
	require.NoError(t, steps().Migrate(t.Context(), db))
	exec(t, db, "select * from outbox")
}

// Several processes start together: each step runs once, and all of them arrive.
func TestMigrateAtOnce(t *testing.T) {
	t.Parallel()
	owner := pgtest.Database(t)
	m := steps("00001_a.sql", "create table a (v int);", "00002_b.sql", "insert into a values (1);")
	failed := make([]error, 4)
	var wg sync.WaitGroup
	for i := range failed {
		db := module(t, owner, "steps", pg.Options{MaxConns: 2})
		wg.Go(func() { failed[i] = m.Migrate(t.Context(), db) })
	}
	wg.Wait()
	for _, err := range failed {
		require.NoError(t, err)
	}
	var n int
	db := module(t, owner, "steps", pg.Options{})
	require.NoError(t, db.Q(t.Context()).QueryRow(t.Context(), "select count(*) from a").Scan(&n))
	require.Equal(t, 1, n)
}

// A step may take longer than a request's statement may.
func TestMigrationsHaveTheTimeTheyNeed(t *testing.T) {
	t.Parallel()
	db := module(t, pgtest.Database(t), "steps", pg.Options{})
	m := steps("00001_a.sql", "create table a as select current_setting('statement_timeout') as allowed;")
	require.NoError(t, m.Migrate(t.Context(), db))
	var allowed string
	require.NoError(t, db.Q(t.Context()).QueryRow(t.Context(), "select allowed from a").Scan(&allowed))
	require.Equal(t, "0", allowed)
}

// A restore brings a schema to the version of its rows, and whatever is newer than these out of it.
func TestMigrateEmpty(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	db := module(t, pgtest.Database(t), "steps", pg.Options{})
	m := steps("00001_a.sql", "create table a (v int);", "00002_b.sql", "alter table a add w int default 7;")
	at := func(platform, module int64) {
		t.Helper()
		status, err := m.Status(ctx, db)
		require.NoError(t, err)
		require.Equal(t, [2]int64{platform, module}, [2]int64{status[0].Current, status[1].Current})
	}
	require.NoError(t, m.MigrateEmpty(ctx, db, map[string]int64{"platform": 1, "module": 1}))
	at(1, 1)
	exec(t, db, "insert into a values (1)")
	require.NoError(t, m.Migrate(ctx, db))
	exec(t, db, "insert into a select 1 / (w / 7) from a") // the row has come along

	require.ErrorIs(t, m.MigrateEmpty(ctx, db, map[string]int64{"platform": 1, "module": 3}), pg.ErrVersionUnknown)
	latest := m.Latest("platform")
	at(latest, 2)
	require.NoError(t, m.MigrateEmpty(ctx, db, map[string]int64{"platform": latest, "module": 1}))
	at(latest, 1)
	var rows int
	require.NoError(t, db.Q(ctx).QueryRow(ctx, "select count(*) from a").Scan(&rows))
	require.Zero(t, rows, "it was made anew")
	require.NoError(t, m.MigrateEmpty(ctx, db, map[string]int64{}))
	at(0, 0)
	require.NoError(t, m.MigrateEmpty(ctx, db, map[string]int64{"platform": latest, "module": 2}))
	at(latest, 2)
}
