package core

import (
	"context"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store"
)

// Moderate decides about a post or comment that nobody need have reported: it ends the open case about it, or
// begins one and ends it at once.
//
// Errors: errs.ErrNotFound, errs.ErrForbidden; those of Decide.
func (c *Core) Moderate(ctx context.Context, t foro.Target, v Verdict) (Details, error) {
	x, err := c.mayModerate(ctx, t)
	if err == nil {
		err = v.check(x.target(), false)
	}
	if err != nil {
		return Details{}, err
	}
	var in store.Case
	err = c.DB.Tx(ctx, func(ctx context.Context) error {
		x, err := c.lockToDecide(ctx, x.target(), v)
		if err != nil {
			return err
		}
		in, err = c.caseToEnd(ctx, x, v)
		if err != nil {
			return err
		}
		return c.decide(ctx, x, in, v)
	})
	if err != nil {
		return Details{}, err
	}
	return c.Case(ctx, in.ID)
}

// caseToEnd is the open case about what is locked, or a new one.
func (c *Core) caseToEnd(ctx context.Context, x content, v Verdict) (store.Case, error) {
	in, ok, err := c.store.OpenCase(ctx, x.target(), false)
	switch {
	case err != nil:
		return in, err
	case ok && v.Seen != 0 && v.Seen != in.Version:
		return in, foro.ErrChanged
	case ok:
		return in, nil
	case v.Decision == foro.Dismiss:
		return in, foro.ErrNothingToDecide
	}
	return c.openCase(ctx, x, store.Case{Kind: store.Direct, Rank: store.Usual})
}
