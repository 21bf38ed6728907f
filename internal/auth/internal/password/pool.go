package password

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

// pool runs work on a fixed number of goroutines. Callers wait in the order they came, as the
// senders of a channel do; one that gives up leaves the queue at once.
type pool struct {
	jobs    chan job // unbuffered: what is in it waits in its caller
	waiting atomic.Int64
	queue   int64

	closing chan struct{}
	once    sync.Once
	workers sync.WaitGroup
}

// job is work and the channel that is closed when it is done.
type job struct {
	work func()
	done chan struct{}
}

func newPool(workers, queue int) *pool {
	p := &pool{jobs: make(chan job), queue: int64(queue), closing: make(chan struct{})}
	for range workers {
		p.workers.Go(p.run)
	}
	return p
}

func (p *pool) close() {
	p.once.Do(func() { close(p.closing) })
	p.workers.Wait()
}

// do runs work on a worker and returns when it is done, so work may write to the caller's
// variables. On an error work was not and will not be run.
func (p *pool) do(ctx context.Context, work func()) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	j := job{work, make(chan struct{})}
	select {
	case p.jobs <- j: // a worker is idle
	default:
		if err := p.wait(ctx, j); err != nil {
			return err
		}
	}
	<-j.done
	return nil
}

// wait hands j to the next free worker, unless the queue is full.
func (p *pool) wait(ctx context.Context, j job) error {
	defer p.waiting.Add(-1)
	if p.waiting.Add(1) > p.queue {
		return ErrBusy
	}
	select {
	case p.jobs <- j:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	case <-p.closing:
		return ErrClosed
	}
}

// run is a worker. It owns its thread and leaves it locked at the end, so that the runtime
// discards the thread with its lowered priority.
//
// The priority covers what runs on this goroutine: all of PBKDF2, the longest work there is here,
// and argon2's clearing of memory. The rest of argon2 does not run here, because the library
// computes each quarter of a pass on a goroutine of its own; for that it is the number of workers
// that leaves cores to others.
func (p *pool) run() {
	runtime.LockOSThread()
	lowerPriority()
	for {
		select {
		case j := <-p.jobs:
			j.work()
			close(j.done)
		case <-p.closing:
			return
		}
	}
}
