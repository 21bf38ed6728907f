package main

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"time"
)

const (
	perRound = 200    // requests of each kind to each side, in a round
	warming  = 2      // rounds before those that count
	fresh    = 30_000 // rows that do not match what is searched for
)

// growing is what there are few of in one database and many of in another, and what readers ask for there.
type growing struct {
	name         string
	rows         string // in words
	flag         string // with which seed makes them
	small, large int
	search       string // the path of a search, up to its words
	words        string // the table of words, and of how many documents have them
	common, old  string // words that very many have, and that many have but for fresh rows
	asked        func(context.Context, *sizes) (wants, error)
}

// wants are requests whose answers are compared.
type wants struct {
	grown []grown // small against large
	lists []list  // page 1 against page 1,000, of the large one
}

// grown is a kind of requests whose answers may take so much longer.
type grown struct {
	what    string
	limit   limit
	request func() (small, large string) // paths
}

// list is walked by cursor.
type list struct{ what, path string }

// sizes are the product on a small and a large database of one server. They are asked by turns, request by
// request, so that what else the machine does hits both.
type sizes struct {
	of           growing
	small, large *side
}

// side is the product on one of the databases.
type side struct {
	*process
	dsn   string
	token string // of who asks; empty: nobody in particular
}

// grow compares what reads take with few and with many rows, over HTTP, one request after the other.
func (h *house) grow(ctx context.Context, of growing) (rows []row, err error) {
	s := &sizes{of: of}
	defer func() { s.close(ctx, h) }()
	if s.small, err = h.grown(ctx, of, "small", of.small); err != nil {
		return nil, err
	}
	if s.large, err = h.grown(ctx, of, "large", of.large); err != nil {
		return nil, err
	}
	w, err := of.asked(ctx, s)
	if err != nil {
		return nil, err
	}
	for _, g := range w.grown {
		r, err := s.compare(ctx, h.rounds, g)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", g.what, err)
		}
		rows = append(rows, r)
	}
	pages, err := s.measurePages(ctx, h.rounds, w.lists)
	if err != nil {
		return nil, err
	}
	rows = append(rows, pages...)
	if err := h.seed(ctx, s.large.dsn, of.flag, fmt.Sprint(of.large+fresh), "--without", of.old); err != nil {
		return nil, err
	}
	worst, err := s.measureTerms(ctx, h.rounds)
	return append(rows, worst), err
}

// grown fills a database and starts the product on it.
func (h *house) grown(ctx context.Context, of growing, name string, rows int) (s *side, err error) {
	s = &side{}
	if s.dsn, err = h.newDatabase(ctx, of.name+"_"+name); err != nil {
		return nil, err
	}
	begun := time.Now()
	if err := h.seed(ctx, s.dsn, of.flag, fmt.Sprint(rows)); err != nil {
		return nil, err
	}
	fmt.Fprintf(os.Stderr, "%-13s %d %s made in %v\n", of.name, rows, of.rows, time.Since(begun).Round(time.Second))
	s.process, err = h.serveOn(ctx, s.dsn)
	return s, err
}

// close ends what was begun; the databases are gone after it.
func (s *sizes) close(ctx context.Context, h *house) {
	for _, of := range []*side{s.small, s.large} {
		if of == nil {
			continue
		}
		of.stop()
		if u, err := url.Parse(of.dsn); err == nil {
			_ = h.asOwner(context.WithoutCancel(ctx), "drop database "+u.Path[1:]+" with (force)") // it goes with the house otherwise
		}
	}
}

// compare asks both sides the same, and compares the medians of a round.
func (s *sizes) compare(ctx context.Context, rounds int, g grown) (row, error) {
	r, err := s.against(ctx, rounds, func() []asked {
		small, large := g.request()
		return []asked{{s.small, small}, {s.large, large}}
	})
	r.what, r.limit = fmt.Sprintf("%s, %d %s against %d, p50", g.what, s.of.large, s.of.rows, s.of.small), g.limit
	return r, err
}

// against compares what the second of two requests takes with what the first does.
func (s *sizes) against(ctx context.Context, rounds int, next func() []asked) (row, error) {
	var firsts, seconds, ratios []float64
	for range warming { // what is asked for often is in memory, of the large one as of the small
		if _, err := s.ask(ctx, next); err != nil {
			return row{}, err
		}
	}
	for range rounds {
		took, err := s.ask(ctx, next)
		if err != nil {
			return row{}, err
		}
		a, b := ms(quantile(took[0], 0.5)), ms(quantile(took[1], 0.5))
		firsts, seconds, ratios = append(firsts, a), append(seconds, b), append(ratios, b/a)
	}
	return row{measured: fmt.Sprintf("%.2f ms", median(seconds)), peer: fmt.Sprintf("%.2f ms", median(firsts)), rounds: ratios}, nil
}

// asked is a request and who is to answer it.
type asked struct {
	of   *side
	path string
}

// ask sends the requests that next gives, by turns, and tells how long each kind took. The first ones do
// not count: caches fill.
func (s *sizes) ask(ctx context.Context, next func() []asked) (took [][]time.Duration, err error) {
	clients := map[*side]*client{}
	for _, p := range []*side{s.small, s.large} {
		if clients[p], err = dial(ctx, p.address, 10*time.Minute); err != nil {
			return nil, err
		}
		defer clients[p].close()
	}
	for n := range perRound + perRound/10 {
		all := next()
		if took == nil {
			took = make([][]time.Duration, len(all))
		}
		for i := range all {
			i = (i + n) % len(all) // who begins changes
			begun := time.Now()
			status, err := clients[all[i].of].do(get(all[i].path, all[i].of.token))
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
