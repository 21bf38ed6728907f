package core

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"

	"agrovet/internal/platform/pg"
)

// A group does what many callers want at the same time in few transactions: while one is being committed,
// the next callers gather, and all who wait go together. Nobody waits for others to come. What is asked one
// after the other is done in that order.
//
// It has one worker: two would make twice as many transactions of half the size, which was slower by a
// third on two cores. So what it does must not wait for locks that others may hold for long. It has
// room for a limited number of callers; more wait outside, as long as they like to.
//
// A group works while run does; before and after, callers do what they want themselves.
type group[W, R any] struct {
	do   func(ctx context.Context, wants []W) ([]R, error) // all, or none of it
	line *queue[W, R]
}

const (
	together  = 128              // wants in a transaction at most
	waitRoom  = 2048             // callers whom a group has room for
	doneAfter = 20 * time.Second // a transaction that takes longer is given up
)

func newGroup[W, R any](do func(context.Context, []W) ([]R, error)) *group[W, R] {
	return &group[W, R]{do, &queue[W, R]{places: make(chan struct{}, waitRoom), wake: make(chan struct{}, 1)}}
}

// ask has something done and returns what came of it. When ctx ends before, it may be done all the same.
func (g *group[W, R]) ask(ctx context.Context, want W) (got R, err error) {
	a := &asked[W, R]{want: want, done: make(chan struct{})}
	taken, err := g.line.put(ctx, a)
	if err != nil {
		return got, err
	}
	if !taken {
		return one(g.do(ctx, []W{want}))
	}
	select {
	case <-a.done:
		return a.got, a.err
	case <-ctx.Done():
		return got, ctx.Err()
	}
}

func one[R any](all []R, err error) (got R, _ error) {
	if err != nil {
		return got, err
	}
	return all[0], nil
}

// run works until ctx ends, finishes what is in hand, and returns.
func (g *group[W, R]) run(ctx context.Context) {
	g.line.open()
	g.line.work(ctx, g.finish)
}

// finish does what some callers want. When that fails for all, and not because the database is away, each
// is tried alone: what is wrong with one is not the others' fault.
func (g *group[W, R]) finish(ctx context.Context, all []*asked[W, R]) {
	wants := make([]W, len(all))
	for i, a := range all {
		wants[i] = a.want
	}
	got, err := g.safely(ctx, wants)
	for i, a := range all {
		switch {
		case err == nil:
			a.got = got[i]
		case len(all) == 1 || pg.Unavailable(err) || ctx.Err() != nil:
			a.err = err
		default:
			a.got, a.err = one(g.safely(ctx, []W{a.want}))
		}
		close(a.done)
	}
}

// safely is do for a worker, which must not end.
func (g *group[W, R]) safely(run context.Context, wants []W) (got []R, err error) {
	defer func() {
		if p := recover(); p != nil {
			slog.ErrorContext(run, "panic in a group", "panic", p, "stack", string(debug.Stack()))
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	ctx, cancel := context.WithTimeout(run, doneAfter)
	defer cancel()
	return g.do(ctx, wants)
}
