package core

import (
	"context"

	"agrovet/internal/auth"
	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store"
	"agrovet/internal/platform/authn"
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

// admit begins what somebody writes: they are known to the forum from now on, and cannot go until the commit.
//
// Errors: foro.ErrAccountGone.
func (c *Core) admit(ctx context.Context) (store.Person, error) { return c.admitted(ctx, false) }

// admitAlone is admit for what the caller does one after another: what they may have so many of at most.
func (c *Core) admitAlone(ctx context.Context) (store.Person, error) { return c.admitted(ctx, true) }

func (c *Core) admitted(ctx context.Context, alone bool) (store.Person, error) {
	me, _ := authn.From(ctx)
	p, ok, err := c.store.LockPerson(ctx, me.UserID, alone)
	if err == nil && !ok { // the event has not come yet
		if _, err = c.store.Join(ctx, me.UserID, auth.Role(me.Role)); err == nil {
			p, _, err = c.store.LockPerson(ctx, me.UserID, alone)
		}
	}
	if err == nil && p.Gone {
		err = foro.ErrAccountGone
	}
	return p, err
}
