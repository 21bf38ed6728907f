package core

import (
	"context"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/pg"
)

// followingReach is how far page numbers reach into what one follows: skipping rows of many people's posts costs
// ever more. Cursors go on.
const followingReach = 200

// Following returns a part of the posts by those whom the caller follows, and with the tags that they follow, newest
// first, and whether more follows.
func (c *Core) Following(ctx context.Context, span store.IDSpan) ([]Shown, bool, error) {
	return c.part(ctx, span, func(span store.IDSpan) ([]int64, error) { return c.store.FollowedPosts(ctx, authn.UserID(ctx), span) })
}

// CountFollowing counts what page numbers reach of them.
func (c *Core) CountFollowing(ctx context.Context, limit int) (int64, error) {
	ids, err := c.store.FollowedPosts(ctx, authn.UserID(ctx), store.IDSpan{Limit: min(limit, followingReach)})
	return int64(len(ids)), err
}

// Watched is what the caller follows or mutes, with what is shown of it.
type Watched struct {
	store.Watch
	Kind store.WatchKind
	Post *Shown // nil: it is none, or the caller does not see it any more
	Tag  store.Tag
	Who  Who
}

// Watches is a part of what the caller follows, or mutes, the last first, and whether more follows.
func (c *Core) Watches(ctx context.Context, k store.WatchKind, muted bool, span store.IDSpan) ([]Watched, bool, error) {
	rows, more, err := pg.Peek(span.Limit, func(limit int) ([]store.Watch, error) {
		span.Limit = limit
		return c.store.Watches(ctx, k, authn.UserID(ctx), muted, span)
	})
	if err != nil {
		return nil, false, err
	}
	ids, out := make([]int64, len(rows)), make([]Watched, len(rows))
	for i, r := range rows {
		ids[i], out[i] = r.ObjectID, Watched{Watch: r, Kind: k}
	}
	switch k {
	case store.WatchTag:
		err = c.showTags(ctx, ids, out)
	case store.WatchPost:
		err = c.showPosts(ctx, ids, out)
	default:
		people := c.people(ctx, ids)
		for i := range out {
			out[i].Who = people[out[i].ObjectID]
		}
	}
	return out, more, err
}

func (c *Core) showTags(ctx context.Context, ids []int64, out []Watched) error {
	tags, err := c.store.TagsByID(ctx, ids...)
	for i := range out {
		out[i].Tag = tags[out[i].ObjectID]
	}
	return err
}

func (c *Core) showPosts(ctx context.Context, ids []int64, out []Watched) error {
	rows, err := c.store.Posts(ctx, ids...)
	if err != nil {
		return err
	}
	var seen []foro.Post
	for _, p := range rows {
		if p.State == foro.Visible || is(ctx, p.AuthorID) || staff(ctx) {
			seen = append(seen, p)
		}
	}
	shown, err := c.showAll(ctx, seen)
	at := make(map[int64]*Shown, len(shown))
	for i := range shown {
		at[shown[i].ID] = &shown[i]
	}
	for i := range out {
		out[i].Post = at[out[i].ObjectID]
	}
	return err
}

// CountWatches counts them up to limit.
func (c *Core) CountWatches(ctx context.Context, k store.WatchKind, muted bool, limit int) (int64, error) {
	return c.store.CountWatches(ctx, k, authn.UserID(ctx), muted, limit)
}
