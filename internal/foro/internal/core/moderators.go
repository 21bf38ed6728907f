package core

import (
	"context"
	"fmt"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/errs"
)

// SetRole has the owner of a community, or staff, say what somebody in it is. A new owner takes the place of the
// one before, who moderates from then on. A standard community has no owner.
//
// Errors: errs.ErrNotFound, also for who is not in it; errs.ErrForbidden; foro.ErrStandard; foro.ErrOwnerStays for
// its owner, who names another one instead; a wrong role.
func (c *Core) SetRole(ctx context.Context, id, userID int64, role foro.Role) (Membership, error) {
	err := c.DB.Tx(ctx, func(ctx context.Context) error {
		if _, _, err := c.store.LockPerson(ctx, userID, false); err != nil { // who is going is not in it any more
			return err
		}
		m, err := c.lockedToRun(ctx, id)
		if err != nil {
			return err
		}
		if err := checkRole(m, role); err != nil {
			return err
		}
		before, err := c.store.RoleIn(ctx, id, userID)
		switch {
		case err != nil:
			return err
		case before == "":
			return errs.ErrNotFound
		case before == role:
			return nil
		case before == foro.Owner:
			return foro.ErrOwnerStays
		case role == foro.Moderator:
			return c.become(ctx, id, userID, role, foro.MadeModerator)
		case role == foro.JustMember:
			return c.become(ctx, id, userID, role, foro.MadeMember)
		}
		if err := c.become(ctx, id, m.CreatedBy, foro.Moderator, foro.Succeeded); err != nil {
			return err
		}
		return c.give(ctx, m, userID)
	})
	if err != nil {
		return Membership{}, err
	}
	return c.member(ctx, id, userID)
}

func checkRole(m foro.Community, role foro.Role) error {
	switch {
	case role == "":
		return errs.InField("role", "Este campo es requerido.", "This field is required.")
	case role == foro.Moderator, role == foro.JustMember, role == foro.Owner && !m.Standard:
		return nil
	}
	return errs.InField("role", fmt.Sprintf("\"%s\" no es una elección válida.", role), fmt.Sprintf("\"%s\" is not a valid choice.", role))
}

// PutOut has the owner of a community, a moderator or staff put somebody out of it, who cannot come back; it is
// no matter whether they are in it. Moderators do not put out each other, and nobody but staff the owner, whose
// place is taken as by [Core.passOn].
//
// Errors: errs.ErrNotFound, also for a person who is not there; errs.ErrForbidden; foro.ErrOwnerStays.
func (c *Core) PutOut(ctx context.Context, id, userID int64) error {
	return c.DB.Tx(ctx, func(ctx context.Context) error {
		person, known, err := c.store.LockPerson(ctx, userID, false)
		if err != nil {
			return err
		}
		m, err := c.lockedToModerate(ctx, id)
		if err != nil {
			return err
		}
		if !known || person.Gone {
			return errs.ErrNotFound
		}
		role, err := c.store.RoleIn(ctx, id, userID)
		if err == nil {
			err = mayPutOut(ctx, m, userID, role)
		}
		if err != nil {
			return err
		}
		return c.putOut(ctx, m, userID)
	})
}

func mayPutOut(ctx context.Context, m foro.Community, userID int64, role foro.Role) error {
	switch {
	case staff(ctx):
		return nil
	case role == foro.Owner && is(ctx, userID):
		return foro.ErrOwnerStays
	case role == foro.Owner, role == foro.Moderator && !is(ctx, m.CreatedBy):
		return errs.ErrForbidden
	}
	return nil
}

func (c *Core) putOut(ctx context.Context, m foro.Community, userID int64) error {
	if err := c.store.RemoveMember(ctx, m.ID, userID); err != nil {
		return err
	}
	banned, err := c.store.AddBan(ctx, m.ID, userID, authn.UserID(ctx))
	if err == nil && banned {
		err = c.memberChanged(ctx, m.ID, userID, foro.PutOut)
	}
	if err != nil || m.CreatedBy != userID {
		return err
	}
	return c.passOn(ctx, m)
}

// LiftBan lets somebody come back.
//
// Errors: errs.ErrNotFound, also for who may come back anyway; errs.ErrForbidden.
func (c *Core) LiftBan(ctx context.Context, id, userID int64) error {
	return c.DB.Tx(ctx, func(ctx context.Context) error {
		if _, err := c.lockedToModerate(ctx, id); err != nil {
			return err
		}
		ok, err := c.store.LiftBan(ctx, id, userID)
		if err == nil && !ok {
			err = errs.ErrNotFound
		}
		if err != nil {
			return err
		}
		return c.memberChanged(ctx, id, userID, foro.LetBack)
	})
}

// lockedToModerate is a community that the caller moderates, locked.
//
// Errors: errs.ErrNotFound; errs.ErrForbidden.
func (c *Core) lockedToModerate(ctx context.Context, id int64) (foro.Community, error) {
	m, err := c.lockedCommunity(ctx, id)
	if err == nil {
		err = c.mustModerate(ctx, id)
	}
	return m, err
}

func (c *Core) mustModerate(ctx context.Context, id int64) error {
	ok, err := c.moderates(ctx, id)
	if err == nil && !ok {
		err = errs.ErrForbidden
	}
	return err
}

// member is somebody in a community, as SetRole answers.
func (c *Core) member(ctx context.Context, id, userID int64) (Membership, error) {
	m, ok, err := c.store.Member(ctx, id, userID)
	if err == nil && !ok {
		err = errs.ErrNotFound // somebody was faster
	}
	if err != nil {
		return Membership{}, err
	}
	return c.showMembers(ctx, []store.Member{m})[0], nil
}
