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

// lane is where callers of a group wait for its worker.
type lane[W, R any] struct {
	places chan struct{} // one is taken by each who waits
	wake   chan struct{}

	mu      sync.Mutex
	works   bool
	waiting []*asked[W, R]
}

// put has somebody wait, once there is a place; taken is false when nobody works here.
func (l *lane[W, R]) put(ctx context.Context, a *asked[W, R]) (taken bool, err error) {
	select {
	case l.places <- struct{}{}:
	case <-ctx.Done():
		return false, ctx.Err()
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.works {
		<-l.places
		return false, nil
	}
	l.waiting = append(l.waiting, a)
	select {
	case l.wake <- struct{}{}:
	default: // it is to look already
	}
	return true, nil
}

func (l *lane[W, R]) open() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.works = true
}

// work does what those want who wait, until ctx ends and nobody waits any more.
func (l *lane[W, R]) work(ctx context.Context, do func(context.Context, []*asked[W, R])) {
	for {
		if all := l.take(); len(all) > 0 {
			do(context.WithoutCancel(ctx), all)
			continue
		}
		select {
		case <-l.wake:
		case <-ctx.Done():
			if l.close() {
				return
			}
		}
	}
}

// take lets in those who wait, as many as go together.
func (l *lane[W, R]) take() (all []*asked[W, R]) {
	l.mu.Lock()
	defer l.mu.Unlock()
	n := min(len(l.waiting), together)
	all, l.waiting = l.waiting[:n:n], l.waiting[n:]
	for range n {
		<-l.places
	}
	return all
}

// close ends the lane, unless somebody waits.
func (l *lane[W, R]) close() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.works = len(l.waiting) > 0
	return !l.works
}
