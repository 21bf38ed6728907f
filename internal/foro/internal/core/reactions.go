package core

import (
	"context"

	"agrovet/internal/foro"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/errs"
)

// React has the caller react to a post (t.PostID) or comment (t.CommentID alone), and says whether they had not
// reacted so before. A like takes the place of a dislike, and the other way round.
//
// What is reacted to is locked, so reactions to it come one after another and its counts are theirs; a person's
// are on one target at a time. Of a comment the post stays unlocked: counts of a comment are its own.
//
// Errors: foro.ErrNoTarget, also for what moderators took away; foro.ErrAccountGone.
func (c *Core) React(ctx context.Context, t foro.Target, how foro.ReactionType) (r foro.Reaction, isNew bool, err error) {
	r = foro.Reaction{UserID: authn.UserID(ctx), Target: t, Type: how}
	err = c.DB.Tx(ctx, func(ctx context.Context) error {
		who, err := c.admit(ctx)
		if err != nil {
			return err
		}
		on, ok, err := c.lockTarget(ctx, t)
		if err != nil {
			return err
		}
		if !ok || !on.open() {
			return foro.ErrNoTarget
		}
		if err := c.mayWrite(ctx, who, on.post.CommunityID); err != nil {
			return err
		}
		r.Target.PostID = on.post.ID
		before, err := c.store.React(ctx, &r)
		isNew = before != how
		if err != nil || !isNew {
			return err
		}
		return c.reacted(ctx, r, on, before)
	})
	return r, isNew, err
}

// reacted is what follows from a new reaction; before is the vote whose place it took, if any.
func (c *Core) reacted(ctx context.Context, r foro.Reaction, on reactedTo, before foro.ReactionType) error {
	if before == "" {
		if err := c.affine(ctx, r.UserID, on.author(), on.weight()); err != nil {
			return err
		}
	}
	e := foro.ReactionAdded{ReactionID: r.ID, UserID: known(r.UserID, on.asks(r.UserID)), Type: r.Type, PostID: on.post.ID}
	e.ContentType, e.ObjectID = r.Target.Object()
	return c.publish(ctx, e)
}

// Unreact removes a reaction of the caller.
//
// Errors: errs.ErrNotFound, also for others' reactions.
func (c *Core) Unreact(ctx context.Context, id int64) error {
	return c.DB.Tx(ctx, func(ctx context.Context) error {
		r, ok, err := c.store.Reaction(ctx, id)
		if err != nil {
			return err
		}
		if !ok || !is(ctx, r.UserID) {
			return errs.ErrNotFound
		}
		on, ok, err := c.lockTarget(ctx, r.Target)
		if err == nil && ok {
			ok, err = c.store.DeleteReaction(ctx, id)
		}
		if err == nil && !ok { // it was removed meanwhile
			err = errs.ErrNotFound
		}
		if err != nil {
			return err
		}
		return c.affine(ctx, r.UserID, on.author(), -on.weight())
	})
}

// reactedTo is what a reaction is on.
type reactedTo struct {
	post    foro.Post
	comment foro.Comment // zero: the post
}

// lockTarget returns a target, locked: the comment's row for a comment, else the post's. ok is false when there is none.
func (c *Core) lockTarget(ctx context.Context, t foro.Target) (on reactedTo, ok bool, err error) {
	if t.CommentID == 0 {
		on.post, ok, err = c.store.Post(ctx, t.PostID, true)
		return on, ok, err
	}
	if on.comment, ok, err = c.store.Comment(ctx, t.CommentID, true); err == nil && ok {
		on.post, ok, err = c.store.Post(ctx, on.comment.PostID, false)
	}
	return on, ok, err
}

// open says whether one may react: not to what moderators took away or its author deleted, not even its author.
func (r reactedTo) open() bool {
	return r.post.State == foro.Visible && (r.comment.ID == 0 || r.comment.State == foro.Visible)
}

// asks says whether somebody is the post's author and does not show their name.
func (r reactedTo) asks(userID int64) bool { return r.post.Anonymous && r.post.AuthorID == userID }

// author is whom a reaction is to; 0: nobody that others know, or what they wrote counts no more.
func (r reactedTo) author() int64 {
	switch {
	case r.comment.ID == 0:
		return known(r.post.AuthorID, r.post.Anonymous)
	case r.comment.State == foro.Deleted:
		return 0
	}
	return known(r.comment.UserID, r.comment.Anonymous)
}

func (r reactedTo) weight() int {
	if r.comment.ID == 0 {
		return weights.PostReaction
	}
	return weights.CommentReaction
}
