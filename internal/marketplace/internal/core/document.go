package core

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"strings"

	"agrovet/internal/marketplace"
	"agrovet/internal/marketplace/internal/catalog"
	"agrovet/internal/marketplace/internal/store"
	"agrovet/internal/platform/search"
)

// document is what a search finds the advert by: its texts, the names of its category, what its
// attributes say, and traits for the filters.
func (c *Core) document(ctx context.Context, r *store.Row) (store.Document, error) {
	category, parent, err := c.branch(ctx, r.CategoryID)
	if err != nil {
		return store.Document{}, err
	}
	return store.Document{
		Terms: append(c.cfg.Analyzer.Text(fields(r.Add, category, parent)...), traits(r, category)...),
		Title: c.cfg.Analyzer.Text(search.Field{Role: search.Title, Text: r.Title}),
	}, nil
}

// branch is a category and the one above it.
func (c *Core) branch(ctx context.Context, id int64) (category, parent store.Category, err error) {
	if id == 0 {
		return category, parent, nil
	}
	if category, _, err = c.category(ctx, id); err == nil && category.ParentID != 0 {
		parent, _, err = c.category(ctx, category.ParentID)
	}
	return category, parent, err
}

// fields are the texts of an advert in which people look for words.
func fields(a marketplace.Add, category, parent store.Category) []search.Field {
	return []search.Field{
		{Role: search.Title, Text: a.Title},
		{Role: search.Category, Text: strings.Join(append(category.Aliases, category.Name, parent.Name), " ; ")},
		{Role: search.Attributes, Text: catalog.Words(category.All, a.Attributes, "es") + " ; " + a.Place.Name},
		{Role: search.Body, Text: a.Description},
	}
}

// traits are what is true of an advert besides its words, as terms.
func traits(r *store.Row, category store.Category) []int64 {
	all := []int64{trait("condition", string(r.Condition)), trait("currency", r.Price.Currency), trait("publisher", id(r.PublisherID))}
	if r.CategoryID != 0 {
		all = append(all, trait("category", id(r.CategoryID)), trait("root", id(r.RootID)))
	}
	if !r.Price.OnRequest {
		all = append(all, trait("price", band(r.Price.Amount)))
	}
	if r.Price.Base != "" {
		all = append(all, trait("base_price "+r.Price.BaseUnit, band(r.Price.Base)))
	}
	if r.MainImageID != 0 {
		all = append(all, trait("picture", "yes"))
	}
	for _, t := range catalog.Traits(category.All, r.Attributes) {
		all = append(all, trait("attr."+t.Key, t.Value))
	}
	return all
}

func trait(name, value string) int64 { return search.Trait(name, value) }

func id(n int64) string { return strconv.FormatInt(n, 10) }

// Amounts lie in bands, four to each doubling: a range of prices is a few bands, which an index has, and
// exact bounds for what the first and the last band hold beside it.
const bandsPerDoubling = 4

func band(amount string) string { return strconv.Itoa(bandOf(amount)) }

func bandOf(amount string) int {
	v, err := strconv.ParseFloat(amount, 64)
	if err != nil || v < 0 {
		return 0
	}
	return int(math.Floor(bandsPerDoubling * math.Log2(1+v)))
}

// lastBand is that of the largest amount that there can be.
var lastBand = bandOf("99999999999999")

// bands are the traits of the amounts from lowest to highest; empty bounds are none.
func bands(name, lowest, highest string) (all []int64) {
	first, last := 0, lastBand
	if lowest != "" {
		first = bandOf(lowest)
	}
	if highest != "" {
		last = bandOf(highest)
	}
	for b := first; b <= last; b++ {
		all = append(all, trait(name, fmt.Sprint(b)))
	}
	return all
}

// CountWords counts the terms and words of new search documents, for completing and correcting what
// people type and for deciding how to look for it.
func (c *Core) CountWords(ctx context.Context) error {
	return c.inBatches(ctx, func(ctx context.Context) (int, error) {
		docs, err := c.store.Uncounted(ctx, atOnce)
		if err != nil || len(docs) == 0 {
			return 0, err
		}
		terms, words := map[int64]int64{}, map[string]int64{}
		for _, d := range docs {
			for _, t := range d.Terms {
				terms[t]++
			}
			for w := range c.vocabulary(d.Title, d.Description) {
				words[w]++
			}
		}
		return len(docs), c.store.Counted(ctx, terms, words, docs[len(docs)-1].ID)
	})
}
