package core

import (
	"context"

	"agrovet/internal/auth"
	"agrovet/internal/foro"
)

// forgotten is how much one transaction removes, so that none takes long however much there is.
const forgotten = 500

// UserDeleted marks a person as gone: from now on nothing new refers to them, and what they have for themselves is
// removed. [Core.Forget] deals with what others see.
func (c *Core) UserDeleted(ctx context.Context, e auth.UserDeleted) error {
	for _, part := range []func(context.Context, int64) error{
		c.store.Go, // locks the person: nothing comes after this
		c.forgetModeration,
		c.forgetMember,
		c.forgetAffinity,
		c.forgetViews,
		c.store.ForgetDrafts,
	} {
		if err := part(ctx, e.UserID); err != nil {
			return err
		}
	}
	return nil
}

// Forget removes what people who are gone have left, or takes their names off it, bit by bit. It may be stopped at
// any time and goes on when it is called again.
func (c *Core) Forget(ctx context.Context) error {
	for {
		people, err := c.store.Forgetting(ctx, forgotten)
		if err != nil || len(people) == 0 {
			return err
		}
		for _, id := range people {
			if err := c.forget(ctx, id); err != nil {
				return err
			}
		}
	}
}

// forget deals with one person. Whoever writes holds the person, so what there is to forget does not grow.
func (c *Core) forget(ctx context.Context, userID int64) error {
	parts := []func(ctx context.Context, userID int64, limit int) (n int, err error){
		c.store.ForgetNotices,
		c.store.ForgetReactions,
		c.store.ForgetValidations,
		c.store.ForgetMentions,
	}
	if c.cfg.DeletedUsers == Remove {
		parts = append(parts, c.removePost, c.removeComments)
	} else {
		parts = append(parts, c.store.AnonymisePosts, c.store.AnonymiseComments)
	}
	for _, part := range parts {
		for n := 1; n > 0; {
			err := c.DB.Tx(ctx, func(ctx context.Context) (err error) {
				n, err = part(ctx, userID, forgotten)
				return err
			})
			if err != nil {
				return err
			}
		}
	}
	return c.store.Forgotten(ctx, userID)
}

// removePost removes some comments of one of somebody's posts, or when there are none left the post. Nobody sees it
// from the first time on.
func (c *Core) removePost(ctx context.Context, userID int64, limit int) (int, error) {
	posts, err := c.store.PostsOf(ctx, userID, 1)
	if err != nil || len(posts) == 0 {
		return 0, err
	}
	p, ok, err := c.store.Post(ctx, posts[0], true)
	if err != nil || !ok {
		return 1, err
	}
	if p.State != foro.Removed || !p.Locked { // for the first time
		if err := c.unaffine(ctx, []int64{p.ID}, nil); err != nil {
			return 0, err
		}
		if err := c.store.ClosePost(ctx, p.ID); err != nil {
			return 0, err
		}
	}
	removed, err := c.store.DeleteComments(ctx, p.ID, limit)
	for _, m := range removed {
		if err := c.showFiles(ctx, commentPlace(m.ID), m.MediaID, 0); err != nil {
			return 0, err
		}
	}
	if err != nil || len(removed) > 0 {
		return len(removed), err
	}
	return 1, c.remove(ctx, p)
}

// removeComments deletes some of somebody's comments as they could have themselves.
func (c *Core) removeComments(ctx context.Context, userID int64, limit int) (int, error) {
	ids, err := c.store.LockCommentsOf(ctx, userID, limit)
	if err != nil {
		return 0, err
	}
	for _, id := range ids {
		m, ok, err := c.store.Comment(ctx, id, true)
		if err != nil {
			return 0, err
		}
		if !ok {
			continue // it went with a reply
		}
		if err := c.erase(ctx, m); err != nil {
			return 0, err
		}
	}
	return len(ids), nil
}
