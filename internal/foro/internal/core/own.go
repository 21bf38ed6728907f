package core

import (
	"context"

	"agrovet/internal/foro"
	"agrovet/internal/platform/authn"
)

// ownToPosts are how the reader reacted, by post; nil when nobody is signed in.
func (c *Core) ownToPosts(ctx context.Context, posts []foro.Post) (map[int64][]foro.ReactionType, error) {
	var ids []int64
	for _, p := range posts {
		if p.Counts.All() > 0 {
			ids = append(ids, p.ID)
		}
	}
	me := authn.UserID(ctx)
	if me == 0 || len(ids) == 0 {
		return nil, nil
	}
	return c.store.ReactionsToPosts(ctx, me, ids)
}

// ownToComments is the same for comments. When they cannot be read, comments are shown without.
func (c *Core) ownToComments(ctx context.Context, comments []foro.Comment) map[int64][]foro.ReactionType {
	var ids []int64
	for _, m := range comments {
		if m.Counts.All() > 0 {
			ids = append(ids, m.ID)
		}
	}
	me := authn.UserID(ctx)
	if me == 0 || len(ids) == 0 {
		return nil
	}
	all, err := c.store.ReactionsToComments(ctx, me, ids)
	if err != nil {
		c.Log.WarnContext(ctx, "comments are shown without the reader's reactions", "comments", len(ids), "error", err)
	}
	return all
}
