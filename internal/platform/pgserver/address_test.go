package pgserver

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestLongPathGetsAShortSocket(t *testing.T) {
	dir := filepath.Join(filepath.Dir(tempHome(t)), strings.Repeat("deep-", 18), "postgres")
	s := start(t, testConfig(t, dir))
	if strings.HasPrefix(s.at.socketDir, s.home.root) || len(socketPath(s.at.socketDir)) > maxSocketPath {
		t.Fatalf("the socket is in %s", s.at.socketDir)
	}
	info, err := os.Stat(s.at.socketDir)
	if err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("socket directory: %v %v, want mode 0700", info, err)
	}
	exec1(t, s.DSN(), "SELECT 1")
	stop(t, s)
	if _, err := os.Stat(s.at.socketDir); !os.IsNotExist(err) {
		t.Errorf("%s after Stop: %v", s.at.socketDir, err)
	}
}

// TestWithoutSockets sees no directory that takes one.
func TestWithoutSockets(t *testing.T) {
	cfg := testConfig(t, tempHome(t))
	before := claimDir
	claimDir = func(*home, string) error { return os.ErrPermission }
	t.Cleanup(func() { claimDir = before })

	s := start(t, cfg)
	if s.at.socketDir != "" || !strings.Contains(s.DSN(), "127.0.0.1") {
		t.Fatalf("listens on %+v, want TCP", s.at)
	}
	if got := query1[string](t, s.DSN(), "SHOW unix_socket_directories"); got != "" {
		t.Errorf("unix_socket_directories = %q, want none", got)
	}
}

func TestOddCharactersInPath(t *testing.T) {
	dir := filepath.Join(filepath.Dir(tempHome(t)), `a, "b" c`, "postgres")
	exec1(t, start(t, testConfig(t, dir)).DSN(), "SELECT 1")
}
