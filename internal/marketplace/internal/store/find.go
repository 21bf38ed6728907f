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

// Window is how many adverts are ranked together, and counted: what a search costs grows with it, and
// nobody looks at more pages than it has.
const Window = 300

// Found is a part of a window.
type Found struct {
	IDs    []int64
	KM     []*float64 // how far away, with Near
	Total  int        // adverts in the window
	Oldest int64      // the lowest id in it
}

// Find returns a part of what is found: adverts ranked by where the words stand, how fresh they are, and
// how near. The rank is from 0 to 1: half for words in the title, three tenths for freshness, which
// falls to a third in 30 days, and two tenths for nearness, which falls to a third in 50 km.
func (s Store) Find(ctx context.Context, f Find, span FindSpan) (found Found, err error) {
	w, err := s.window(ctx, f, span.Below, Window)
	for more := err == nil; more; more = err == nil && w.next(found.Total) {
		found, err = s.find(ctx, w, span)
	}
	return found, err
}

func (s Store) find(ctx context.Context, w window, span FindSpan) (found Found, err error) {
	var q statement
	q.window(w)
	q.add(" select add_id, km, count(*) over (), min(add_id) over () from matches order by ")
	if column, down := span.Order.column(); down {
		q.add("%s desc, add_id desc", column)
	} else if column != "" {
		q.add("%s, add_id", column)
	} else { // exp(-700) is about the least that there is: beyond, the server gives up
		q.add(`0.5 * in_title + 0.3 * exp(-least(700, greatest(0, extract(epoch from %s::timestamptz - created_at)::double precision) / 2592000))
			+ 0.2 * coalesce(exp(-km / 50), 0) desc, add_id desc`, q.arg(span.Now))
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

// inTitle is the part of the words that stand in the title, from 0 to 1.
func (s *statement) inTitle(f Find) string {
	if len(f.Groups) == 0 {
		return "0.0::double precision"
	}
	sum := "(0.0::double precision"
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
const FacetWindow = 1000

// Facets counts the newest adverts that match by what they are.
func (s Store) Facets(ctx context.Context, f Find) (facets []Facet, err error) {
	w, err := s.window(ctx, f, 0, FacetWindow)
	for more := err == nil; more; more = err == nil && w.next(total(facets)) {
		facets, err = s.facets(ctx, w)
	}
	return facets, err
}

func total(facets []Facet) int {
	for _, f := range facets {
		if f.Name == "all" {
			return f.N
		}
	}
	return 0
}

func (s Store) facets(ctx context.Context, w window) ([]Facet, error) {
	var q statement
	q.window(w)
	q.add(` select case when grouping(root_id) = 0 then 'root' when grouping(category_id) = 0 then 'category' when grouping(condition) = 0 then 'condition'
			when grouping(currency) = 0 then 'currency' else 'all' end as name, coalesce(root_id::text, category_id::text, condition, currency, '') as value, count(*)::int
		from matches group by grouping sets ((root_id), (category_id), (condition), (currency), ())
		having count(*) > 0 order by name, count(*) desc, value limit 500`)
	rows, err := s.DB.Q(ctx).Query(ctx, q.text.String(), q.args...)
	if err != nil {
		return nil, err
	}
	facets, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Facet])
	return slices.DeleteFunc(facets, func(f Facet) bool { return f.Value == "" && f.Name != "all" }), err // without a category
}
