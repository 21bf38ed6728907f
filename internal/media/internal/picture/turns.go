package picture

import (
	"context"
	"fmt"
	"runtime"
	"sync/atomic"

	"golang.org/x/sync/semaphore"
)

// turns lets a few callers work at once and a few more wait, in the order they came.
type turns struct {
	workers *semaphore.Weighted
	present atomic.Int64 // callers that work or wait
	most    int64
}

func newTurns(workers, queue int) *turns {
	return &turns{workers: semaphore.NewWeighted(int64(workers)), most: int64(workers + queue)}
}

// do runs work when it is its turn, and returns work's error. On ErrBusy, and on the context's end
// before its turn, work was not and will not be run.
func (t *turns) do(ctx context.Context, work func() error) error {
	defer t.present.Add(-1)
	if t.present.Add(1) > t.most {
		return ErrBusy
	}
	if err := t.workers.Acquire(ctx, 1); err != nil {
		return err
	}
	defer t.workers.Release(1)
	done := make(chan error)
	go func() { done <- aside(work) }()
	return <-done
}

// aside runs work on a thread of its own with a lowered priority. The goroutine ends with its
// thread locked, so that the runtime discards the thread: a priority cannot be raised again.
//
// A panic is an error here, because on this goroutine nobody else could recover it.
func aside(work func() error) (err error) {
	runtime.LockOSThread()
	lowerPriority()
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("picture: panic: %v", p)
		}
	}()
	return work()
}
