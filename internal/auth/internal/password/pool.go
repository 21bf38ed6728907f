package password

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

// pool runs work on a fixed number of goroutines, each of which has a computer of its own. Callers
// wait in the order they came, as the senders of a channel do; one that gives up leaves the queue at
// once.
type pool struct {
	idle    time.Duration // after which a worker's computer rests
	jobs    chan job      // unbuffered: what is in it waits in its caller
	waiting atomic.Int64
	queue   int64

	closing chan struct{}
	once    sync.Once
	workers sync.WaitGroup
}

// job is work and the channel that is closed when it is done.
type job struct {
	work func(computer)
	done chan struct{}
}

// newPool starts the workers that cfg, whose fields are all set, asks for.
func newPool(cfg Config) *pool {
	p := &pool{idle: cfg.Idle, jobs: make(chan job), queue: int64(cfg.Queue), closing: make(chan struct{})}
	hire := cfg.computers()
	for range cfg.Workers {
		p.workers.Go(func() { p.run(hire()) })
	}
	return p
}

func (p *pool) close() {
	p.once.Do(func() { close(p.closing) })
	p.workers.Wait()
}

// do runs work on a worker and returns when it is done, so work may write to the caller's
// variables. On an error work was not and will not be run.
func (p *pool) do(ctx context.Context, work func(computer)) error {
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

// run is a worker.
func (p *pool) run(c computer) {
	defer c.rest()
	for {
		select {
		case j := <-p.jobs:
			j.work(c)
			close(j.done)
		case <-time.After(p.idle):
			c.rest()
		case <-p.closing:
			return
		}
	}
}
