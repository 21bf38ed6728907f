package store

import (
	"context"
	"fmt"
	"math"
	"slices"
)

// The newest adverts that match are looked for in one of two ways. Of a rare term all documents are
// looked up at once. Of a frequent one, which hundreds of thousands may have, the index is asked bucket by
// bucket of ids, the newest first, until there are enough. So neither way's cost grows with the number of
// adverts: see spread for where the one becomes better than the other.

// window begins a query with the newest adverts that match, as matches.
//
// The planner is kept (offset 0) from a third way, reading the newest adverts one by one until enough
// of them match: it knows nothing of the terms when it plans.
func (s Store) window(ctx context.Context, q *statement, f Find, below int64, most int) error {
	sets := f.sets()
	frequent, err := s.frequent(ctx, sets, most)
	if err != nil {
		return err
	}
	columns := "l.add_id, l.created_at, l.root_id, l.category_id, l.condition, l.price, l.base_price, l.currency, " + q.inTitle(f) + " as in_title, " + q.km(f) + " as km"
	switch {
	case len(sets) == 0: // the newest of all
		q.add("with matches as (select %s from listing l where true", columns)
		q.rest(f, below)
		q.add(" order by l.add_id desc limit %s)", q.arg(most))
	case !frequent:
		q.add("with matches as (select * from (select %s from listing l where true", columns)
		q.terms(f, func(terms []int64) string { return q.arg(terms) + "::bigint[]" })
		q.rest(f, below)
		q.add(" offset 0) found order by add_id desc limit %s)", q.arg(most))
	default:
		q.add(`with matches as (select found.* from (select b from generate_series((select max(add_id) / %d from listing where add_id < %s), 0, -1) b) bucket
			cross join lateral (select * from (select %s from listing l where true`, Bucket, q.below(below), columns)
		q.terms(f, func(terms []int64) string {
			return fmt.Sprintf("(select array_agg(t + b + 1) from unnest(%s::bigint[]) t)", q.arg(terms))
		})
		q.rest(f, below)
		q.add(" offset 0) here order by add_id desc limit %s) found limit %s)", q.arg(most), q.arg(most))
	}
	return nil
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

// frequent says whether so many adverts match, about, that the newest of them are better looked for
// bucket by bucket.
func (s Store) frequent(ctx context.Context, sets [][]int64, most int) (bool, error) {
	if len(sets) == 0 {
		return false, nil
	}
	n, documents, err := s.counts(ctx, slices.Concat(sets...))
	matching := float64(documents)
	for _, set := range sets {
		sum := 0.0
		for _, t := range set {
			sum += float64(n[t])
		}
		matching = min(matching*sum/float64(max(1, documents)), sum) // as if terms came together by chance
	}
	return matching > spread(documents, most), err
}

// spread is how many adverts may match so that looking at all of them costs what looking for the newest
// in buckets does: the fewer match the more buckets it takes to find enough of them, and a bucket costs
// about as much as probe documents.
func spread(documents int64, most int) float64 {
	const probe = 12
	return math.Sqrt(probe * float64(most) * float64(documents) / Bucket)
}

// terms adds the conditions that the index of terms has, each list of terms as array writes it.
func (s *statement) terms(f Find, array func([]int64) string) {
	if len(f.Must) > 0 {
		s.add(" and l.terms @> %s", array(f.Must))
	}
	for _, any := range f.Any {
		s.add(" and l.terms && %s", array(any))
	}
	for _, g := range f.Groups {
		s.add(" and (l.terms && %s", array(g.Any()))
		for _, phrase := range g.Phrases() {
			s.add(" or l.terms @> %s", array(phrase))
		}
		s.add(")")
	}
}

// rest adds the other conditions.
func (s *statement) rest(f Find, below int64) {
	if below != 0 {
		s.add(" and l.add_id < %s", s.arg(below))
	}
	if len(f.Without) > 0 {
		s.add(" and l.publisher_id <> all(%s)", s.arg(f.Without))
	}
	if f.Near != nil {
		s.add(" and %s <= %s", s.km(f), s.arg(f.Near.KM))
	}
	for _, r := range f.Range {
		s.bounds(r)
	}
}

func (s *statement) bounds(r Range) {
	kind, value := "numeric", "l."+r.Column
	if r.Attribute != "" {
		if r.Date {
			kind = "date"
		}
		value = fmt.Sprintf("(select (add.attributes->>%s)::%s from add where add.id = l.add_id)", s.arg(r.Attribute), kind)
	}
	for sign, bound := range map[string]string{">=": r.Min, "<=": r.Max} {
		if bound != "" {
			s.add(" and %s %s %s::text::%s", value, sign, s.arg(bound), kind)
		}
	}
}

func (s *statement) below(id int64) string {
	if id == 0 {
		return "9223372036854775807"
	}
	return s.arg(id)
}
