package pgtest

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

func TestMain(m *testing.M) { Main(m) }

func ask(t *testing.T, dsn, query string) (answer string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	if err := conn.QueryRow(t.Context(), query).Scan(&answer); err != nil {
		t.Fatal(err)
	}
	return answer
}

func TestDatabasesAreApartAndDropped(t *testing.T) {
	var name string
	t.Run("Use", func(t *testing.T) {
		one, other := Database(t), Database(t)
		name = ask(t, one, "SELECT current_database()::text")
		if name == ask(t, other, "SELECT current_database()::text") {
			t.Error("two databases are one")
		}
		left, err := pgx.Connect(t.Context(), one) // left open on purpose
		if err != nil {
			t.Fatal(err)
		}
		if err := left.Ping(t.Context()); err != nil {
			t.Error(err)
		}
	})
	if n := ask(t, Server(t), "SELECT count(*)::text FROM pg_database WHERE datname = '"+name+"'"); n != "0" {
		t.Errorf("%s databases %s are left, want 0", n, name)
	}
}

func TestServerIsUsableBySuperuser(t *testing.T) {
	if ask(t, Server(t), "SELECT rolsuper::text FROM pg_roles WHERE rolname = current_user") != "true" {
		t.Error("not a superuser")
	}
	if got := ask(t, Server(t), "SHOW timezone"); os.Getenv(URLKey) == "" && got != "America/La_Paz" {
		t.Errorf("timezone %s, want America/La_Paz", got)
	}
}

// TestNothingStays runs this test binary with an end of its own, in a
// temporary directory of its own.
func TestNothingStays(t *testing.T) {
	for _, end := range []string{"return", "panic", "kill"} {
		t.Run(end, func(t *testing.T) {
			tmp, err := os.MkdirTemp("", "pgtest-end-")
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { os.RemoveAll(tmp) })
			if err := os.Chmod(tmp, 0o755); err != nil {
				t.Fatal(err)
			}
			child := exec.Command(os.Args[0], "-test.run=^TestEnd$")
			child.Env = append(os.Environ(), URLKey+"=", "TMPDIR="+tmp, "PGTEST_END="+end)
			out, err := child.CombinedOutput()
			if (err == nil) != (end == "return") {
				t.Errorf("the child ended with %v: %s", err, out)
			}
			if !strings.Contains(string(out), "server in "+tmp) {
				t.Errorf("the child started no server: %s", out)
			}
			wantEmpty(t, tmp)
		})
	}
}

// TestEnd is the child of TestNothingStays; on its own it just returns.
func TestEnd(t *testing.T) {
	dsn := Server(t)
	if os.Getenv(URLKey) == "" {
		fmt.Println("server in", ask(t, dsn, "SHOW data_directory"))
	}
	switch os.Getenv("PGTEST_END") {
	case "panic":
		panic("on purpose")
	case "kill":
		_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
	}
}

// wantEmpty waits for the reaper; a server cannot outlive its directory.
func wantEmpty(t *testing.T, dir string) {
	t.Helper()
	var left []string
	for deadline := time.Now().Add(15 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if left, _ = filepath.Glob(filepath.Join(dir, "*")); len(left) == 0 {
			return
		}
	}
	t.Errorf("%v is left", left)
}
