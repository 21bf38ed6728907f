package core

import (
	"context"

	"agrovet/internal/foro"
	"agrovet/internal/platform/errs"
)

// Accept says, for whoever asked, that a comment answers the question. Another one that was accepted is so no
// longer.
//
// Errors: errs.ErrNotFound; errs.ErrForbidden for others than the asker; foro.ErrNotQuestion; a wrong field.
func (c *Core) Accept(ctx context.Context, postID, commentID int64) (Shown, error) {
	err := c.DB.Tx(ctx, func(ctx context.Context) error {
		p, err := c.asked(ctx, postID)
		if err != nil {
			return err
		}
		m, ok, err := c.store.Comment(ctx, commentID, true)
		switch {
		case err != nil:
			return err
		case commentID == 0:
			return errs.InField("comment", "Este campo es requerido.", "This field is required.")
		case !ok || m.PostID != postID || m.State != foro.Visible:
			return noKey("comment", commentID)
		case p.AcceptedID == commentID:
			return nil
		}
		if err := c.store.Accept(ctx, postID, commentID); err != nil {
			return err
		}
		return c.publish(ctx, foro.AnswerAccepted{PostID: postID, CommentID: commentID})
	})
	if err != nil {
		return Shown{}, err
	}
	return c.Get(ctx, postID)
}

// Unaccept takes that back. It is repeatable.
//
// Errors: as of [Core.Accept].
func (c *Core) Unaccept(ctx context.Context, postID int64) error {
	return c.DB.Tx(ctx, func(ctx context.Context) error {
		p, err := c.asked(ctx, postID)
		if err != nil || p.AcceptedID == 0 {
			return err
		}
		return c.store.Accept(ctx, postID, 0)
	})
}

// asked is a question of the caller, locked.
func (c *Core) asked(ctx context.Context, id int64) (foro.Post, error) {
	if _, err := c.admit(ctx); err != nil {
		return foro.Post{}, err
	}
	p, ok, err := c.store.Post(ctx, id, true)
	if err == nil && ok {
		ok, err = c.sees(ctx, p)
	}
	switch {
	case err != nil:
		return p, err
	case !ok:
		return p, errs.ErrNotFound
	case !is(ctx, p.AuthorID):
		return p, errs.ErrForbidden
	case !p.Question:
		return p, foro.ErrNotQuestion
	}
	return p, nil
}
