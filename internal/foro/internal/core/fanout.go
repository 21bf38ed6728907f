package core

import (
	"context"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store"
)

// Followers are told in parts, each in a transaction of its own: of a person first, then of a post's tags.

// followersAtOnce is how many followers are told in one transaction.
const followersAtOnce = 500

// followersOf has the followers of a new post's author and tags told. An author who does not show their name
// has none: they would learn who it is.
func (c *Core) followersOf(ctx context.Context, p foro.Post) error {
	if p.Anonymous {
		return c.followersDue(ctx, foro.FollowersDue{PostID: p.ID, Of: string(store.WatchTag)})
	}
	return c.followersDue(ctx, foro.FollowersDue{PostID: p.ID, Of: string(store.WatchPerson)})
}

// followersDue has followers told if there are any.
func (c *Core) followersDue(ctx context.Context, e foro.FollowersDue) error {
	ids, err := c.followers(ctx, e, 1)
	if err != nil {
		return err
	}
	if len(ids) > 0 {
		return c.publish(ctx, e)
	}
	if next, ok := after(e); ok {
		return c.followersDue(ctx, next)
	}
	return nil
}

// TellFollowers tells some of those whose turn it is, and has the next ones told.
func (c *Core) TellFollowers(ctx context.Context, e foro.FollowersDue) error {
	p, ok, err := c.store.Post(ctx, e.PostID, false)
	if err != nil || !ok || p.State != foro.Visible {
		return err
	}
	cause, as := causeOfPost(p), foro.FollowedPerson
	switch store.WatchKind(e.Of) {
	case store.WatchTag:
		as = foro.FollowedTag
	case store.WatchPost:
		m, ok, err := c.store.Comment(ctx, e.CommentID, false)
		if err != nil || !ok || m.State != foro.Visible {
			return err
		}
		cause, as = causeOfComment(m), foro.FollowedPost
	}
	limit := min(followersAtOnce, foro.MaxTold-e.Told)
	ids, err := c.followers(ctx, e, limit)
	if err == nil {
		err = c.tell(ctx, p, cause, told(ids, as, 0))
	}
	if err != nil {
		return err
	}
	e.Told += len(ids)
	switch next, more := after(e); {
	case e.Told >= foro.MaxTold:
		return nil
	case len(ids) == limit:
		e.After = ids[len(ids)-1]
		return c.publish(ctx, e)
	case more:
		return c.followersDue(ctx, next)
	}
	return nil
}

// followers are some of those whose turn it is.
func (c *Core) followers(ctx context.Context, e foro.FollowersDue, limit int) ([]int64, error) {
	switch of := store.WatchKind(e.Of); of {
	case store.WatchPost:
		return c.store.Followers(ctx, of, e.PostID, e.After, limit)
	case store.WatchTag:
		return c.store.FollowersOfTags(ctx, e.PostID, e.After, limit)
	}
	p, ok, err := c.store.Post(ctx, e.PostID, false)
	if err != nil || !ok || p.Anonymous {
		return nil, err
	}
	return c.store.Followers(ctx, store.WatchPerson, p.AuthorID, e.After, limit)
}

// after is whose turn it is when all of these were told.
func after(e foro.FollowersDue) (foro.FollowersDue, bool) {
	e.After = 0
	if store.WatchKind(e.Of) != store.WatchPerson {
		return e, false
	}
	e.Of = string(store.WatchTag)
	return e, true
}
