package core

import (
	"context"

	"agrovet/internal/foro"
)

// DeleteComment deletes a comment: all of it, or when there are replies to it all but its place.
//
// Errors: errs.ErrNotFound; errs.ErrForbidden for whom it does not belong to; foro.ErrGone; foro.ErrChanged.
func (c *Core) DeleteComment(ctx context.Context, id int64, version int) error {
	return c.DB.Tx(ctx, func(ctx context.Context) error {
		_, m, err := c.lockComment(ctx, id)
		if err == nil {
			err = mine(ctx, m, version)
		}
		if err != nil {
			return err
		}
		return c.erase(ctx, m)
	})
}

// erase deletes a comment, which is locked, as is its post. Replies keep its place, also those that others do not
// see. What the post's question depends on follows in the database.
func (c *Core) erase(ctx context.Context, m foro.Comment) error {
	if err := c.unaffine(ctx, nil, []int64{m.ID}); err != nil {
		return err
	}
	replies, err := c.store.Answered(ctx, m.ID)
	switch {
	case err != nil:
		return err
	case replies:
		err = c.store.EmptyComment(ctx, m.ID)
	default:
		err = c.uproot(ctx, m)
	}
	if err != nil {
		return err
	}
	if err := c.showFiles(ctx, commentPlace(m.ID), m.MediaID, 0); err != nil {
		return err
	}
	return c.publish(ctx, foro.CommentDeleted{CommentID: m.ID, PostID: m.PostID})
}

// uproot removes a comment without replies, and above it the places of deleted ones that no reply keeps any more.
func (c *Core) uproot(ctx context.Context, m foro.Comment) error {
	for {
		if err := c.store.DeleteComment(ctx, m.ID); err != nil || m.ParentID == 0 {
			return err
		}
		parent, ok, err := c.store.Comment(ctx, m.ParentID, true)
		if err != nil || !ok || parent.State != foro.Deleted {
			return err
		}
		if replies, err := c.store.Answered(ctx, parent.ID); err != nil || replies {
			return err
		}
		m = parent
	}
}
