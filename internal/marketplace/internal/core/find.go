package core

import (
	"context"

	"agrovet/internal/marketplace/internal/catalog"
	"agrovet/internal/marketplace/internal/store"
	"agrovet/internal/platform/geo"
	"agrovet/internal/platform/search"
	"agrovet/internal/platform/search/pgindex"
)

// Wanted is what a reader looks for. Its JSON is what is stored of saved searches.
type Wanted struct {
	Text        string           `json:"text,omitempty"`
	CategoryID  int64            `json:"category,omitempty"` // 0: any
	Condition   string           `json:"condition,omitempty"`
	Currency    string           `json:"currency,omitempty"`
	PublisherID int64            `json:"publisher,omitempty"`
	Pictures    bool             `json:"pictures,omitempty"` // only with a main picture
	MinPrice    string           `json:"min_price,omitempty"`
	MaxPrice    string           `json:"max_price,omitempty"`
	MinBase     string           `json:"min_base,omitempty"` // of one BaseUnit
	MaxBase     string           `json:"max_base,omitempty"`
	BaseUnit    string           `json:"base_unit,omitempty"`
	Attributes  []catalog.Filter `json:"attributes,omitempty"`
	Near        *geo.Circle      `json:"near,omitempty"`
	Without     []int64          `json:"-"` // publishers that are left out
}

// Plain says whether lists by date and price have it in their indexes, so that nothing is searched.
func (w Wanted) Plain() bool {
	return w.Text == "" && w.Condition == "" && w.Currency == "" && !w.Pictures && w.MinPrice+w.MaxPrice+w.MinBase+w.MaxBase == "" &&
		len(w.Attributes) == 0 && w.Near == nil
}

// PlainBut is Plain with a currency that is asked for: lists by comparable price have that, too.
func (w Wanted) PlainBut(currency string) bool {
	w.Currency = ""
	return currency != "" && w.Plain()
}

// Result is a part of what was found.
type Result struct {
	Rows      []Shown
	Snippets  [][]search.Part     // of each row; nil without words
	Total     int                 // adverts that are ranked together: up to store.Window
	Oldest    int64               // the lowest id among them
	Corrected []search.Correction // words that were found nowhere
}

// Find returns a part of what a reader looks for. When nothing has the words, what was probably meant is
// looked for.
func (c *Core) Find(ctx context.Context, w Wanted, span store.FindSpan) (out Result, err error) {
	f, query, err := c.find(ctx, w)
	if err != nil {
		return out, err
	}
	found, err := c.store.Find(ctx, f, span)
	if err != nil {
		return out, err
	}
	if len(found.IDs) == 0 && len(f.Groups) > 0 {
		typed := query
		if query, out.Corrected, err = c.corrected(ctx, f, typed, span); err != nil {
			return out, err
		}
		if query.Wider(typed) {
			f.Groups = query.Groups
			if found, err = c.store.Find(ctx, f, span); err != nil {
				return out, err
			}
		}
	}
	out.Total, out.Oldest = found.Total, found.Oldest
	if out.Rows, err = c.byIDs(ctx, found.IDs); err != nil {
		return out, err
	}
	c.decorate(&out, found, query)
	return out, nil
}

// corrected is the query as it was probably meant, when as it was typed it finds nothing at all, which
// an empty page behind others does not say.
func (c *Core) corrected(ctx context.Context, f store.Find, query search.Query, span store.FindSpan) (search.Query, []search.Correction, error) {
	if span.Below != 0 || span.Skip != 0 {
		any, err := c.store.Find(ctx, f, store.FindSpan{Limit: 1, Now: c.Now()})
		if err != nil || len(any.IDs) > 0 {
			return query, nil, err
		}
	}
	return c.cfg.Analyzer.Complete(ctx, pgindex.Words{Index: c.store.Index()}, query)
}

// snippetLength is how much of a description is shown around what was found.
const snippetLength = 160

