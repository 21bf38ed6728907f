package web

import (
	"context"
	"time"

	"agrovet/internal/marketplace"
	"agrovet/internal/marketplace/internal/core"
	"agrovet/internal/marketplace/internal/measure"
	"agrovet/internal/marketplace/internal/store"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/httpx"
)

// foundPosition is where a page of a search ends: in which window of adverts that are ranked together,
// and how far in it. Freshness is reckoned from when the walk began, so that the rank stays the same.
type foundPosition struct {
	Below int64     `json:"below,omitempty"`
	Skip  int       `json:"skip,omitempty"`
	Began time.Time `json:"began"`
}

// hit is an advert that was found, with where it stands.
type hit struct {
	Add
	next foundPosition
}

// found is a page of a search.
func (h handlers) found(ctx context.Context, p httpx.PageParams, w core.Wanted, order store.Order, given bool) (AddPage, error) {
	rank := store.Order("")
	if given {
		rank = order
	}
	var first *core.Result // the first page, which also says how many there are
	find := func(ctx context.Context, at foundPosition, limit int) ([]hit, int, bool, error) {
		r, err := h.core.Find(ctx, w, store.FindSpan{Below: at.Below, Skip: at.Skip, Limit: limit, Order: rank, Now: at.Began})
		first = &r
		return hits(ctx, r, at), r.Total, err == nil && (at.Skip+len(r.Rows) < r.Total || r.Total == store.Window), err
	}
	began := time.Now()
	page, err := httpx.List(ctx, p, httpx.Source[hit, foundPosition]{
		Count: func(ctx context.Context, limit int) (int64, error) {
			_, total, _, err := find(ctx, foundPosition{Began: began}, p.Size())
			return int64(total), err
		},
		Rows: func(ctx context.Context, s httpx.Span[foundPosition]) ([]hit, bool, error) {
			if s.After == nil && s.Skip == 0 && first != nil {
				return hits(ctx, *first, foundPosition{Began: began}), false, nil
			}
			at := foundPosition{Began: began, Skip: s.Skip}
			if s.After != nil {
				at = *s.After
			}
			rows, _, more, err := find(ctx, at, s.Limit)
			return rows, more && len(rows) > 0, err
		},
		End:  func(last hit) foundPosition { return last.next },
		Fits: func(p foundPosition) bool { return p.Skip >= 0 && p.Skip <= store.Window && !p.Began.IsZero() },
	}, func(_ context.Context, rows []hit) []Add {
		out := make([]Add, len(rows))
		for i, r := range rows {
			out[i] = r.Add
		}
		return out
	})
	out := AddPage{Page: page}
	if first != nil {
		for _, c := range first.Corrected {
			out.Corrections = append(out.Corrections, Correction{c.Word, c.Instead})
		}
	}
	return out, err
}

// AddPage is a page of adverts.
type AddPage struct {
	httpx.Page[Add]
	Corrections []Correction `json:"corrections,omitempty" doc:"Words of the search that were found nowhere."`
}

// Correction is a word of the search that was found nowhere, and what was looked for in its place.
type Correction struct {
	Word    string   `json:"word"`
	Instead []string `json:"instead" nullable:"false"`
}

func hits(ctx context.Context, r core.Result, at foundPosition) []hit {
	out := make([]hit, len(r.Rows))
	for i, s := range r.Rows {
		next := foundPosition{Below: at.Below, Skip: at.Skip + i + 1, Began: at.Began}
		if next.Skip >= r.Total {
			next.Below, next.Skip = r.Oldest, 0
		}
		out[i] = hit{add(ctx, s), next}
		if r.Snippets != nil {
			out[i].Snippet = parts(r.Snippets[i])
		}
	}
	return out
}

// Facet is how many adverts have a value.
type Facet struct {
	Value string `json:"value" doc:"A category's id, a condition, a currency."`
	Count int    `json:"count"`
}

// Facets are the counts of a search.
type Facets struct {
	Count      int     `json:"count" doc:"Adverts that were counted: the newest 1,000 that match."`
	Roots      []Facet `json:"roots" nullable:"false" doc:"By category at the top, most first."`
	Categories []Facet `json:"categories" nullable:"false"`
	Conditions []Facet `json:"conditions" nullable:"false"`
	Currencies []Facet `json:"currencies" nullable:"false"`
}

func (h handlers) facets(ctx context.Context, in *FilterInput) (*httpx.Body[Facets], error) {
	w, status, err := h.wanted(ctx, in)
	if err == nil && status != marketplace.StatusActive {
		err = errs.InField("status", "Solo se cuentan anuncios activos.", "Only active adverts are counted.")
	}
	if err != nil {
		return nil, err
	}
	counted, err := h.core.Facets(ctx, w)
	if err != nil {
		return nil, err
	}
	out := Facets{Roots: []Facet{}, Categories: []Facet{}, Conditions: []Facet{}, Currencies: []Facet{}}
	lists := map[string]*[]Facet{"root": &out.Roots, "category": &out.Categories, "condition": &out.Conditions, "currency": &out.Currencies}
	for _, f := range counted {
		if to := lists[f.Name]; to != nil {
			*to = append(*to, Facet{f.Value, f.N})
		} else {
			out.Count = f.N
		}
	}
	return httpx.OK(out), nil
}

