package core

import (
	"context"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/errs"
)

// Who may decide about what.

// judged is a case that the caller may look at and decide about.
//
// Errors: errs.ErrNotFound, foro.ErrOwnCase, ErrStaffDecides.
func (c *Core) judged(ctx context.Context, id int64) (store.Case, error) {
	all, err := c.store.Cases(ctx, id)
	if err != nil || len(all) == 0 {
		return store.Case{}, orNotFound(err)
	}
	in := all[0]
	post, ok, err := c.store.Post(ctx, in.Target.PostID, false)
	if err == nil && ok {
		ok, err = c.moderates(ctx, post.CommunityID)
	}
	switch {
	case err != nil || !ok:
		return in, orNotFound(err)
	case is(ctx, in.AuthorID):
		return in, foro.ErrOwnCase
	case in.CommunityID == 0 && !staff(ctx):
		return in, foro.ErrStaffDecides
	}
	return in, nil
}

// mayDecide checks that the caller is somebody who may decide so, and returns the last decision against the
// author that is in force; of an appeal, that which it is against. It is the zero decision when there is none.
func (c *Core) mayDecide(ctx context.Context, x content, in store.Case, v Verdict) (against store.Decision, err error) {
	if is(ctx, x.author()) {
		return against, foro.ErrOwnCase
	}
	if in.Appeals != 0 {
		all, err := c.store.DecisionsByID(ctx, []int64{in.Appeals})
		if err != nil {
			return against, err
		}
		against = all[in.Appeals]
	} else if against, err = c.inForce(ctx, x.target()); err != nil {
		return against, err
	}
	switch {
	case in.Appeals != 0 && against.ActorID == authn.UserID(ctx):
		return against, foro.ErrSameJudge
	case staff(ctx):
		return against, nil
	case against.Staff && (in.Appeals != 0 || v.Decision == foro.Restore || v.Decision == foro.Unlock):
		return against, foro.ErrStaffDecides
	case v.Decision == foro.Suspend:
		return against, c.maySuspend(ctx, x, v)
	}
	return against, nil
}

// inForce is the last decision about something that was told its author, when it is against them.
func (c *Core) inForce(ctx context.Context, t foro.Target) (store.Decision, error) {
	all, err := c.store.DecisionsAbout(ctx, t, shownOfEach)
	for _, d := range all {
		if d.Decision.Against() {
			return d, err
		}
		if d.Decision != foro.Dismiss {
			break
		}
	}
	return store.Decision{}, err
}

// maySuspend checks that a moderator does not suspend those who are above them, nor hides what somebody wrote
// of whom they do not know who it is: they would learn it.
func (c *Core) maySuspend(ctx context.Context, x content, v Verdict) error {
	if x.anonymous() {
		if v.HideContent {
			return foro.ErrStaffDecides
		}
		return nil
	}
	theirs, err := c.store.RoleIn(ctx, x.post.CommunityID, x.author())
	if err != nil {
		return err
	}
	mine, err := c.store.RoleIn(ctx, x.post.CommunityID, authn.UserID(ctx))
	if err == nil && (theirs == foro.Owner || theirs == foro.Moderator && mine != foro.Owner) {
		err = foro.ErrStaffDecides
	}
	return err
}

// mayModerate is a post or comment that the caller may decide about without a case.
//
// Errors: errs.ErrNotFound, errs.ErrForbidden, foro.ErrOwnCase.
func (c *Core) mayModerate(ctx context.Context, t foro.Target) (content, error) {
	x, err := c.seenContent(ctx, t, false)
	if err != nil {
		return x, err
	}
	ok, err := c.moderates(ctx, x.post.CommunityID)
	switch {
	case err != nil:
		return x, err
	case !ok:
		return x, errs.ErrForbidden
	case is(ctx, x.author()):
		return x, foro.ErrOwnCase
	}
	return x, nil
}
