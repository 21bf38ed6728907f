package pg_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/stretchr/testify/require"

	"agrovet/internal/platform/pg"
	"agrovet/internal/platform/pgtest"
)

// The isolation of modules is the database's, not ours: another module's role gets nowhere.
func TestAModuleCannotReachAnother(t *testing.T) {
	t.Parallel()
	owner := pgtest.Database(t)
	one, two := module(t, owner, "one", pg.Options{}), module(t, owner, "two", pg.Options{})
	exec(t, one, "create table secret (v text)")
	exec(t, one, "insert into secret values ('hunter2')")
	exec(t, two, "create table own (v text)")
	for _, sql := range []string{
		"select * from one.secret", "insert into one.secret values ('x')", "update one.secret set v = 'x'", "delete from one.secret",
		"truncate one.secret", "drop table one.secret", "drop schema one cascade", "create table one.x (v int)",
		"alter table one.secret add x int", "grant select on one.secret to agrovet_two", "create view own2 as select * from one.secret",
		"alter table own add foreign key (v) references one.secret (v)", "copy one.secret to stdout",
		"set role agrovet_one", "alter role agrovet_one password 'x'", "create role x", "create database x",
		"create table public.x (v int)", "select pg_read_file('postgresql.conf')", "copy own from program 'id'",
	} {
		_, err := two.Q(t.Context()).Exec(t.Context(), sql)
		var e *pgconn.PgError
		require.ErrorAs(t, err, &e, sql)
		require.Equal(t, "42501", e.Code, "%s: %s", sql, e.Message)
	}
	var seen int
	require.NoError(t, two.Q(t.Context()).QueryRow(t.Context(),
		"select count(*) from information_schema.tables where table_schema = 'one'").Scan(&seen))
	require.Zero(t, seen)
	require.NoError(t, two.Q(t.Context()).QueryRow(t.Context(), "select count(*) from own").Scan(&seen), "unqualified names are its own")
	_, err := two.Q(t.Context()).Exec(t.Context(), "select * from secret")
	require.ErrorContains(t, err, "does not exist")
}

func TestOtherDatabasesRolesStayOut(t *testing.T) {
	t.Parallel()
	pgtest.Database(t)
	mine, theirs := pgtest.Database(t), pgtest.Database(t)
	module(t, mine, "guest", pg.Options{})
	module(t, theirs, "host", pg.Options{})
	dsn, err := pg.ModuleDSN(theirs, "guest", secret)
	require.NoError(t, err)
	_, err = pgx.Connect(t.Context(), dsn)
	require.True(t, pg.SignInRefused(err), err)
}

func TestEnsureRoleAgainAndAtOnce(t *testing.T) {
	t.Parallel()
	owners := []string{pgtest.Database(t), pgtest.Database(t), pgtest.Database(t)}
	var wg sync.WaitGroup
	failed := make([]error, 24)
	for i := range failed {
		wg.Go(func() { failed[i] = pg.EnsureRole(t.Context(), owners[i%3], "twin", secret) })
	}
	wg.Wait()
	for _, err := range failed {
		require.NoError(t, err)
	}
	for _, owner := range owners {
		db := module(t, owner, "twin", pg.Options{})
		exec(t, db, "create table mine (v int)")
	}
}

func TestANewSecretIsANewPassword(t *testing.T) {
	t.Parallel()
	owner := pgtest.Database(t)
	old := module(t, owner, "renewed", pg.Options{})
	exec(t, old, "create table kept (v int)")
	dsn, err := pg.ModuleDSN(owner, "renewed", "another secret")
	require.NoError(t, err)
	_, err = pgx.Connect(t.Context(), dsn)
	require.True(t, pg.SignInRefused(err), err)
	require.NoError(t, pg.EnsureRole(t.Context(), owner, "renewed", "another secret"))
	conn, err := pgx.Connect(t.Context(), dsn)
	require.NoError(t, err)
	defer conn.Close(context.Background())
	_, err = conn.Exec(t.Context(), "select * from kept")
	require.NoError(t, err)
}

