package store

import (
	"context"
	"slices"
	"time"

	"agrovet/internal/platform/geo"
	"agrovet/internal/platform/search"
	"agrovet/internal/platform/search/pgindex"
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
	rows, err := pgindex.Read(ctx, s.Index(), f.window(span.Below, Window), span.rank, func(rows []hit) int {
		if len(rows) == 0 {
			return 0
		}
		return rows[0].Total
	})
	for _, r := range rows {
		found.IDs, found.KM, found.Total, found.Oldest = append(found.IDs, r.ID), append(found.KM, r.KM), r.Total, r.Oldest
	}
	return found, err
}

// hit is an advert of a window, and the window.
type hit struct {
	ID     int64
	KM     *float64
	Total  int
	Oldest int64
}

// window is the newest adverts that match, with what they are ranked and counted by.
func (f Find) window(below int64, most int) pgindex.Window {
	return pgindex.Window{
		Query: f.query(), Below: below, Most: most,
		Columns: func(s *pgindex.Statement) string {
			return "d.created_at, d.root_id, d.category_id, d.condition, d.price, d.base_price, d.currency, " + s.Share("d.title_terms", f.Groups) + " as in_title, " + f.km(s) + " as km"
		},
		Where: func(s *pgindex.Statement) { f.conditions(s, ofAdvert) },
	}
}

// rank reads the part of a window.
func (p FindSpan) rank(s *pgindex.Statement) {
	s.Add(" select add_id, km, count(*) over (), min(add_id) over () from matches order by ")
	if column, down := p.Order.column(); down {
		s.Add("%s desc, add_id desc", column)
	} else if column != "" {
		s.Add("%s, add_id", column)
	} else { // exp(-700) is about the least that there is: beyond, the server gives up
		s.Add(`0.5 * in_title + 0.3 * exp(-least(700, greatest(0, extract(epoch from %s::timestamptz - created_at)::double precision) / 2592000))
			+ 0.2 * coalesce(exp(-km / 50), 0) desc, add_id desc`, s.Arg(p.Now))
	}
	s.Add(" limit %s offset %s", s.Arg(p.Limit), s.Arg(p.Skip))
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
func (s Store) Facets(ctx context.Context, f Find) ([]Facet, error) {
	facets, err := pgindex.Read(ctx, s.Index(), f.window(0, FacetWindow), byValue, total)
	return slices.DeleteFunc(facets, func(f Facet) bool { return f.Value == "" && f.Name != "all" }), err // without a category
}

func byValue(s *pgindex.Statement) {
	s.Add(` select case when grouping(root_id) = 0 then 'root' when grouping(category_id) = 0 then 'category' when grouping(condition) = 0 then 'condition'
			when grouping(currency) = 0 then 'currency' else 'all' end as name, coalesce(root_id::text, category_id::text, condition, currency, '') as value, count(*)::int
		from matches group by grouping sets ((root_id), (category_id), (condition), (currency), ())
		having count(*) > 0 order by name, count(*) desc, value limit 500`)
}

func total(facets []Facet) int {
	for _, f := range facets {
		if f.Name == "all" {
			return f.N
		}
	}
	return 0
}
