package core

import (
	"context"

	"agrovet/internal/foro"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/errs"
)

// JoinCommunity takes the caller into a community. Who is in it stays what they are.
//
// Errors: errs.ErrNotFound; foro.ErrBanned; foro.ErrTooManyJoined; foro.ErrAccountGone.
func (c *Core) JoinCommunity(ctx context.Context, id int64) error {
	me := authn.UserID(ctx)
	return c.DB.Tx(ctx, func(ctx context.Context) error {
		if _, err := c.admitAlone(ctx); err != nil {
			return err
		}
		st, ok, err := c.store.LockStanding(ctx, id, me, foro.MaxMemberships)
		switch {
		case err != nil:
			return err
		case !ok:
			return errs.ErrNotFound
		case st.Inside:
			return nil
		case st.Banned:
			return foro.ErrBanned
		case st.Joined >= foro.MaxMemberships:
			return foro.ErrTooManyJoined
		}
		return c.store.AddMember(ctx, id, me, foro.JustMember)
	})
}

// LeaveCommunity takes the caller out of a community, if they are in it.
//
// Errors: errs.ErrNotFound; foro.ErrOwnerStays for its owner while there are others.
func (c *Core) LeaveCommunity(ctx context.Context, id int64) error {
	me := authn.UserID(ctx)
	return c.DB.Tx(ctx, func(ctx context.Context) error {
		m, err := c.lockedCommunity(ctx, id)
		if err != nil {
			return err
		}
		if m.CreatedBy == me {
			if m.Members > 1 {
				return foro.ErrOwnerStays
			}
			m.CreatedBy = 0
			if err := c.store.UpdateCommunity(ctx, m); err != nil {
				return err
			}
		}
		return c.store.RemoveMember(ctx, id, me)
	})
}

// forgetMember takes somebody who is gone out of all communities; what they owned is others' then.
func (c *Core) forgetMember(ctx context.Context, userID int64) error {
	all, err := c.store.ForgetMember(ctx, userID)
	if err != nil {
		return err
	}
	for _, m := range all {
		if m.CreatedBy != userID {
			continue
		}
		if err := c.passOn(ctx, m); err != nil {
			return err
		}
	}
	return nil
}

// passOn gives a community, which is locked and whose owner has left, to who has moderated it for longest, else to
// who has been in it for longest, else to nobody.
func (c *Core) passOn(ctx context.Context, m foro.Community) error {
	heir, err := c.store.Heir(ctx, m.ID)
	if err != nil {
		return err
	}
	return c.give(ctx, m, heir)
}

// give makes a member the owner of a community, which is locked.
func (c *Core) give(ctx context.Context, m foro.Community, userID int64) error {
	m.CreatedBy = userID
	if err := c.become(ctx, m.ID, userID, foro.Owner, foro.MadeOwner); err != nil {
		return err
	}
	return c.store.UpdateCommunity(ctx, m)
}