// decorate adds distances and the places where the words stand.
func (c *Core) decorate(out *Result, found store.Found, query search.Query) {
	km := make(map[int64]*float64, len(found.IDs))
	for i, id := range found.IDs {
		km[id] = found.KM[i]
	}
	matcher := c.cfg.Analyzer.Matcher(query)
	for i, r := range out.Rows {
		out.Rows[i].KM = km[r.ID]
		if len(query.Groups) > 0 {
			out.Snippets = append(out.Snippets, matcher.Snippet(r.Title+". "+r.Description, snippetLength))
		}
	}
}

// Facets counts what a reader looks for by category, condition and currency, among the newest that
// match.
func (c *Core) Facets(ctx context.Context, w Wanted) ([]store.Facet, error) {
	f, query, err := c.find(ctx, w)
	if err != nil {
		return nil, err
	}
	facets, err := c.store.Facets(ctx, f)
	if err != nil || len(facets) > 0 || len(f.Groups) == 0 {
		return facets, err
	}
	meant, _, err := c.cfg.Analyzer.Complete(ctx, pgindex.Words{Index: c.store.Index()}, query)
	if err != nil || !meant.Wider(query) {
		return facets, err
	}
	f.Groups = meant.Groups
	return c.store.Facets(ctx, f)
}

// find turns what is wanted into what the index is asked for.
func (c *Core) find(ctx context.Context, w Wanted) (f store.Find, query search.Query, err error) {
	category, _, err := c.branch(ctx, w.CategoryID)
	f, query = c.findIn(category, w)
	return f, query, err
}

// findIn is find for what is wanted of a category, which is empty for any.
func (c *Core) findIn(category store.Category, w Wanted) (f store.Find, query search.Query) {
	w = c.inCurrency(w)
	query = c.cfg.Analyzer.Query(w.Text)
	f = store.Find{Groups: query.Groups, Must: musts(w, category), Near: w.Near, Without: w.Without}
	within(&f, "price", "price", w.MinPrice, w.MaxPrice)
	within(&f, "base_price", "base_price "+w.BaseUnit, w.MinBase, w.MaxBase)
	if w.Near != nil {
		if cells := cellsIn(*w.Near); cells != nil {
			f.Any = append(f.Any, cells)
		}
	}
	for _, a := range w.Attributes {
		if a.Any != nil {
			f.Any = append(f.Any, each("attr."+a.Key, a.Any))
		} else {
			if a.Kind != catalog.Date {
				f.Any = append(f.Any, bands("attr."+a.Key, a.Min, a.Max))
			}
			f.Range = append(f.Range, store.Range{Attribute: a.Key, Date: a.Kind == catalog.Date, Min: a.Min, Max: a.Max})
		}
	}
	return f, query
}

// inCurrency says in which currency amounts are compared.
func (c *Core) inCurrency(w Wanted) Wanted {
	if w.MinPrice+w.MaxPrice+w.MinBase+w.MaxBase != "" {
		w.Currency = or(w.Currency, c.cfg.Currency)
	}
	return w
}

// musts are the traits that are wanted, those that say most first.
func musts(w Wanted, category store.Category) (all []int64) {
	if w.PublisherID != 0 {
		all = append(all, trait("publisher", id(w.PublisherID)))
	}
	switch {
	case category.ID != 0 && category.ParentID == 0:
		all = append(all, trait("root", id(category.ID)))
	case category.ID != 0:
		all = append(all, trait("category", id(category.ID)))
	}
	if w.Pictures {
		all = append(all, trait("picture", "yes"))
	}
	if w.Condition != "" {
		all = append(all, trait("condition", w.Condition))
	}
	if w.Currency != "" {
		all = append(all, trait("currency", w.Currency))
	}
	return all
}

func each(name string, values []string) (all []int64) {
	for _, v := range values {
		all = append(all, trait(name, v))
	}
	return all
}

// within narrows to a range of amounts: by their bands, then exactly.
func within(f *store.Find, column, name, lowest, highest string) {
	if lowest == "" && highest == "" {
		return
	}
	f.Any = append(f.Any, bands(name, lowest, highest))
	f.Range = append(f.Range, store.Range{Column: column, Min: lowest, Max: highest})
}
