package fleet

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// marks is a process that is ready when it has written into its file, and goes on until it is ended.
func marks(f *Fleet, name string) Spec {
	file := filepath.Join(f.Dir, name)
	return Spec{Name: name, Path: "/bin/sh", Args: []string{"-c", "echo $WORD >> " + file + "; exec sleep 600"}, Env: []string{"WORD=hola"},
		Ready: func(context.Context) error { _, err := os.Stat(file); return err }}
}

func newFleet(t *testing.T) *Fleet {
	t.Helper()
	f, err := New(t.TempDir())
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, f.Close()) })
	return f
}

func TestAProcessIsKilledAndRestarted(t *testing.T) {
	f := newFleet(t)
	require.NoError(t, f.Start(t.Context(), marks(f, "one"), marks(f, "two")))
	require.ElementsMatch(t, []string{"one", "two"}, f.Names())
	require.Nil(t, f.Process("three"))
	p := f.Process("one")
	first := p.PID()
	p.Kill()
	<-p.Done()
	require.ErrorIs(t, syscall.Kill(first, 0), syscall.ESRCH)
	require.NoError(t, p.Restart(t.Context()))
	require.NotEqual(t, first, p.PID())
	require.NoError(t, p.Stop())
	require.NoError(t, p.Stop(), "it is harmless")
}

func TestWhatDoesNotStartSaysWhy(t *testing.T) {
	f := newFleet(t)
	never := func(context.Context) error { return fmt.Errorf("not yet") }
	err := f.Start(t.Context(), Spec{Name: "broken", Path: "/bin/sh", Args: []string{"-c", "echo no hay maíz; exit 3"}, Ready: never})
	require.ErrorContains(t, err, "broken has ended")
	require.ErrorContains(t, err, "no hay maíz")
	require.Error(t, f.Close(), "its status is told")
	require.ErrorContains(t, f.Start(t.Context(), Spec{Name: "none", Path: "/no/such/program", Ready: never}), "none")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	require.ErrorContains(t, f.Start(ctx, Spec{Name: "slow", Path: "/bin/sleep", Args: []string{"600"}, Ready: never}), "slow is not ready")
}

// TestProcessesDieWithTheirParent runs this test binary as a parent that is killed.
func TestProcessesDieWithTheirParent(t *testing.T) {
	dir := t.TempDir()
	parent := exec.Command(os.Args[0], "-test.run=^TestParent$")
	parent.Env = append(os.Environ(), "FLEET_PARENT="+dir)
	require.NoError(t, parent.Start())
	file := filepath.Join(dir, "pid")
	require.Eventually(t, func() bool { _, err := os.Stat(file); return err == nil }, time.Minute, 20*time.Millisecond)
	require.NoError(t, parent.Process.Kill())
	_ = parent.Wait() // it was killed
	b, err := os.ReadFile(file)
	require.NoError(t, err)
	var pid int
	_, err = fmt.Sscan(string(b), &pid)
	require.NoError(t, err)
	require.Eventually(t, func() bool { return gone(pid) }, time.Minute, 20*time.Millisecond)
}

// gone says whether a process has ended, though nobody may have asked how.
func gone(pid int) bool {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	return err != nil || strings.Contains(string(b), ") Z ")
}

// TestParent is the parent of TestProcessesDieWithTheirParent; on its own it just returns.
func TestParent(t *testing.T) {
	dir := os.Getenv("FLEET_PARENT")
	if dir == "" {
		return
	}
	f, err := New(dir)
	require.NoError(t, err)
	require.NoError(t, f.Start(t.Context(), marks(f, "child")))
	part := filepath.Join(dir, "part")
	require.NoError(t, os.WriteFile(part, fmt.Append(nil, f.Process("child").PID()), 0o644))
	require.NoError(t, os.Rename(part, filepath.Join(dir, "pid")))
	select {}
}

func TestRequestsGoToReplicasByTurns(t *testing.T) {
	f := newFleet(t)
	var urls []string
	for i := range 2 {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, i, " ", r.Host) }))
		t.Cleanup(s.Close)
		urls = append(urls, s.URL)
	}
	at, err := f.balance(urls)
	require.NoError(t, err)
	heard := map[string]int{}
	for range 4 {
		res, err := http.Get(at)
		require.NoError(t, err)
		var replica int
		var host string
		_, err = fmt.Fscan(res.Body, &replica, &host)
		require.NoError(t, err)
		require.NoError(t, res.Body.Close())
		require.Equal(t, strings.TrimPrefix(at, "http://"), host, "links in answers lead back")
		heard[fmt.Sprint(replica)]++
	}
	require.Equal(t, map[string]int{"0": 2, "1": 2}, heard)
}

func TestFreePortsDiffer(t *testing.T) {
	ports, err := FreePorts(30)
	require.NoError(t, err)
	seen := map[int]bool{}
	for _, p := range ports {
		require.False(t, seen[p])
		seen[p] = true
	}
}
