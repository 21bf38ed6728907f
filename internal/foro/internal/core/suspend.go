package core

import (
	"context"
	"strings"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store"
	"agrovet/internal/platform/authn"
)

// suspend keeps the author of something from writing, from now on: moderators in its community, staff in the
// whole forum. The author is locked alone.
func (c *Core) suspend(ctx context.Context, x content, d store.Decision, hide bool) error {
	in := store.Suspension{UserID: x.author(), DecisionID: d.ID, Since: d.At, Until: d.At.AddDate(0, 0, d.Days)}
	if !d.Staff {
		in.CommunityID = x.post.CommunityID
	}
	if hide {
		in.Hiding = store.HidingOn
	}
	return c.store.InsertSuspension(ctx, &in)
}

// liftBy ends the suspension that a decision made, if it lasts.
func (c *Core) liftBy(ctx context.Context, decisionID int64) error {
	in, ok, err := c.store.SuspensionBy(ctx, decisionID)
	if err == nil && ok && in.In(c.Now()) {
		err = c.store.LiftSuspension(ctx, in.ID, c.Now())
	}
	return err
}

// Lift ends a suspension before its end.
//
// Errors: errs.ErrNotFound, also for who does not moderate there; foro.ErrOwnCase, ErrStaffDecides;
// foro.ErrNothingToDecide when it is over.
func (c *Core) Lift(ctx context.Context, id int64, reason string) error {
	return c.DB.Tx(ctx, func(ctx context.Context) error {
		if _, err := c.present(ctx); err != nil {
			return err
		}
		in, ok, err := c.store.LockSuspension(ctx, id)
		if err == nil && ok {
			ok, err = c.moderates(ctx, in.CommunityID)
		}
		if err != nil || !ok {
			return orNotFound(err)
		}
		by, err := c.store.DecisionsByID(ctx, []int64{in.DecisionID})
		d := by[in.DecisionID]
		switch {
		case err != nil:
			return err
		case is(ctx, in.UserID):
			return foro.ErrOwnCase
		case d.Staff && !staff(ctx):
			return foro.ErrStaffDecides
		case !in.In(c.Now()):
			return foro.ErrNothingToDecide
		}
		return c.lift(ctx, in, d, strings.TrimSpace(reason))
	})
}

func (c *Core) lift(ctx context.Context, in store.Suspension, d store.Decision, reason string) error {
	if err := c.store.LiftSuspension(ctx, in.ID, c.Now()); err != nil {
		return err
	}
	d.Decision, d.ActorID, d.Staff, d.Reason, d.Days, d.At = foro.Lift, authn.UserID(ctx), staff(ctx), reason, 0, c.Now()
	if err := c.store.InsertDecision(ctx, &d); err != nil {
		return err
	}
	return c.tellAuthor(ctx, d)
}
