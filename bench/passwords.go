package main

import (
	"context"
	"fmt"
	"runtime"
	"time"

	"golang.org/x/sync/errgroup"
)

// hashWorkers is how many passwords the product hashes at once when nothing is configured, and so
// how many its peers do.
func hashWorkers() int { return max(1, runtime.NumCPU()/2) }

// queueing is enough connections to keep all workers busy while others wait for the disk.
func queueing() int { return 4 * hashWorkers() }

const hashingFor = 4 * time.Second

// measureLogin compares logins with their hashes alone, computed by as many goroutines.
func measureLogin(ctx context.Context, h *house) ([]row, error) {
	if err := h.settle(ctx); err != nil {
		return nil, err
	}
	d, err := byTurns(h.rounds,
		throughput(ctx, h.logins(queueing(), hashingFor)), func() (float64, error) { return h.bareHashes(ctx, hashingFor) })
	return []row{{
		what: "login, against its argon2id hash alone", measured: perSecond(d.product), peer: perSecond(d.peer),
		rounds: d.ratios, limit: atLeast(0.9),
	}}, err
}

// logins signs the members in, one after the other; all but the reader.
func (h *house) logins(conns int, span time.Duration) load {
	c := h.community
	return load{address: c.product.address, conns: conns, warm: 500 * time.Millisecond, span: span, busy: true,
		request: func(n int) []byte {
			return post(loginPath, map[string]string{"phone_number": c.members[n%(len(c.members)-1)].phone, "password": password})
		}}
}

const (
	flooding  = 32               // connections that log in
	readRate  = 100              // reads per second meanwhile, over a few connections
	floodSpan = 20 * time.Second // two thousand reads: of fewer, the p99 says little
)

// measureFlood compares the slow end of reads while others log in as fast as they can with the same
// reads on a quiet server.
func measureFlood(ctx context.Context, h *house) ([]row, error) {
	if err := h.settle(ctx); err != nil {
		return nil, err
	}
	d, err := byTurns(h.rounds,
		func() (float64, error) { return h.readDuringFlood(ctx) }, func() (float64, error) { return h.readQuietly(ctx) })
	return []row{{
		what:     fmt.Sprintf("page of users, p99 during %d connections of logins, against quiet", flooding),
		measured: fmt.Sprintf("%.1f ms", d.product), peer: fmt.Sprintf("%.1f ms", d.peer), rounds: d.ratios, limit: atMost(2),
	}}, err
}

// readQuietly is the p99 in milliseconds of a modest, fixed rate of reads.
func (h *house) readQuietly(ctx context.Context) (float64, error) {
	c := h.community
	l := load{address: c.product.address, conns: 4, rate: readRate, warm: time.Second, span: floodSpan,
		request: func(int) []byte { return get(usersPath, c.reader().token) }}
	r, err := l.run(ctx)
	return ms(r.p(0.99)), err
}

func (h *house) readDuringFlood(ctx context.Context) (p99 float64, err error) {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		_, err := h.logins(flooding, floodSpan+time.Second).run(ctx)
		return err
	})
	g.Go(func() (err error) {
		p99, err = h.readQuietly(ctx)
		return err
	})
	return p99, g.Wait()
}

// measureRegistration compares registrations with what they cannot do without: one hash, and the
// same rows in one durable transaction.
func measureRegistration(ctx context.Context, h *house) ([]row, error) {
	if err := h.settle(ctx); err != nil {
		return nil, err
	}
	signUp := func(p *process) load {
		return load{address: p.address, conns: queueing(), warm: 500 * time.Millisecond, span: hashingFor,
			request: func(int) []byte { return registration(newPhone()) }}
	}
	d, err := byTurns(h.rounds,
		throughput(ctx, signUp(h.community.product)), throughput(ctx, signUp(h.community.bare)))
	return []row{{
		what: "registration, against one hash and the bare inserts", measured: perSecond(d.product), peer: perSecond(d.peer), rounds: d.ratios,
	}}, err
}
