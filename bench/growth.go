package main

import (
	"context"
	"fmt"
	"os"
	"time"
)

// growth is how many adverts the databases have whose answers are compared.
var growth = struct{ small, large int }{10_000, 1_000_000}

const (
	perRound = 200    // requests of each kind to each side, in a round
	fresh    = 30_000 // adverts that do not match what is searched for
	oldWord  = "vaca" // which they do not have
	apiAdds  = "/api/adds/"
)

// sizes are the product on a small and a large database of one server. They are asked by turns, request by
// request, so that what else the machine does hits both.
type sizes struct {
	small, large *process
	dsn          string // of the large one
	wants        requests
}

// measureGrowth compares what the marketplace's reads take with few and with many adverts, over HTTP, one
// request after the other.
func measureGrowth(ctx context.Context, h *house) (rows []row, err error) {
	s := &sizes{}
	defer func() { s.small.stop(); s.large.stop() }()
	if err := s.open(ctx, h); err != nil {
		return nil, err
	}
	for _, c := range s.wants.grown() {
		r, err := s.compare(ctx, h.rounds, c)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", c.what, err)
		}
		rows = append(rows, r)
	}
	pages, err := s.measurePages(ctx, h.rounds)
	if err != nil {
		return nil, err
	}
	rows = append(rows, pages...)
	if err := h.seed(ctx, s.dsn, "--adds", fmt.Sprint(growth.large+fresh), "--without", oldWord); err != nil {
		return nil, err
	}
	worst, err := s.measureTerms(ctx, h.rounds)
	return append(rows, worst), err
}

// open fills two databases and starts the product on each.
func (s *sizes) open(ctx context.Context, h *house) (err error) {
	for _, side := range []struct {
		name string
		adds int
		to   **process
	}{{"small", growth.small, &s.small}, {"large", growth.large, &s.large}} {
		if s.dsn, err = h.newDatabase(ctx, side.name); err != nil {
			return err
		}
		begun := time.Now()
		if err := h.seed(ctx, s.dsn, "--adds", fmt.Sprint(side.adds)); err != nil {
			return err
		}
		fmt.Fprintf(os.Stderr, "%-13s %d adverts made in %v\n", "growth", side.adds, time.Since(begun).Round(time.Second))
		if *side.to, err = h.serveOn(ctx, s.dsn); err != nil {
			return err
		}
	}
	s.wants, err = s.requests(ctx)
	return err
}

// compare asks both sides the same, and compares the medians of a round.
func (s *sizes) compare(ctx context.Context, rounds int, g grown) (row, error) {
	var small, large, ratios []float64
	for range rounds {
		took, err := s.ask(ctx, func(n int) []asked {
			r := g.request()
			return []asked{{s.small, r}, {s.large, r}}
		})
		if err != nil {
			return row{}, err
		}
		a, b := ms(quantile(took[0], 0.5)), ms(quantile(took[1], 0.5))
		small, large, ratios = append(small, a), append(large, b), append(ratios, b/a)
	}
	return row{what: fmt.Sprintf("%s, %d adverts against %d, p50", g.what, growth.large, growth.small),
		measured: fmt.Sprintf("%.2f ms", median(large)), peer: fmt.Sprintf("%.2f ms", median(small)), rounds: ratios, limit: g.limit}, nil
}

// asked is a request and who is to answer it.
type asked struct {
	of   *process
	path string
}

// ask sends the requests that next gives, by turns, and tells how long each kind took. The first ones do
// not count: caches fill.
func (s *sizes) ask(ctx context.Context, next func(n int) []asked) (took [][]time.Duration, err error) {
	clients := map[*process]*client{}
	for _, p := range []*process{s.small, s.large} {
		if clients[p], err = dial(ctx, p.address, 10*time.Minute); err != nil {
			return nil, err
		}
		defer clients[p].close()
	}
	for n := range perRound + perRound/10 {
		all := next(n)
		if took == nil {
			took = make([][]time.Duration, len(all))
		}
		for i := range all {
			i = (i + n) % len(all) // who begins changes
			begun := time.Now()
			status, err := clients[all[i].of].do(get(all[i].path, ""))
			if err == nil && status != 200 {
				err = fmt.Errorf("%s: status %d: %.300s", all[i].path, status, clients[all[i].of].body)
			}
			if err != nil {
				return nil, err
			}
			if n >= perRound/10 {
				took[i] = append(took[i], time.Since(begun))
			}
		}
	}
	return took, ctx.Err()
}
