package picture

import (
	"runtime"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestWorkYieldsAndOtherThreadsDoNot(t *testing.T) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	before := nice(t)
	var worker int
	require.NoError(t, newTurns(1, 0).do(t.Context(), func() error { worker = nice(t); return nil }))
	require.Equal(t, min(before+niceness, 19), worker)
	require.Equal(t, before, nice(t))
}

// nice is the calling thread's.
func nice(t *testing.T) int {
	kernel, err := syscall.Getpriority(syscall.PRIO_PROCESS, syscall.Gettid())
	require.NoError(t, err)
	return 20 - kernel
}