func TestModuleDSN(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, owner, host, database string }{
		{"URL", "postgres://boss:pw@db.example:6432/agro?sslmode=disable&connect_timeout=3", "db.example", "agro"},
		{"LongScheme", "postgresql://boss@db.example:6432/agro?sslmode=disable&user=boss&password=pw&connect_timeout=3", "db.example", "agro"},
		{"NoDatabase", "postgres://boss:pw@db.example:6432/?sslmode=disable&connect_timeout=3", "db.example", "boss"},
		{"OddName", "postgres://boss:pw@db.example:6432/my%20agro%27s?sslmode=disable&connect_timeout=3", "db.example", "my agro's"},
		{"Socket", "postgres:///agro?host=/run/pg&port=6432&user=boss&sslmode=disable&connect_timeout=3", "/run/pg", "agro"},
		{"Keywords", "host=db.example port=6432 user=boss password='p w' dbname=agro sslmode=disable connect_timeout=3", "db.example", "agro"},
		{"KeywordSocket", "host=/run/pg port=6432 user=boss dbname='my agro\\'s' sslmode=disable connect_timeout=3", "/run/pg", "my agro's"},
		{"KeywordNoDatabase", "host=db.example port=6432 user=boss sslmode=disable connect_timeout=3", "db.example", "boss"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dsn, err := pg.ModuleDSN(c.owner, "foro", secret)
			require.NoError(t, err)
			cfg, err := pgx.ParseConfig(dsn)
			require.NoError(t, err, dsn)
			require.Equal(t, c.host, cfg.Host)
			require.EqualValues(t, 6432, cfg.Port)
			require.Equal(t, c.database, cfg.Database)
			require.Equal(t, "agrovet_foro", cfg.User)
			require.Regexp(t, "^[0-9a-f]{64}$", cfg.Password)
			require.EqualValues(t, 3, cfg.ConnectTimeout.Seconds())
			require.Nil(t, cfg.TLSConfig)
		})
	}
	_, err := pg.ModuleDSN("postgres://x:y@h:port/", "foro", secret)
	require.ErrorContains(t, err, "database.url")
}

// What protects the owner's connection protects the modules', too.
func TestModuleDSNKeepsTLS(t *testing.T) {
	t.Parallel()
	for _, owner := range []string{
		"postgres://boss@db.example/agro?sslmode=verify-full", "host=db.example user=boss dbname=agro sslmode=verify-full",
	} {
		dsn, err := pg.ModuleDSN(owner, "foro", secret)
		require.NoError(t, err)
		cfg, err := pgx.ParseConfig(dsn)
		require.NoError(t, err)
		require.NotNil(t, cfg.TLSConfig)
		require.Equal(t, "db.example", cfg.TLSConfig.ServerName)
		require.False(t, cfg.TLSConfig.InsecureSkipVerify)
		require.Empty(t, cfg.Fallbacks, "no way back to plain text")
	}
}

// The DSN works over the server's UNIX socket and over TCP, in both spellings.
func TestModuleDSNSignsIn(t *testing.T) {
	t.Parallel()
	owner := pgtest.Database(t)
	cfg, err := pgx.ParseConfig(owner)
	require.NoError(t, err)
	require.NoError(t, pg.EnsureRole(t.Context(), owner, "visitor", secret))
	keywords := "host=" + cfg.Host + " port=" + fmt.Sprint(cfg.Port) + " user=" + cfg.User + " dbname=" + cfg.Database + " sslmode=disable"
	if cfg.Password != "" {
		keywords += " password=" + cfg.Password
	}
	for _, spelling := range []string{owner, keywords} {
		dsn, err := pg.ModuleDSN(spelling, "visitor", secret)
		require.NoError(t, err)
		conn, err := pgx.Connect(t.Context(), dsn)
		require.NoError(t, err)
		var who, path string
		require.NoError(t, conn.QueryRow(t.Context(), "select current_user, current_setting('search_path')").Scan(&who, &path))
		require.Equal(t, "agrovet_visitor visitor", who+" "+path)
		require.NoError(t, conn.Close(t.Context()))
	}
}
