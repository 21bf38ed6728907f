package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"agrovet/internal/platform/geo"
	"agrovet/internal/platform/search"
)

// Find is what active adverts are searched for. All of it must be true of each.
type Find struct {
	Groups  []search.Group // words of the texts
	Must    []int64        // traits
	Any     [][]int64      // of each, one of these traits
	Range   []Range
	Near    *geo.Circle // the rough place lies in it; nearer ones rank higher
	Without []int64     // publishers that are left out
}

// Range is exact bounds of a price or of an attribute; empty: none.
type Range struct {
	Column    string // price or base_price; empty: of Attribute
	Attribute string // a key of the category's definitions
	Date      bool   // the attribute is one; else a number
	Min, Max  string
}

// FindSpan is a part of what is found. The newest Window adverts that match are ranked, and then the
// next ones: so that a search costs the same however many there are.
type FindSpan struct {
	Below int64     // the window is of ids below this; 0: the newest
	Order Order     // of the window; empty: by rank
	Now   time.Time // from when freshness is reckoned
	Skip  int       // in the window
	Limit int
}

// Window is how many adverts are ranked together, and counted.
const Window = 1000

// Found is a part of a window.
type Found struct {
	IDs    []int64
	KM     []*float64 // how far away, with Near
	Total  int        // adverts in the window
	Oldest int64      // the lowest id in it
}

// rare is how many documents may have a term for all of them to be looked at.
const rare = 2 * Window

// Find returns a part of what is found: adverts ranked by where the words stand, how fresh they are, and
// how near. The rank is from 0 to 1: half for words in the title, three tenths for freshness, which
// falls to a third in 30 days, and two tenths for nearness, which falls to a third in 50 km.
func (s Store) Find(ctx context.Context, f Find, span FindSpan) (found Found, err error) {
	var q statement
	if err := s.window(ctx, &q, f, span.Below, Window); err != nil {
		return found, err
	}
	q.add(" select add_id, km, count(*) over (), min(add_id) over () from matches order by ")
	if column, down := span.Order.column(); down {
		q.add("%s desc, add_id desc", column)
	} else if column != "" {
		q.add("%s, add_id", column)
	} else {
		q.add(`0.5 * in_title + 0.3 * exp(-greatest(0, extract(epoch from %s::timestamptz - created_at)) / 2592000) + 0.2 * coalesce(exp(-km / 50), 0) desc,
			add_id desc`, q.arg(span.Now))
	}
	q.add(" limit %s offset %s", q.arg(span.Limit), q.arg(span.Skip))
	rows, err := s.DB.Q(ctx).Query(ctx, q.text.String(), q.args...)
	if err != nil {
		return found, err
	}
	var id int64
	var km *float64
	_, err = pgx.ForEachRow(rows, []any{&id, &km, &found.Total, &found.Oldest}, func() error {
		found.IDs, found.KM = append(found.IDs, id), append(found.KM, km)
		return nil
	})
	return found, err
}

// window begins a query with the newest adverts that match, as matches.
func (s Store) window(ctx context.Context, q *statement, f Find, below int64, most int) error {
	frequent, err := s.frequent(ctx, f)
	if err != nil {
		return err
	}
	columns := "l.add_id, l.created_at, l.root_id, l.category_id, l.condition, l.price, l.base_price, l.currency, " + q.inTitle(f) + " as in_title, " + q.km(f) + " as km"
	if !frequent {
		q.add("with matches as (select %s from listing l where true", columns)
		q.terms(f, func(terms []int64) string { return q.arg(terms) + "::bigint[]" })
		q.rest(f, below)
		q.add(" order by l.add_id desc limit %s)", q.arg(most))
		return nil
	}
	q.add(`with matches as (select found.* from (select b from generate_series((select max(add_id) / %d from listing where add_id < %s), 0, -1) b) bucket
		cross join lateral (select %s from listing l where true`, Bucket, q.below(below), columns)
	q.terms(f, func(terms []int64) string {
		return fmt.Sprintf("(select array_agg(t + b + 1) from unnest(%s::bigint[]) t)", q.arg(terms))
	})
	q.rest(f, below)
	q.add(" order by l.add_id desc limit %s) found limit %s)", q.arg(most), q.arg(most))
	return nil
}

