package store

import (
	"context"
	"fmt"
	"math"
	"slices"
)

// The newest adverts that match are looked for in one of several ways, none of which costs more the more
// adverts there are. Of a rare term all documents are looked up at once. Of a frequent one, which hundreds
// of thousands may have, the index is asked bucket by bucket of ids, the newest first, until there are
// enough. Whether terms that are frequent each are rare together, nobody knows beforehand: the last
// buckets tell.
type way int

const (
	newest  way = iota // nothing is asked for that the index of terms has: one advert after the other
	atOnce             // all that have the terms
	recent             // in the last buckets
	buckets            // in all buckets
)

// window is the newest adverts that match.
type window struct {
	find  Find
	below int64 // only of ids below this; 0: all
	most  int
	way   way
	last  int64 // the number of the last document
}

// sample is how many buckets are looked into before it is clear how rare something is.
const sample = 32

// window is where to look first.
func (s Store) window(ctx context.Context, f Find, below int64, most int) (w window, err error) {
	w = window{find: f, below: below, most: most}
	sets := f.sets()
	if len(sets) == 0 {
		return w, nil
	}
	n, last, err := s.counts(ctx, slices.Concat(sets...))
	w.last = last
	rarest, together := math.Inf(1), float64(last)
	for _, set := range sets {
		sum := 0.0
		for _, t := range set {
			sum += float64(n[t])
		}
		rarest, together = min(rarest, sum), together*sum/max(1, float64(last)) // as chance has it
	}
	switch few := w.few(); {
	case rarest <= few:
		w.way = atOnce
	case together > 2*few: // if they avoid each other all the same, the buckets end
		w.way = buckets
	default:
		w.way = recent
	}
	return w, err
}

// next says whether another way has to be gone after one that found so many, and makes it the window's.
func (w *window) next(found int) bool {
	all := float64(w.last) / Bucket
	switch {
	case w.way != recent || found >= w.most || all <= sample:
		return false
	case float64(found)*all/sample > w.few():
		w.way = buckets
	default:
		w.way = atOnce
	}
	return true
}

// few is how many adverts may match for looking at all of them to cost no more than looking for the newest
// in buckets: the fewer there are, the more buckets it takes, one of which costs half as much again as a
// document that lies on a page of its own.
func (w *window) few() float64 {
	most, all := float64(w.most), float64(w.last)/Bucket
	return most/2 + math.Sqrt(most*most/4+1.5*most*all)
}

// sets are what the index of terms is asked for: of each an advert must have a term, or a phrase.
func (f Find) sets() (sets [][]int64) {
	for _, g := range f.Groups {
		sets = append(sets, slices.Concat(g.Any(), slices.Concat(g.Phrases()...)))
	}
	for _, t := range f.Must {
		sets = append(sets, []int64{t})
	}
	return append(sets, f.Any...)
}

// window begins a query with the adverts of the window, as matches.
//
// The planner is kept (offset 0) from reading the newest adverts one by one until enough of them match: it
// knows nothing of the terms when it plans.
func (s *statement) window(w window) {
	f := w.find
	columns := "l.add_id, l.created_at, l.root_id, l.category_id, l.condition, l.price, l.base_price, l.currency, " + s.inTitle(f) + " as in_title, " + s.km(f) + " as km"
	switch w.way {
	case newest:
		s.add("with matches as (select %s from listing l where add_id < %s", columns, s.below(w.below))
		s.rest(f, 0)
		s.add(" order by l.add_id desc limit %s)", s.arg(w.most))
	case atOnce:
		s.add("with matches as (select * from (select %s from listing l where true", columns)
		s.terms(f, func(terms []int64) string { return s.arg(terms) + "::bigint[]" })
		s.rest(f, w.below)
		s.add(" offset 0) found order by add_id desc limit %s)", s.arg(w.most))
	default:
		depth := int64(math.MaxInt64)
		if w.way == recent {
			depth = sample - 1
		}
		s.add(`with matches as (select found.* from (select max(add_id) / %d as top from listing where add_id < %s) newest
			cross join lateral (select b from generate_series(top, greatest(0, top - %s), -1) b) bucket
			cross join lateral (select * from (select %s from listing l where true`, Bucket, s.below(w.below), s.arg(depth), columns)
		s.terms(f, func(terms []int64) string {
			return fmt.Sprintf("(select array_agg(t + b + 1) from unnest(%s::bigint[]) t)", s.arg(terms))
		})
		s.rest(f, w.below)
		s.add(" offset 0) here order by add_id desc limit %s) found limit %s)", s.arg(w.most), s.arg(w.most))
	}
}
