package main

import (
	"context"
	"fmt"
	"strconv"
	"time"
)

const usersPath = "/api/auth/users/"

// reading is the load of the measurements of reads: a few connections as fast as they can.
func reading(p *process, request func(n int) []byte) load {
	return load{address: p.address, conns: 4, warm: 500 * time.Millisecond, span: 3 * time.Second, request: request}
}

// throughput is the answers per second to a load, for byTurns.
func throughput(ctx context.Context, l load) func() (float64, error) {
	return func() (float64, error) {
		r, err := l.run(ctx)
		return r.rate, err
	}
}

// measureUser reads one user, another one each time.
func measureUser(ctx context.Context, h *house) ([]row, error) {
	return h.measureRead(ctx, "one user", func(c *community, n int) string {
		return usersPath + strconv.FormatInt(c.members[n%len(c.members)].id, 10) + "/"
	})
}

// measurePage reads the first page of all users.
func measurePage(ctx context.Context, h *house) ([]row, error) {
	return h.measureRead(ctx, "page of users", func(*community, int) string { return usersPath })
}

// measureRead compares a read of a member with the same statements in a bare handler, after making
// sure that they are the same.
func (h *house) measureRead(ctx context.Context, what string, path func(c *community, n int) string) ([]row, error) {
	if err := h.settle(ctx); err != nil {
		return nil, err
	}
	c := h.community
	signed := func(n int) []byte { return get(path(c, n), c.reader().token) }
	plain := func(n int) []byte { return get(path(c, n), "") }
	if err := h.sameWork(ctx, signed(0), plain(0)); err != nil {
		return nil, err
	}
	d, err := byTurns(h.rounds,
		throughput(ctx, reading(c.product, signed)), throughput(ctx, reading(c.bare, plain)))
	return []row{{
		what: "GET " + what + ", against a bare handler with the same SQL", measured: perSecond(d.product), peer: perSecond(d.peer),
		rounds: d.ratios, limit: atLeast(0.7),
	}}, err
}

// measureSignedIn tells what it costs to know the caller: /health/ is the one read that answers
// anybody, and like every route it checks the token of whoever sends one.
func measureSignedIn(ctx context.Context, h *house) ([]row, error) {
	if err := h.settle(ctx); err != nil {
		return nil, err
	}
	c := h.community
	d, err := byTurns(h.rounds,
		throughput(ctx, reading(c.product, func(n int) []byte { return get("/health/", c.members[n%len(c.members)].token) })),
		throughput(ctx, reading(c.product, func(int) []byte { return get("/health/", "") })))
	return []row{{
		what: "GET /health/ signed in, against anonymous", measured: perSecond(d.product), peer: perSecond(d.peer), rounds: d.ratios,
	}}, err
}

func perSecond(rate float64) string { return fmt.Sprintf("%.0f/s", rate) }
