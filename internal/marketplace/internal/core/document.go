package core

import (
	"context"
	"slices"
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
	return c.documentIn(r, category, parent), nil
}

// documentIn is document where the category, and the one above it, are at hand.
func (c *Core) documentIn(r *store.Row, category, parent store.Category) store.Document {
	return store.Document{
		Terms: append(c.cfg.Analyzer.Text(fields(r.Add, category, parent)...), traits(r, category)...),
		Title: c.cfg.Analyzer.Text(search.Field{Role: search.Title, Text: r.Title}),
	}
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
		{Role: search.Category, Text: strings.Join(slices.Concat(category.Aliases, []string{category.Name, parent.Name}), " ; ")},
		{Role: search.Attributes, Text: catalog.Words(category.All, a.Attributes, "es") + " ; " + a.Place.Name},
		{Role: search.Body, Text: a.Description},
	}
}

// CountWords counts the terms and words of new search documents, for completing and correcting what
// people type and for deciding how to look for it.
func (c *Core) CountWords(ctx context.Context) error {
	return c.store.Index().CountNew(ctx, func(ctx context.Context, ids []int64) ([]map[string]int, error) {
		texts, err := c.store.Texts(ctx, ids)
		words := make([]map[string]int, len(texts))
		for i, t := range texts {
			words[i] = c.vocabulary(t.Title, t.Description)
		}
		return words, err
	})
}

func (c *Core) vocabulary(title, description string) map[string]int {
	return c.cfg.Analyzer.Vocabulary(search.Field{Role: search.Title, Text: title}, search.Field{Text: description})
}
