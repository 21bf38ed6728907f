package core

import (
	"context"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/pg"
)

// feedReach is how far page numbers reach into a feed: skipping rows of many communities costs ever more.
// Cursors go on.
const feedReach = 1000

// Scope is a list as its reader may see it: of an author, the author and staff see everything.
func Scope(ctx context.Context, l store.List) store.List {
	l.Own = l.AuthorID != 0 && (is(ctx, l.AuthorID) || staff(ctx))
	return l
}

// List returns a part of a list of posts, and whether more follow.
func (c *Core) List(ctx context.Context, l store.List, span store.IDSpan) ([]Shown, bool, error) {
	return c.part(ctx, span, func(span store.IDSpan) ([]int64, error) { return c.store.List(ctx, l, span) })
}

// CountList counts it up to limit.
func (c *Core) CountList(ctx context.Context, l store.List, limit int) (int64, error) {
	return c.store.CountList(ctx, l, limit)
}

// Feed returns a part of the posts of the caller's communities, newest first, and whether more follow.
func (c *Core) Feed(ctx context.Context, span store.IDSpan) ([]Shown, bool, error) {
	return c.part(ctx, span, func(span store.IDSpan) ([]int64, error) { return c.store.Feed(ctx, authn.UserID(ctx), span) })
}

// CountFeed counts what page numbers reach of it.
func (c *Core) CountFeed(ctx context.Context, limit int) (int64, error) {
	return c.store.CountFeed(ctx, authn.UserID(ctx), min(limit, feedReach))
}

// part shows a part of a list whose ids are read in the order of its index, and then their rows at once.
func (c *Core) part(ctx context.Context, span store.IDSpan, read func(store.IDSpan) ([]int64, error)) ([]Shown, bool, error) {
	ids, more, err := pg.Peek(span.Limit, func(limit int) ([]int64, error) {
		span.Limit = limit
		return read(span)
	})
	if err != nil {
		return nil, false, err
	}
	posts, err := c.store.Posts(ctx, ids...)
	if err != nil {
		return nil, false, err
	}
	shown, err := c.showAll(ctx, posts)
	return shown, more && len(shown) > 0, err // they may have gone meanwhile
}

// CommunityOf is the id of a community that is named by its id, or else by its slug.
//
// Errors: foro.ErrNoCommunity; foro.ErrCommunityParam when neither is said.
func (c *Core) CommunityOf(ctx context.Context, id int64, slug string) (int64, error) {
	switch {
	case id == 0 && slug == "":
		return 0, foro.ErrCommunityParam
	case id != 0:
		all, err := c.store.Communities(ctx, id)
		if err == nil && len(all) == 0 {
			err = foro.ErrNoCommunity
		}
		return id, err
	}
	m, ok, err := c.store.CommunityBySlug(ctx, slug)
	if err == nil && !ok {
		err = foro.ErrNoCommunity
	}
	return m.ID, err
}
