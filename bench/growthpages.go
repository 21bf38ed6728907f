package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// measurePages compares page 1,000 of lists, walked by cursor, with page 1.
func (s *sizes) measurePages(ctx context.Context, rounds int, lists []list) (rows []row, err error) {
	for _, l := range lists {
		last, err := s.walk(ctx, l.path, 999)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", l.what, err)
		}
		r, err := s.against(ctx, rounds, func() []asked { return []asked{{s.large, l.path}, {s.large, last}} })
		if err != nil {
			return nil, err
		}
		r.what, r.limit = fmt.Sprintf("page 1,000 of %s by cursor, against page 1, p50", l.what), atMost(1.3)
		rows = append(rows, r)
	}
	return rows, nil
}

// walk follows the pages of a list and returns the path of the one behind so many.
func (s *sizes) walk(ctx context.Context, path string, pages int) (string, error) {
	c, err := dial(ctx, s.large.address, 5*time.Minute)
	if err != nil {
		return "", err
	}
	defer c.close()
	for range pages {
		if _, err := c.do(get(path, s.large.token)); err != nil {
			return "", err
		}
		var page struct {
			Next *string `json:"next"`
		}
		if err := json.Unmarshal(c.body, &page); err != nil {
			return "", err
		}
		if page.Next == nil {
			return "", errors.New("the list ends before page 1,000: there are too few rows")
		}
		next, err := url.Parse(*page.Next)
		if err != nil {
			return "", err
		}
		path = next.RequestURI()
	}
	return path, ctx.Err()
}

// measureTerms compares the slowest search for one word with the quickest, at the 99th percentile.
func (s *sizes) measureTerms(ctx context.Context, rounds int) (row, error) {
	terms, err := s.terms(ctx)
	if err != nil {
		return row{}, err
	}
	p99 := make([][]float64, len(terms))
	var ratios []float64
	for range rounds {
		took, err := s.ask(ctx, func() (all []asked) {
			for _, t := range terms {
				all = append(all, asked{s.large, s.of.search + url.QueryEscape(t.word)})
			}
			return all
		})
		if err != nil {
			return row{}, err
		}
		var round []float64
		for i := range terms {
			round = append(round, ms(quantile(took[i], 0.99)))
			p99[i] = append(p99[i], round[i])
		}
		ratios = append(ratios, quantile(round, 1)/quantile(round, 0))
	}
	var each []string
	best, worst := median(p99[0]), median(p99[0])
	for i, t := range terms {
		each = append(each, fmt.Sprintf("%s %.1f", t.what, median(p99[i])))
		best, worst = min(best, median(p99[i])), max(worst, median(p99[i]))
	}
	return row{what: fmt.Sprintf("search's worst word against its best after %d fresh %s, p99 in ms (%s)", fresh, s.of.rows, strings.Join(each, ", ")),
		measured: fmt.Sprintf("%.2f ms", worst), peer: fmt.Sprintf("%.2f ms", best), rounds: ratios, limit: atMost(5)}, nil
}

type term struct{ what, word string }

// terms are words of every frequency that there is. The absent one is so far from every word that it is
// taken for none.
func (s *sizes) terms(ctx context.Context) ([]term, error) {
	conn, err := pgx.Connect(ctx, s.large.dsn)
	if err != nil {
		return nil, err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	all := []term{{"absent", "hipopótamo"}, {"very common", s.of.common}, {"common, old", s.of.old}}
	for _, t := range []struct {
		what string
		n    int // documents, about
	}{{"rare", 3}, {"less rare", 100}, {"neither rare nor common", 1000}, {"common", 20_000}} {
		var word string
		err := conn.QueryRow(ctx, "select word from "+s.of.words+" where length(word) > 4 order by abs(ln(n) - ln($1::float8)), word limit 1", t.n).Scan(&word)
		if err != nil {
			return nil, err
		}
		all = append(all, term{t.what, word})
	}
	return all, nil
}
