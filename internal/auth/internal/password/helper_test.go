package password

import (
	"encoding/gob"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// roles are what this test binary does when it is started with one as its argument.
var roles = map[string]func(){
	"hash":   func() { _ = Serve(os.Stdin, os.Stdout) },
	"die":    func() { greet(); read() },
	"babble": func() { greet(); read(); fmt.Println("PASS: yes, sure") },
	"other":  func() { fmt.Println("usage: something else") },
}

func greet() { _ = gob.NewEncoder(os.Stdout).Encode(greeting) }
func read()  { _ = gob.NewDecoder(os.Stdin).Decode(&request{}) }

// role returns commands that play the roles in turn, and the last one from then on.
func role(names ...string) func() *exec.Cmd {
	var started atomic.Int64
	return func() *exec.Cmd {
		n := min(int(started.Add(1)), len(names))
		c := exec.Command(os.Args[0], names[n-1])
		c.Env = []string{"GORACE=atexit_sleep_ms=0"} // the race detector lets programs sleep before they end
		return c
	}
}

// recorded wraps commands so that a test sees what was started.
type recorded struct {
	mu       sync.Mutex
	commands []*exec.Cmd
}

func (r *recorded) of(command func() *exec.Cmd) func() *exec.Cmd {
	return func() *exec.Cmd {
		c := command()
		r.mu.Lock()
		defer r.mu.Unlock()
		r.commands = append(r.commands, c)
		return c
	}
}

func (r *recorded) all() []*exec.Cmd {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.commands
}

// requireVerifies checks a right and a wrong password.
func requireVerifies(t *testing.T, h *Hasher) {
	t.Helper()
	encoded, err := h.Hash(t.Context(), "testpass123")
	require.NoError(t, err)
	for password, want := range map[string]bool{"testpass123": true, "testpass124": false} {
		ok, _, err := h.Verify(t.Context(), password, encoded)
		require.NoError(t, err)
		require.Equal(t, want, ok)
	}
}

func TestAHelperStartsAtTheFirstHashAndStays(t *testing.T) {
	var seen recorded
	h := setup(t, Config{Command: seen.of(role("hash")), Workers: 1, Params: cheap})
	require.Empty(t, seen.all())
	requireVerifies(t, h)
	requireVerifies(t, h)
	require.Len(t, seen.all(), 1)
}

func TestAHelperInheritsNoEnvironment(t *testing.T) {
	var seen recorded
	h := setup(t, Config{Command: seen.of(func() *exec.Cmd { return exec.Command(os.Args[0], "hash") }), Workers: 1, Params: cheap})
	requireVerifies(t, h)
	require.Empty(t, seen.all()[0].Environ())
}

func TestAHelperThatDiesIsReplaced(t *testing.T) {
	for _, name := range []string{"die", "babble"} {
		t.Run(name, func(t *testing.T) {
			var seen recorded
			requireVerifies(t, setup(t, Config{Command: seen.of(role(name, "hash")), Workers: 1, Params: cheap}))
			require.Len(t, seen.all(), 2)
		})
	}
}

func TestAHelperKilledWhileItHashesIsReplaced(t *testing.T) {
	var seen recorded
	h := setup(t, Config{Command: seen.of(role("hash")), Workers: 1, Params: cheap})
	requireVerifies(t, h)
	slow := impossible(Params{Memory: 65536, Iterations: 8, Parallelism: 1}.full())
	kill := time.AfterFunc(100*time.Millisecond, func() { _ = seen.all()[0].Process.Kill() })
	defer kill.Stop()

	ok, _, err := h.Verify(t.Context(), "testpass123", slow)
	require.NoError(t, err)
	require.False(t, ok)
	require.Len(t, seen.all(), 2)
}

func TestHelpersThatAlwaysDieAreAnErrorAndNoVerdict(t *testing.T) {
	for _, name := range []string{"die", "babble"} {
		h := setup(t, Config{Command: role(name), Workers: 1, Params: cheap})
		_, err := h.Hash(t.Context(), "testpass123")
		require.ErrorIs(t, err, ErrHelper)
		ok, needsRehash, err := h.Verify(t.Context(), "lètmein", djangoVector)
		require.ErrorIs(t, err, ErrHelper)
		require.False(t, ok)
		require.False(t, needsRehash)
		require.ErrorIs(t, h.VerifyNothing(t.Context(), "testpass123"), ErrHelper)
	}
}

func TestWithoutAHelperThisProcessHashesAndWarnsOnce(t *testing.T) {
	for name, command := range map[string]func() *exec.Cmd{
		"NoFile":          func() *exec.Cmd { return exec.Command("/nonexistent") },
		"NoExecutable":    func() *exec.Cmd { return exec.Command("helper_test.go") },
		"NoPath":          func() *exec.Cmd { return exec.Command("") },
		"AnotherProgram":  role("other"),
		"EndsImmediately": func() *exec.Cmd { return exec.Command("/bin/true") },
	} {
		t.Run(name, func(t *testing.T) {
			var log strings.Builder
			h := setup(t, Config{Command: command, Workers: 2, Params: cheap, Log: slog.New(slog.NewTextHandler(&log, nil))})
			var callers sync.WaitGroup
			for range 4 {
				callers.Go(func() { requireVerifies(t, h) })
			}
			callers.Wait()
			require.Equal(t, 1, strings.Count(log.String(), "level=WARN"), log.String())
		})
	}
}

func TestAnIdleHelperEndsAndTheNextHashStartsOne(t *testing.T) {
	var seen recorded
	h := setup(t, Config{Command: seen.of(role("hash")), Workers: 1, Params: cheap, Idle: 100 * time.Millisecond})
	requireVerifies(t, h)
	requireEnded(t, seen.all()[0])
	requireVerifies(t, h)
	require.Greater(t, len(seen.all()), 1)
}

func TestCloseWaitsForTheHelpersToEnd(t *testing.T) {
	var seen recorded
	h := setup(t, Config{Command: seen.of(role("hash")), Workers: 2, Params: cheap})
	var callers sync.WaitGroup
	for range 8 {
		callers.Go(func() { requireVerifies(t, h) })
	}
	callers.Wait()
	h.Close()
	for _, c := range seen.all() {
		require.NotNil(t, c.ProcessState, "still runs")
		require.True(t, c.ProcessState.Success(), c.ProcessState)
	}
}

// requireEnded waits until the process is gone. Its ProcessState is not ours to read before that.
func requireEnded(t *testing.T, c *exec.Cmd) {
	t.Helper()
	require.Eventually(t, func() bool { return c.Process.Signal(syscall.Signal(0)) != nil }, 5*time.Second, 5*time.Millisecond)
}
