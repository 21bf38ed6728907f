package core

import (
	"context"
	"slices"

	"agrovet/internal/auth"
	"agrovet/internal/marketplace/internal/store"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/pg"
)

// Following returns a part of whom the caller follows, in the order in which they began, and whether
// more follows.
func (c *Core) Following(ctx context.Context, span store.IDSpan) ([]FollowShown, bool, error) {
	rows, more, err := part(span, func(span store.IDSpan) ([]store.Follow, error) {
		return c.store.Following(ctx, authn.UserID(ctx), span)
	})
	return c.showFollows(ctx, rows), more, err
}

// Followers returns a part of who follows the caller, newest first, and whether more follows.
func (c *Core) Followers(ctx context.Context, span store.IDSpan) ([]FollowShown, bool, error) {
	rows, more, err := part(span, func(span store.IDSpan) ([]store.Follow, error) {
		return c.store.Followers(ctx, authn.UserID(ctx), span)
	})
	return c.showFollows(ctx, rows), more, err
}

// CountFollowing counts whom the caller follows, up to limit.
func (c *Core) CountFollowing(ctx context.Context, limit int) (int64, error) {
	return c.store.CountFollowing(ctx, authn.UserID(ctx), limit)
}

// CountFollowers counts who follows the caller, up to limit.
func (c *Core) CountFollowers(ctx context.Context, limit int) (int64, error) {
	return c.store.CountFollowers(ctx, authn.UserID(ctx), limit)
}

// Standing is how many follow a person and are followed by them, up to a limit, and the caller's own
// follow of them.
type Standing struct {
	Followers, Following int64
	FollowID             int64 // 0: the caller does not follow them
}

// Standing of a person; that of nobody is empty.
func (c *Core) Standing(ctx context.Context, userID int64, limit int) (s Standing, err error) {
	if s.Followers, err = c.store.CountFollowers(ctx, userID, limit); err != nil {
		return s, err
	}
	if s.Following, err = c.store.CountFollowing(ctx, userID, limit); err != nil {
		return s, err
	}
	f, _, err := c.store.FollowOf(ctx, authn.UserID(ctx), userID)
	s.FollowID = f.ID
	return s, err
}

// part reads a part of a list in the order of ids, and whether more follows.
func part[R any](span store.IDSpan, read func(store.IDSpan) ([]R, error)) (rows []R, more bool, err error) {
	return pg.Peek(span.Limit, func(limit int) ([]R, error) {
		span.Limit = limit
		return read(span)
	})
}

// known is how a user is shown of whom auth may have said nothing.
func known(users map[int64]auth.User, id int64) auth.User {
	if u, ok := users[id]; ok {
		return u
	}
	return auth.User{ID: id}
}

func unique(ids []int64) []int64 {
	slices.Sort(ids)
	return slices.Compact(ids)
}
