// Package pgtest gives tests a real PostgreSQL.
//
// Packages that need one start with
//
//	func TestMain(m *testing.M) { pgtest.Main(m) }
//
// and ask for an empty database of their own with [Database]. The server is
// that of TEST_DATABASE_URL (a superuser's connection string) when it is set,
// else one that the first test starts for the whole test binary. That one
// does not sync to disk and keeps the time of La Paz, UTC-4 all year: code
// that confuses local time and UTC is found out.
//
// Nothing stays behind, neither processes nor files, also when a test panics
// or the test binary is killed: see reaper.go.
package pgtest

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"agrovet/internal/platform/pgserver"
)

// URLKey is the environment variable that names a server to use instead of
// starting one.
const URLKey = "TEST_DATABASE_URL"

// stopWithin bounds the end of the server; nothing in it is worth waiting for.
const stopWithin = 10 * time.Second

// own is the server of this test binary, started by the first test that asks.
var own struct {
	once   sync.Once
	server *pgserver.Server
	reaper *reaper
	err    error
}

// Main runs the tests, ends the server that they started, if any, and exits
// with their code.
func Main(m interface{ Run() int }) {
	code := m.Run()
	if err := shutdown(); err != nil {
		fmt.Fprintln(os.Stderr, "pgtest:", err)
		code = max(code, 1)
	}
	os.Exit(code)
}

// Server returns a superuser's connection URL. It is the same server for all
// tests of the binary; see [Database] for something of one's own.
func Server(t testing.TB) string {
	t.Helper()
	if dsn := os.Getenv(URLKey); dsn != "" {
		return dsn
	}
	own.once.Do(func() { own.err = launch() })
	if own.err != nil {
		t.Fatalf("pgtest: %v", own.err)
	}
	return own.server.DSN()
}

// Database creates an empty database with a random name and returns a
// superuser's connection URL to it. It is dropped at the end of the test,
// together with the connections that are still open to it.
func Database(t testing.TB) string {
	t.Helper()
	name, dsn := create(t, "template1")
	t.Cleanup(func() { drop(t, name) })
	return dsn
}

// create copies a database under a random name. Files are copied, which costs less than to write all that
// is in them to the log; before PostgreSQL 15 it was the only way and had no name.
func create(t testing.TB, source string) (name, dsn string) {
	t.Helper()
	server := Server(t)
	name = "test_" + strings.ToLower(rand.Text())
	dsn, err := withDatabase(server, name)
	if err != nil {
		t.Fatalf("pgtest: %s: %v", URLKey, err)
	}
	err = with(server, func(ctx context.Context, conn *pgx.Conn) error {
		statement := "CREATE DATABASE " + name + " TEMPLATE " + source
		if !strings.HasPrefix(conn.PgConn().ParameterStatus("server_version"), "14") {
			statement += " STRATEGY file_copy"
		}
		_, err := conn.Exec(ctx, statement)
		return err
	})
	if err != nil {
		t.Fatalf("pgtest: create a database: %v", err)
	}
	return name, dsn
}

func drop(t testing.TB, name string) {
	t.Helper()
	if err := execute(Server(t), dropping(name)); err != nil {
		t.Errorf("pgtest: %v", err)
	}
}

func dropping(name string) string { return "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)" }

// launch starts the server in a temporary directory that the reaper removes.
func launch() error {
	base, err := os.MkdirTemp(TempDir(), "pgtest-")
	if err != nil {
		return fmt.Errorf("make a directory for the server: %w", err)
	}
	dir := filepath.Join(base, "postgres")
	if own.reaper, err = newReaper(base, dir); err != nil {
		return err
	}
	if err := os.Chmod(base, 0o755); err != nil { // the account of root's server must enter
		return fmt.Errorf("open the server's directory: %w", err)
	}
	own.server, err = pgserver.Start(context.Background(), pgserver.Config{
		Dir: dir, AllowFetch: true, CacheDir: CacheDir(),
		MaxConnections: 200, StartTimeout: time.Minute,
		Log: slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError})),
		Settings: map[string]string{
			"fsync":            "off",
			"full_page_writes": "off",
			"max_wal_size":     "256MB",
			"timezone":         "America/La_Paz",
		},
	})
	return err
}

// CacheDir keeps a fetched PostgreSQL beyond this run; empty for pgserver's own
// default, which would be in the temporary directory for root.
func CacheDir() string {
	if os.Geteuid() == 0 {
		return "/var/cache/agrovet"
	}
	return ""
}

// shutdown stops the server and removes its directory.
func shutdown() error {
	if own.reaper == nil {
		return dropTemplates(os.Getenv(URLKey))
	}
	if own.server != nil {
		ctx, cancel := context.WithTimeout(context.Background(), stopWithin)
		defer cancel()
		if err := own.server.Stop(ctx); err != nil {
			return err
		}
	}
	return own.reaper.finish()
}

func execute(dsn, statement string) error {
	return with(dsn, func(ctx context.Context, conn *pgx.Conn) error {
		_, err := conn.Exec(ctx, statement)
		return err
	})
}

// with connects for a moment. Its context is not a test's: that has ended when cleanups run.
func with(dsn string, do func(context.Context, *pgx.Conn) error) error {
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return fmt.Errorf("connect: %w", err)
	}
	defer conn.Close(ctx)
	return do(ctx, conn)
}

// withDatabase returns the connection URL with another database.
func withDatabase(dsn, name string) (string, error) {
	u, err := url.Parse(dsn)
	if err != nil {
		return "", err
	}
	if u.Scheme != "postgres" && u.Scheme != "postgresql" {
		return "", fmt.Errorf("want a URL that begins with postgres://")
	}
	u.Path = "/" + name
	return u.String(), nil
}