// frequent says whether all that must be true of an advert is true of many.
func (s Store) frequent(ctx context.Context, f Find) (bool, error) {
	var sets [][]int64
	for _, g := range f.Groups {
		sets = append(sets, slices.Concat(g.Any(), slices.Concat(g.Phrases()...)))
	}
	for _, t := range f.Must {
		sets = append(sets, []int64{t})
	}
	sets = append(sets, f.Any...)
	if len(sets) == 0 {
		return false, nil // the newest of all
	}
	n, err := s.counts(ctx, slices.Concat(sets...))
	for _, set := range sets {
		sum := int64(0)
		for _, t := range set {
			sum += n[t]
		}
		if sum <= rare {
			return false, err
		}
	}
	return true, err
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
		kind, value = s.attribute(r)
	}
	for sign, bound := range map[string]string{">=": r.Min, "<=": r.Max} {
		if bound != "" {
			s.add(" and %s %s %s::text::%s", value, sign, s.arg(bound), kind)
		}
	}
}

// attribute is the value that an advert has, null when it is of another kind: definitions change, and
// categories below another one may define its attributes anew. Dates are ordered as they are written.
func (s *statement) attribute(r Range) (kind, value string) {
	attributes, key := s.attributes, s.arg(r.Attribute)
	if attributes == "" {
		attributes = "(select add.attributes from add where add.id = l.add_id)"
	}
	if r.Date {
		return "text", fmt.Sprintf(`(select v from (select %s->>%s::text as v offset 0) a where v ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$') collate "C"`, attributes, key)
	}
	return "numeric", fmt.Sprintf("(select case when jsonb_typeof(v) = 'number' then (v#>>'{}')::numeric end from (select %s->%s::text as v offset 0) a)", attributes, key)
}

func (s *statement) below(id int64) string {
	if id == 0 {
		return "9223372036854775807"
	}
	return s.arg(id)
}

// inTitle is the part of the words that stand in the title, from 0 to 1.
func (s *statement) inTitle(f Find) string {
	if len(f.Groups) == 0 {
		return "0.0"
	}
	sum := "(0.0"
	for _, g := range f.Groups {
		sum += fmt.Sprintf(" + (l.title_terms && %s::bigint[])::int", s.arg(g.Any()))
	}
	return fmt.Sprintf("%s) / %d", sum, len(f.Groups))
}

// km is the distance, null without a place to reckon from.
func (s *statement) km(f Find) string {
	if f.Near == nil {
		return "null::double precision"
	}
	c := f.Near.Center
	return fmt.Sprintf("distance_km(%s, %s, l.latitude, l.longitude)", s.arg(c.Latitude), s.arg(c.Longitude))
}

// Facet is how many of the newest adverts that match have a value.
type Facet struct {
	Name  string // category, root, condition or currency
	Value string
	N     int
}

// FacetWindow is how many of the newest adverts that match are counted by their values.
const FacetWindow = 10_000

// Facets counts the newest adverts that match by what they are.
func (s Store) Facets(ctx context.Context, f Find) ([]Facet, error) {
	var q statement
	if err := s.window(ctx, &q, f, 0, FacetWindow); err != nil {
		return nil, err
	}
	q.add(` select name, value, count(*)::int from matches cross join lateral (values ('root', root_id::text), ('category', category_id::text),
		('condition', condition), ('currency', currency::text), ('all', '')) facet (name, value)
		where value is not null group by name, value order by name, count(*) desc, value limit 500`)
	rows, err := s.DB.Q(ctx).Query(ctx, q.text.String(), q.args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Facet])
}
