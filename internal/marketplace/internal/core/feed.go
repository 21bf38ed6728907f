package core

import (
	"context"

	"agrovet/internal/marketplace/internal/store"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/pg"
)

// feedReach is how far page numbers reach into a feed: skipping rows of many people's adverts costs
// ever more. Cursors go on.
const feedReach = 1000

// Feed returns a part of the active adverts of those whom the caller follows, newest first, and whether
// more follows. Nobody follows whom they have blocked.
func (c *Core) Feed(ctx context.Context, span store.Span) (rows []Shown, more bool, err error) {
	ids, more, err := pg.Peek(span.Limit, func(limit int) ([]int64, error) {
		span.Limit = limit
		return c.store.Feed(ctx, authn.UserID(ctx), span)
	})
	if err != nil {
		return nil, false, err
	}
	rows, err = c.byIDs(ctx, ids)
	return rows, more, err
}

// CountFeed counts what page numbers reach of it.
func (c *Core) CountFeed(ctx context.Context, limit int) (int64, error) {
	return c.store.CountFeed(ctx, authn.UserID(ctx), min(limit, feedReach))
}
