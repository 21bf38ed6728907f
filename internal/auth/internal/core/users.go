package core

import (
	"context"
	"strings"

	"agrovet/internal/auth/internal/store"
)

// Get finds a user. Errors: auth.ErrUserUnknown.
func (c *Core) Get(ctx context.Context, id int64) (store.User, error) { return c.store.ByID(ctx, id) }

const (
	maxSearch = 100 // characters of a search that count
	maxWords  = 8   // of them
)

// ParseSearch splits a search at blanks and commas, as the original did.
func ParseSearch(text string, phones bool) store.Search {
	words := strings.FieldsFunc(clip(text, maxSearch), func(r rune) bool { return r == ',' || r == ' ' || r == '\t' || r == '\n' })
	if len(words) > maxWords {
		words = words[:maxWords]
	}
	return store.Search{Words: words, Phones: phones}
}

// Page lists users in the order of their ids.
func (c *Core) Page(ctx context.Context, search store.Search, span store.Span) ([]store.User, error) {
	return c.store.Page(ctx, search, span)
}

// Count counts users, up to most.
func (c *Core) Count(ctx context.Context, search store.Search, most int) (int64, error) {
	return c.store.Count(ctx, search, most)
}