type nearbyInput struct {
	httpx.PageParams
	Lat      string `query:"lat" doc:"Needed: latitude in degrees." example:"-17.78"`
	Lon      string `query:"lon" doc:"Needed: longitude in degrees." example:"-63.18"`
	RadiusKM string `query:"radius_km" doc:"More than 0, at most 500; 5 when it is not said."`
	Category string `query:"category" doc:"A category's id; one at the top stands for those below it, too."`
}

// nearPosition is where a page of a list by distance ends.
type nearPosition struct {
	KM   float64 `json:"km"`
	ID   int64   `json:"id"`
	Seen int     `json:"seen"`
}

func (h handlers) nearby(ctx context.Context, in *nearbyInput) (*httpx.Body[httpx.ArrayOrPage[Add]], error) {
	n, err := h.nearWanted(ctx, in)
	if err != nil {
		return nil, err
	}
	seen := 0
	return httpx.ListOrArray(ctx, in.PageParams, httpx.Source[core.Shown, nearPosition]{
		Count: func(ctx context.Context, limit int) (int64, error) { return h.core.NearCount(ctx, n, limit) },
		Rows: func(ctx context.Context, s httpx.Span[nearPosition]) ([]core.Shown, bool, error) {
			span := store.NearSpan{AfterKM: -1, Skip: s.Skip, Limit: s.Limit}
			if s.After != nil {
				span.AfterKM, span.AfterID, span.Seen = s.After.KM, s.After.ID, s.After.Seen
			}
			rows, more, err := h.core.Near(ctx, n, span)
			seen = span.Seen + len(rows)
			return rows, more && seen < maxNear, err
		},
		End:  func(last core.Shown) nearPosition { return nearPosition{*last.KM, last.ID, seen} },
		Fits: func(p nearPosition) bool { return p.Seen >= 0 && p.Seen <= maxNear },
	}, adds)
}

// maxNear is how far a list by distance can be walked: its cost grows with the way.
const maxNear = httpx.MaxCount

func (h handlers) nearWanted(ctx context.Context, in *nearbyInput) (n store.Near, err error) {
	if in.Lat == "" || in.Lon == "" {
		return n, errLatLon
	}
	c, err := circle(param{"lat", in.Lat}, param{"lon", in.Lon}, param{"radius_km", in.RadiusKM}, 5)
	if err != nil {
		return n, err
	}
	var category int64
	_, field, err := h.category(ctx, in.Category, &category)
	if err != nil {
		return n, err
	}
	if field != nil {
		return n, fieldsError(*field)
	}
	l, err := h.core.Scope(ctx, store.List{}, category)
	if err != nil {
		return n, err
	}
	blocked, err := h.core.Blocked(ctx)
	return store.Near{Circle: *c, CategoryID: l.CategoryID, RootID: l.RootID, Without: blocked}, err
}

// Unit is what a price is for.
type Unit struct {
	Code      string     `json:"code"`
	Name      string     `json:"name"`
	Plural    string     `json:"plural"`
	Dimension string     `json:"dimension" doc:"mass, volume, area, animals, pieces, or own: compares with itself alone."`
	Base      string     `json:"base" doc:"The unit that prices are compared in."`
	Varies    bool       `json:"varies" doc:"With the country."`
	Sizes     []UnitSize `json:"sizes" nullable:"false" doc:"How many base units it is, by country."`
}

// UnitSize is how large a unit is somewhere.
type UnitSize struct {
	Country string `json:"country" doc:"ISO 3166; * where nothing else is said."`
	Size    string `json:"size" doc:"Decimal."`
	Source  string `json:"source" doc:"Where it comes from."`
}

func (h handlers) units(ctx context.Context, _ *struct{}) (*httpx.Body[[]Unit], error) {
	lang, sizes := httpx.Lang(ctx), map[string][]UnitSize{}
	for _, r := range h.core.Sizes() {
		sizes[r.Unit] = append(sizes[r.Unit], UnitSize{r.Country, r.Size, r.Note})
	}
	var out []Unit
	for _, u := range measure.Units() {
		one := Unit{Code: u.Code, Name: u.Name(lang, true), Plural: u.Name(lang, false), Dimension: string(u.Dimension), Base: u.Base, Varies: u.Varies, Sizes: []UnitSize{}}
		one.Sizes = append(one.Sizes, sizes[u.Code]...)
		out = append(out, one)
	}
	return httpx.OK(out), nil
}

func fieldsError(fields ...errs.Field) error { return errs.InvalidFields(fields...) }

// errLatLon is the contract's (rest.md §5).
var errLatLon = errs.New(errs.Invalid, "marketplace.lat_lon_required", "lat and lon are required params", "lat and lon are required params")
