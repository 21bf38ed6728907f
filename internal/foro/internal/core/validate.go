package core

import (
	"context"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/errs"
)

// Validate says, for a verified specialist, that a comment answers the question. It is repeatable.
//
// Errors: errs.ErrNotFound; foro.ErrNotSpecialist; foro.ErrOwnAnswer; foro.ErrNotQuestion; foro.ErrAccountGone.
func (c *Core) Validate(ctx context.Context, id int64) (*Remark, error) {
	err := c.DB.Tx(ctx, func(ctx context.Context) error {
		me, err := c.admit(ctx)
		if err != nil {
			return err
		}
		p, m, err := c.lockComment(ctx, id)
		if err == nil {
			err = validatable(p, m, me)
		}
		if err != nil {
			return err
		}
		fresh, err := c.store.Validate(ctx, id, me.UserID)
		if err != nil || !fresh {
			return err
		}
		return c.publish(ctx, foro.AnswerValidated{PostID: p.ID, CommentID: id, UserID: me.UserID})
	})
	if err != nil {
		return nil, err
	}
	return c.Comment(ctx, id)
}

func validatable(p foro.Post, m foro.Comment, by store.Person) error {
	switch {
	case m.State != foro.Visible:
		return errs.ErrNotFound
	case !by.Verified:
		return foro.ErrNotSpecialist
	case m.UserID == by.UserID:
		return foro.ErrOwnAnswer
	case !p.Question:
		return foro.ErrNotQuestion
	}
	return nil
}

// Unvalidate takes that back, also when the caller is no specialist any more. It is repeatable.
//
// Errors: errs.ErrNotFound.
func (c *Core) Unvalidate(ctx context.Context, id int64) error {
	return c.DB.Tx(ctx, func(ctx context.Context) error {
		if _, _, err := c.lockComment(ctx, id); err != nil {
			return err
		}
		return c.store.Unvalidate(ctx, id, authn.UserID(ctx))
	})
}
