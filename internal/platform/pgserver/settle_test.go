package pgserver

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"
)

// helperEnv makes the test binary a parent to be killed: it starts the server
// in the named directory and waits for ever.
const helperEnv = "PGSERVER_TEST_PARENT_OF"

func TestMain(m *testing.M) {
	if dir := os.Getenv(helperEnv); dir != "" {
		parentToKill(dir)
	}
	code := m.Run()
	os.RemoveAll(made.base)
	os.Exit(code)
}

func parentToKill(dir string) {
	s, err := Start(context.Background(), Config{Dir: dir, CacheDir: keptCache(), AllowFetch: true})
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println(s.PID())
	select {}
}

// killedParent starts a server in another process, kills that process with
// SIGKILL and returns the server's process id.
func killedParent(t *testing.T, dir string) (pid int) {
	t.Helper()
	parent := exec.Command(os.Args[0])
	parent.Env = append(os.Environ(), helperEnv+"="+dir)
	out, err := parent.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := parent.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := fmt.Fscan(out, &pid); err != nil {
		t.Fatalf("the parent did not start a server: %v", err)
	}
	if err := parent.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = parent.Wait() // "killed" is what was wanted
	return pid
}

func TestServerEndsWithKilledParent(t *testing.T) {
	cfg := testConfig(t, clusterHome(t))
	pid := killedParent(t, cfg.Dir)
	began := time.Now()
	s := start(t, cfg) // on Linux the server leaves by itself, elsewhere Start stops it
	t.Logf("start after kill -9: %s", time.Since(began))
	if on, _ := serversOn(s.home.data()); slices.Contains(on, pid) || !slices.Contains(on, s.PID()) {
		t.Errorf("servers on the directory: %v; want %d gone, %d there", on, pid, s.PID())
	}
	exec1(t, s.DSN(), "SELECT 1")
}

// TestOrphanIsStopped runs a server that nothing tells to leave.
func TestOrphanIsStopped(t *testing.T) {
	cfg := testConfig(t, clusterHome(t))
	h, bins, orphan := startOrphan(t, cfg)
	exited := make(chan error, 1)
	go func() { exited <- orphan.Wait() }()
	waitFor(t, func() bool { _, err := os.Stat(socketPath(h.run())); return err == nil })

	s := start(t, cfg)
	select {
	case err := <-exited:
		if err != nil {
			t.Errorf("the orphan ended with %v, want an orderly end", err)
		}
	default:
		t.Errorf("the orphan (%s, pid %d) still runs", bins.Version, orphan.Process.Pid)
	}
	exec1(t, s.DSN(), "SELECT 1")
}

func startOrphan(t *testing.T, cfg Config) (*home, Binaries, *exec.Cmd) {
	t.Helper()
	h := &home{root: cfg.Dir}
	var err error
	if h.account, err = accountFor(h.data()); err != nil {
		t.Fatal(err)
	}
	bins := anyBinaries(t)
	if err := h.claim(h.run()); err != nil {
		t.Fatal(err)
	}
	cmd := h.account.command(bins, h.root, "postgres", "-D", h.data(), "-c", "listen_addresses=", "-c", "unix_socket_directories="+h.run())
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	return h, bins, cmd
}

func waitFor(t *testing.T, condition func() bool) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); !condition(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("waited 10 s in vain")
		}
	}
}

func TestStalePostmasterPID(t *testing.T) {
	sleeper := exec.Command("sleep", "60")
	if err := sleeper.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = sleeper.Process.Kill(); _ = sleeper.Wait() })
	ended := exec.Command("true")
	if err := ended.Run(); err != nil {
		t.Fatal(err)
	}
	for name, pid := range map[string]int{"Dead": ended.Process.Pid, "Reused": sleeper.Process.Pid} {
		t.Run(name, func(t *testing.T) {
			cfg := testConfig(t, clusterHome(t))
			s := start(t, cfg)
			path := s.home.pidPath()
			stop(t, s)
			text := fmt.Sprintf("%d\n%s\n1700000000\n5432\n\n\n  5432001         0\nready   \n", pid, filepath.Dir(path))
			rewrite(t, path, text)
			if err := s.home.account.own(path); err != nil {
				t.Fatal(err)
			}
			s = start(t, cfg)
			if !s.crashed {
				t.Error("the unclean end went unnoticed")
			}
			exec1(t, s.DSN(), "SELECT 1")
		})
	}
	if err := sleeper.Process.Signal(syscall.Signal(0)); err != nil {
		t.Errorf("the innocent process was hurt: %v", err)
	}
}
