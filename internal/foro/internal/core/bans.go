package core

import (
	"context"
	"time"

	"agrovet/internal/foro/internal/store"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/pg"
)

// Ban is a suspension with why.
type Ban struct {
	store.Suspension
	By     store.Decision
	Who    *Who // nil: others than staff do not learn who it is
	Active bool
}

// Suspensions is a part of all that the caller may see, newest first, and whether more follows; of one
// community when there is one.
//
// Errors: errs.ErrForbidden for who does not moderate (there).
func (c *Core) Suspensions(ctx context.Context, communityID int64, span store.IDSpan) (page []Ban, more bool, err error) {
	communities, err := c.moderated(ctx, communityID)
	if err != nil {
		return nil, false, err
	}
	rows, more, err := pg.Peek(span.Limit, func(limit int) ([]store.Suspension, error) {
		span.Limit = limit
		return c.store.Suspensions(ctx, communities, span)
	})
	if err != nil {
		return nil, false, err
	}
	page, err = c.bans(ctx, rows)
	return page, more, err
}

// SuspensionsCount counts them up to limit.
func (c *Core) SuspensionsCount(ctx context.Context, communityID int64, limit int) (int64, error) {
	communities, err := c.moderated(ctx, communityID)
	if err != nil {
		return 0, err
	}
	return c.store.SuspensionsCount(ctx, communities, limit)
}

// moderated are the communities whose queue the caller sees, narrowed to one if there is one; nil for staff,
// who sees all.
//
// Errors: errs.ErrForbidden when there are none.
func (c *Core) moderated(ctx context.Context, communityID int64) ([]int64, error) {
	if staff(ctx) {
		return one(communityID), nil
	}
	if communityID != 0 {
		ok, err := c.moderates(ctx, communityID)
		if err == nil && !ok {
			err = errs.ErrForbidden
		}
		return one(communityID), err
	}
	all, err := c.store.Moderated(ctx, authn.UserID(ctx))
	if err == nil && len(all) == 0 {
		err = errs.ErrForbidden
	}
	return all, err
}

func (c *Core) bans(ctx context.Context, rows []store.Suspension) ([]Ban, error) {
	var decisions, users []int64
	for _, r := range rows {
		decisions, users = append(decisions, r.DecisionID), append(users, r.UserID)
	}
	if len(rows) == 0 {
		return nil, nil
	}
	by, err := c.store.DecisionsByID(ctx, decisions)
	if err != nil {
		return nil, err
	}
	people, now := c.people(ctx, users), c.Now()
	out := make([]Ban, len(rows))
	for i, r := range rows {
		out[i] = Ban{Suspension: r, By: by[r.DecisionID], Active: r.In(now)}
		if w := people[r.UserID]; shownAs(ctx, r.UserID, out[i].By.Anonymous) != 0 {
			out[i].Who = &w
		}
	}
	return out, nil
}

// Standing is what was decided about the caller.
type Standing struct {
	Until       time.Time // suspended in the whole forum; zero: not
	Warnings    []Ruling  // that stand, newest first
	Suspensions []Ban     // newest first
}

// Standing is what was decided about the caller.
func (c *Core) Standing(ctx context.Context) (s Standing, err error) {
	me := authn.UserID(ctx)
	in, ok, err := c.store.InForce(ctx, me, nil, c.Now())
	if err != nil {
		return s, err
	}
	if ok {
		s.Until = in.Until
	}
	warnings, err := c.store.Warnings(ctx, me, shownOfEach)
	if err != nil {
		return s, err
	}
	s.Warnings = c.rulings(ctx, warnings)
	rows, err := c.store.SuspensionsOf(ctx, me, shownOfEach)
	if err != nil {
		return s, err
	}
	s.Suspensions, err = c.bans(ctx, rows)
	return s, err
}
