package core

import (
	"context"

	"agrovet/internal/profiles"
	"agrovet/internal/profiles/internal/store"
)

// Find returns a part of the specialists that the filter lets through: by id, or nearest first.
func (c *Core) Find(ctx context.Context, f store.Filter, span store.Span) (page []Shown[profiles.Specialist], more bool, err error) {
	return c.Specialists.page(ctx, span, func(ctx context.Context, s store.Span) ([]store.Row[profiles.Specialist], error) {
		return store.Specialists{DB: c.DB}.Find(ctx, f, s)
	})
}

// FindCount counts what the filter lets through, up to limit.
func (c *Core) FindCount(ctx context.Context, f store.Filter, limit int) (int64, error) {
	return store.Specialists{DB: c.DB}.FindCount(ctx, f, limit)
}
