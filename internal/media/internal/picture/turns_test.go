package picture

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"agrovet/internal/platform/errs"
)

func TestNoMoreThanWorkersWorkAtOnce(t *testing.T) {
	turns := newTurns(2, 30)
	var now, most atomic.Int64
	var callers sync.WaitGroup
	for range 32 {
		callers.Go(func() {
			require.NoError(t, turns.do(t.Context(), func() error {
				n := now.Add(1)
				for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
				}
				time.Sleep(time.Millisecond)
				now.Add(-1)
				return nil
			}))
		})
	}
	callers.Wait()
	require.EqualValues(t, 2, most.Load())
}

// busy returns turns whose only worker works until the test ends.
func busy(t *testing.T, queue int) *turns {
	turns := newTurns(1, queue)
	began, end := make(chan struct{}), make(chan struct{})
	var worker sync.WaitGroup
	worker.Go(func() { _ = turns.do(context.Background(), func() error { close(began); <-end; return nil }) })
	<-began
	t.Cleanup(func() { close(end); worker.Wait() })
	return turns
}

func notRun() error { return errors.New("was run") }

func TestAFullQueueIsBusy(t *testing.T) {
	turns := busy(t, 0)
	err := turns.do(t.Context(), notRun)
	require.ErrorIs(t, err, ErrBusy)
	require.Equal(t, 5*time.Second, errs.As(err).RetryAfter)
	require.Equal(t, 429, errs.As(err).Kind.Status())
}

func TestWaitingEndsWithTheContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		turns := busy(t, 1)
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		require.ErrorIs(t, turns.do(ctx, notRun), context.DeadlineExceeded)
		require.EqualValues(t, 1, turns.present.Load()) // who gave up left the queue
	})
}

func TestAPanicIsAnError(t *testing.T) {
	turns := newTurns(1, 0)
	require.ErrorContains(t, turns.do(t.Context(), func() error { panic("ouch") }), "ouch")
	require.NoError(t, turns.do(t.Context(), func() error { return nil }))
}
