package core

import (
	"context"
	"strings"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store"
	"agrovet/internal/platform/errs"
)

// appealWithin is how old a decision is at most against which somebody appeals.
const appealWithin = 30 * day

// Appeal puts what the caller says against the last decision about their post or comment into the queue;
// staff's decisions into staff's.
//
// Errors: errs.ErrNotFound, errs.ErrForbidden for somebody else's; foro.ErrNothingToAppeal, ErrAppealed,
// ErrAppealLate; foro.ErrAccountGone; wrong fields.
func (c *Core) Appeal(ctx context.Context, t foro.Target, text string) (in store.Case, err error) {
	text = strings.TrimSpace(text)
	err = c.DB.Tx(ctx, func(ctx context.Context) error {
		if _, err := c.present(ctx); err != nil { // also who is suspended
			return err
		}
		x, err := c.ownContent(ctx, t)
		switch {
		case err != nil:
			return err
		case text == "":
			return errs.InField("text", "Este campo es requerido.", "This field is required.")
		}
		in, err = c.appeal(ctx, x, text)
		return err
	})
	return in, err
}

// ownContent is a post or comment of the caller's, locked, also a comment on a post that is not there to see any more.
//
// Errors: errs.ErrNotFound; errs.ErrForbidden for somebody else's that the caller may see.
func (c *Core) ownContent(ctx context.Context, t foro.Target) (content, error) {
	x, err := c.content(ctx, t, true)
	if err == nil && x.state() != foro.Deleted && is(ctx, x.author()) {
		return x, nil
	}
	if _, err := c.seenContent(ctx, t, true); err != nil {
		return x, err
	}
	return x, errs.ErrForbidden
}

func (c *Core) appeal(ctx context.Context, x content, text string) (store.Case, error) {
	against, err := c.inForce(ctx, x.target())
	if err != nil {
		return store.Case{}, err
	}
	before, err := c.store.Appealed(ctx, against.ID)
	switch {
	case err != nil:
		return store.Case{}, err
	case against.ID == 0:
		return store.Case{}, foro.ErrNothingToAppeal
	case before:
		return store.Case{}, foro.ErrAppealed
	case c.Now().Sub(against.At) > appealWithin:
		return store.Case{}, foro.ErrAppealLate
	}
	in := store.Case{Kind: store.Appeal, Rank: store.Usual, Appeals: against.ID, Said: text}
	if !against.Staff {
		in.CommunityID = x.post.CommunityID
	}
	return c.openCase(ctx, x, in)
}
