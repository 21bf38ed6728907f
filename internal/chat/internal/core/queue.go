package core

import (
	"context"
	"sync"
)

// asked is what a caller wants, and what came of it once done is closed.
type asked[W, R any] struct {
	want W
	got  R
	err  error
	done chan struct{}
}

// queue is where callers of a group wait for its worker.
type queue[W, R any] struct {
	places chan struct{} // one is taken by each who waits
	wake   chan struct{}

	mu      sync.Mutex
	works   bool
	waiting []*asked[W, R]
}

// put has somebody wait, once there is a place; taken is false when nobody works here.
func (q *queue[W, R]) put(ctx context.Context, a *asked[W, R]) (taken bool, err error) {
	select {
	case q.places <- struct{}{}:
	case <-ctx.Done():
		return false, ctx.Err()
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	if !q.works {
		<-q.places
		return false, nil
	}
	q.waiting = append(q.waiting, a)
	select {
	case q.wake <- struct{}{}:
	default: // it is to look already
	}
	return true, nil
}

func (q *queue[W, R]) open() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.works = true
}

// work does what those want who wait, until ctx ends and nobody waits any more.
func (q *queue[W, R]) work(ctx context.Context, do func(context.Context, []*asked[W, R])) {
	for {
		if all := q.take(); len(all) > 0 {
			do(context.WithoutCancel(ctx), all)
			continue
		}
		select {
		case <-q.wake:
		case <-ctx.Done():
			if q.close() {
				return
			}
		}
	}
}

// take lets in those who wait, as many as go together.
func (q *queue[W, R]) take() (all []*asked[W, R]) {
	q.mu.Lock()
	defer q.mu.Unlock()
	n := min(len(q.waiting), together)
	all, q.waiting = q.waiting[:n:n], q.waiting[n:]
	for range n {
		<-q.places
	}
	return all
}

// close ends the queue, unless somebody waits.
func (q *queue[W, R]) close() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.works = len(q.waiting) > 0
	return !q.works
}
