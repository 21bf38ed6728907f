package password

import (
	"context"
	"runtime"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestWorkersYieldAndOtherThreadsDoNot(t *testing.T) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	before := nice(t, syscall.Gettid())
	p := newPool(1, 1)
	defer p.close()
	var worker int
	require.NoError(t, p.do(context.Background(), func() { worker = nice(t, syscall.Gettid()) }))
	require.Equal(t, min(before+niceness, 19), worker)
	require.Equal(t, before, nice(t, syscall.Gettid()))
}

func nice(t *testing.T, tid int) int {
	kernel, err := syscall.Getpriority(syscall.PRIO_PROCESS, tid)
	require.NoError(t, err)
	return 20 - kernel
}
