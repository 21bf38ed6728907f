package core

import (
	"context"

	"agrovet/internal/auth"
	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/errs"
)

// staff says whether the caller runs the platform.
func staff(ctx context.Context) bool {
	p, _ := authn.From(ctx)
	return p.Staff || p.Superuser
}

// is says whether the caller is this user.
func is(ctx context.Context, userID int64) bool {
	p, _ := authn.From(ctx)
	return p.Is(userID)
}

// moderates says whether the caller decides about what is in a community; staff does everywhere, also
// outside of communities (0).
func (c *Core) moderates(ctx context.Context, communityID int64) (bool, error) {
	me := authn.UserID(ctx)
	if staff(ctx) || me == 0 || communityID == 0 {
		return staff(ctx), nil
	}
	role, err := c.store.RoleIn(ctx, communityID, me)
	return decides(role), err
}

// decides says whether this role decides about what is in a community.
func decides(r foro.Role) bool { return r == foro.Owner || r == foro.Moderator }

// sees says whether the caller may see a post: what moderators took away is for its author and for them.
func (c *Core) sees(ctx context.Context, p foro.Post) (bool, error) {
	if p.State == foro.Visible || is(ctx, p.AuthorID) {
		return true, nil
	}
	return c.moderates(ctx, p.CommunityID)
}

// admit begins what somebody writes, in these communities if it is known: they are known to the forum from now
// on, and cannot go until the commit. Newcomers are locked alone (newcomers.go).
//
// Errors: foro.ErrAccountGone, foro.ErrSuspended.
func (c *Core) admit(ctx context.Context, communities ...int64) (store.Person, error) {
	p, err := c.present(ctx)
	if err == nil {
		err = c.mayWrite(ctx, p, communities...)
	}
	return p, err
}

// present is admit for what those may do, too, who are suspended.
//
// Errors: foro.ErrAccountGone.
func (c *Core) present(ctx context.Context) (store.Person, error) {
	newcomers := c.newcomersSince()
	return c.met(ctx, func(ctx context.Context, id int64) (store.Person, bool, error) {
		return c.store.AdmitPerson(ctx, id, newcomers)
	})
}

// admitAlone is admit for what the caller does one after another: what they may have so many of at most. It lets
// those in who are suspended.
func (c *Core) admitAlone(ctx context.Context) (store.Person, error) {
	return c.met(ctx, func(ctx context.Context, id int64) (store.Person, bool, error) {
		return c.store.LockPerson(ctx, id, true)
	})
}

// stays locks somebody so that they do not go.
func (c *Core) stays(ctx context.Context, id int64) (store.Person, bool, error) {
	return c.store.LockPerson(ctx, id, false)
}

// lock is a way to lock a person; ok is false for whom the forum does not know.
type lock func(ctx context.Context, userID int64) (p store.Person, ok bool, err error)

// met locks the caller, who is known to the forum from now on.
func (c *Core) met(ctx context.Context, lock lock) (store.Person, error) {
	me, _ := authn.From(ctx)
	p, err := c.lockKnown(ctx, me.UserID, auth.Role(me.Role), lock)
	if err == nil && p.Gone {
		err = foro.ErrAccountGone
	}
	return p, err
}

// mayWrite refuses who is suspended, in the whole forum or in one of these communities.
//
// Errors: foro.ErrSuspended, which says until when.
func (c *Core) mayWrite(ctx context.Context, p store.Person, communities ...int64) error {
	if !p.Suspended {
		return nil
	}
	in, ok, err := c.store.InForce(ctx, p.UserID, communities, c.Now())
	if err != nil || !ok {
		return err
	}
	until := in.Until.UTC().Format("2006-01-02 15:04 UTC")
	e := *foro.ErrSuspended
	e.Text = errs.Text{ES: "Su cuenta está suspendida aquí hasta el " + until + ".", EN: "Your account is suspended here until " + until + "."}
	return &e
}

// lockKnown locks somebody who has an account, and makes them known to the forum when the event has not come yet.
func (c *Core) lockKnown(ctx context.Context, userID int64, role auth.Role, lock lock) (store.Person, error) {
	p, ok, err := lock(ctx, userID)
	if err == nil && !ok {
		if _, err = c.store.Join(ctx, userID, role); err == nil {
			p, _, err = lock(ctx, userID)
		}
	}
	return p, err
}
