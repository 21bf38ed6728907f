package password

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func testPool(workers, queue int) *pool {
	return newPool(Config{Workers: workers, Queue: queue}.withDefaults())
}

// setupPool returns a pool of one worker, which is busy until release is called.
func setupPool(t *testing.T, queue int) (p *pool, release func()) {
	t.Helper()
	p = testPool(1, queue)
	began, end := make(chan struct{}), make(chan struct{})
	var busy sync.WaitGroup
	busy.Go(func() { _ = p.do(context.Background(), func(computer) { close(began); <-end }) })
	<-began
	requireWaiting(t, p, 0)
	release = sync.OnceFunc(func() { close(end) })
	t.Cleanup(func() { release(); busy.Wait(); p.close() })
	return p, release
}

// requireWaiting waits until n callers stand in the queue.
func requireWaiting(t *testing.T, p *pool, n int64) {
	t.Helper()
	require.Eventually(t, func() bool { return p.waiting.Load() == n }, 5*time.Second, time.Millisecond)
}

func TestFullQueueIsBusyAtOnce(t *testing.T) {
	p, release := setupPool(t, 2)
	var ran atomic.Int64
	results := make(chan error, 2)
	for range 2 {
		go func() { results <- p.do(context.Background(), func(computer) { ran.Add(1) }) }()
	}
	requireWaiting(t, p, 2)
	require.ErrorIs(t, p.do(context.Background(), func(computer) { ran.Add(100) }), ErrBusy)

	release()
	require.NoError(t, <-results)
	require.NoError(t, <-results)
	require.EqualValues(t, 2, ran.Load())
}

func TestGivingUpFreesThePlaceInTheQueue(t *testing.T) {
	p, release := setupPool(t, 1)
	ctx, cancel := context.WithCancel(context.Background())
	gaveUp := make(chan error, 1)
	go func() { gaveUp <- p.do(ctx, func(computer) { t.Error("ran although its caller had gone") }) }()
	requireWaiting(t, p, 1)
	cancel()
	require.ErrorIs(t, <-gaveUp, context.Canceled)

	result := make(chan error, 1)
	go func() { result <- p.do(context.Background(), func(computer) {}) }()
	requireWaiting(t, p, 1)
	release()
	require.NoError(t, <-result)
}

func TestEndedContextNeverStartsWork(t *testing.T) {
	p := testPool(1, 1)
	defer p.close()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	require.ErrorIs(t, p.do(ctx, func(computer) { t.Error("ran") }), context.Canceled)
}

func TestCallersAreServedInTheOrderTheyCame(t *testing.T) {
	p, release := setupPool(t, 8)
	var order []int
	var callers sync.WaitGroup
	for i := range 8 {
		callers.Go(func() { _ = p.do(context.Background(), func(computer) { order = append(order, i) }) })
		requireWaiting(t, p, int64(i+1))
		time.Sleep(2 * time.Millisecond) // counted, but perhaps not yet in the channel's line
	}
	release()
	callers.Wait()
	require.Equal(t, []int{0, 1, 2, 3, 4, 5, 6, 7}, order)
}

func TestCloseFinishesWhatRunsAndSendsTheOthersAway(t *testing.T) {
	p, release := setupPool(t, 1)
	waiting := make(chan error, 1)
	go func() { waiting <- p.do(context.Background(), func(computer) { t.Error("ran after Close") }) }()
	requireWaiting(t, p, 1)

	closed := make(chan struct{})
	go func() { p.close(); close(closed) }()
	require.ErrorIs(t, <-waiting, ErrClosed)
	select {
	case <-closed:
		t.Fatal("Close returned while work was running")
	case <-time.After(10 * time.Millisecond):
	}
	release()
	<-closed
	require.ErrorIs(t, p.do(context.Background(), func(computer) {}), ErrClosed)
	p.close()
}

func TestNeverMoreAtOnceThanWorkers(t *testing.T) {
	p := testPool(2, 100)
	defer p.close()
	var now, most atomic.Int64
	var callers sync.WaitGroup
	for range 50 {
		callers.Go(func() {
			_ = p.do(context.Background(), func(computer) {
				most.Store(max(most.Load(), now.Add(1)))
				time.Sleep(time.Millisecond)
				now.Add(-1)
			})
		})
	}
	callers.Wait()
	require.LessOrEqual(t, most.Load(), int64(2))
}
