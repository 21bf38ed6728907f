package pgserver

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestColdThenWarmStartKeepsData(t *testing.T) {
	cfg := testConfig(t, tempHome(t))
	cfg.Settings = nil // as in real life, to measure
	began := time.Now()
	s := start(t, cfg)
	t.Logf("cold start: %s", time.Since(began))
	exec1(t, s.DSN(), "CREATE TABLE kept AS SELECT 42 AS n")
	began = time.Now()
	stop(t, s)
	t.Logf("stop: %s", time.Since(began))

	began = time.Now()
	s = start(t, cfg)
	warm := time.Since(began)
	t.Logf("warm start: %s", warm)
	if n := query1[int](t, s.DSN(), "SELECT n FROM kept"); n != 42 {
		t.Errorf("n = %d, want 42", n)
	}
	if warm > 5*time.Second {
		t.Errorf("a warm start took %s", warm)
	}
}

func TestSettingsInForce(t *testing.T) {
	cfg := testConfig(t, clusterHome(t))
	cfg.MaxConnections = 17
	cfg.Settings = map[string]string{"shared_buffers": "16MB", "timezone": "America/La_Paz"}
	dsn := start(t, cfg).DSN()
	for name, want := range map[string]string{
		"max_connections": "17", "shared_buffers": "16MB", "timezone": "America/La_Paz", "listen_addresses": "",
		"fsync": "on", "jit": "off", "data_checksums": "on", "server_encoding": "UTF8", "password_encryption": "scram-sha-256",
	} {
		if got := query1[string](t, dsn, "SHOW "+name); got != want {
			t.Errorf("%s = %q, want %q", name, got, want)
		}
	}
}

func TestWrongPasswordIsRefused(t *testing.T) {
	s := start(t, testConfig(t, clusterHome(t)))
	err := execute(t.Context(), s.at.dsn("guess", Database), "SELECT 1")
	if sqlState(err) != "28P01" {
		t.Errorf("connecting with a wrong password: %v", err)
	}
	info, err := os.Stat(filepath.Join(s.home.data(), passwordName))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("password file: %v %v, want mode 0600", info, err)
	}
}

func TestStopLeavesNothingRunning(t *testing.T) {
	s := start(t, testConfig(t, clusterHome(t)))
	socketDir, pid := s.at.socketDir, s.PID()
	stop(t, s)
	if _, err := os.Stat(socketDir); !os.IsNotExist(err) {
		t.Errorf("socket directory %s after Stop: %v", socketDir, err)
	}
	if err := syscall.Kill(pid, 0); !errors.Is(err, syscall.ESRCH) {
		t.Errorf("process %d after Stop: %v", pid, err)
	}
	if left, _ := serversOn(s.home.data()); len(left) > 0 {
		t.Errorf("processes %v are left", left)
	}
	if err := s.Stop(t.Context()); err != nil {
		t.Errorf("second Stop: %v", err)
	}
}

func TestUnexpectedExitIsReported(t *testing.T) {
	cfg := testConfig(t, clusterHome(t))
	s, err := Start(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	exec1(t, s.DSN(), "CREATE TABLE kept AS SELECT 42 AS n")
	if err := syscall.Kill(s.PID(), syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	<-s.Done()
	if err := s.Err(); !errors.Is(err, ErrExited) || !strings.Contains(err.Error(), "killed") {
		t.Errorf("Err() = %v, want ErrExited that says killed", err)
	}
	s = start(t, cfg)
	if !s.crashed {
		t.Error("the next start did not notice the crash")
	}
	if n := query1[int](t, s.DSN(), "SELECT n FROM kept"); n != 42 {
		t.Errorf("n = %d after recovery, want 42", n)
	}
}

func TestSecondStartIsRefusedAndHarmless(t *testing.T) {
	cfg := testConfig(t, clusterHome(t))
	s := start(t, cfg)
	_, err := Start(t.Context(), cfg)
	if !errors.Is(err, ErrInUse) || !strings.Contains(err.Error(), "pid") {
		t.Fatalf("second start: %v, want ErrInUse with the pid", err)
	}
	exec1(t, s.DSN(), "SELECT 1")
}

func TestFailedStartQuotesTheLogAndLeavesNothing(t *testing.T) {
	cfg := testConfig(t, clusterHome(t))
	bad := cfg
	bad.Settings = map[string]string{"shared_buffers": "nonsense"}
	_, err := Start(t.Context(), bad)
	if !errors.Is(err, ErrExited) || !strings.Contains(err.Error(), "nonsense") {
		t.Errorf("start with a bad setting: %v, want ErrExited that quotes the log", err)
	}
	exec1(t, start(t, cfg).DSN(), "SELECT 1")
}
