package password

import (
	"fmt"
	"os"
	"strconv"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestEveryThreadOfAHelperYieldsAndOursDoNot(t *testing.T) {
	var seen recorded
	h := setup(t, Config{Command: seen.of(role("hash")), Workers: 1, Params: cheap})
	before := niceValues(t, os.Getpid())
	requireVerifies(t, h)

	for _, nice := range niceValues(t, seen.all()[0].Process.Pid) {
		require.Equal(t, niceness, nice)
	}
	for _, nice := range niceValues(t, os.Getpid()) {
		require.Contains(t, before, nice)
	}
	if group, err := os.ReadFile(fmt.Sprintf("/proc/%d/autogroup", seen.all()[0].Process.Pid)); err == nil {
		require.Contains(t, string(group), fmt.Sprintf(" nice %d", niceness)) // a kernel without has no file
	}
}

// niceValues are those of all threads of a process.
func niceValues(t *testing.T, pid int) (all []int) {
	t.Helper()
	threads, err := os.ReadDir(fmt.Sprintf("/proc/%d/task", pid))
	require.NoError(t, err)
	for _, thread := range threads {
		tid, err := strconv.Atoi(thread.Name())
		require.NoError(t, err)
		if kernel, err := syscall.Getpriority(syscall.PRIO_PROCESS, tid); err == nil { // it may have ended
			all = append(all, 20-kernel) // see getpriority(2), "C library/kernel differences"
		}
	}
	require.NotEmpty(t, all)
	return all
}
