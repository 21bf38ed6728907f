package core

import (
	"context"

	"agrovet/internal/auth"
	"agrovet/internal/profiles"
	"agrovet/internal/profiles/internal/store"
)

// The handlers of auth's events. Each runs in a transaction that ctx carries, may run again, and may
// come before or after the user's own requests.

// UserCreated makes the profile of the role, empty. A user who has, or had, a profile keeps it as it
// is; a role without profiles makes none.
func (c *Core) UserCreated(ctx context.Context, e auth.UserCreated) error {
	kind, ok := kindOf(e.Role)
	if !ok {
		return nil
	}
	_, fresh, err := c.owners.Claim(ctx, e.UserID, kind)
	if err != nil || !fresh {
		return err
	}
	return c.appear(ctx, kind, e.UserID)
}

// RoleChanged puts the profile of the new role in the place of the old one, whose data is kept for
// the day the role changes back. A role without profiles changes nothing.
func (c *Core) RoleChanged(ctx context.Context, e auth.RoleChanged) error {
	kind, ok := kindOf(e.Role)
	if !ok {
		return nil
	}
	now, fresh, err := c.owners.Claim(ctx, e.UserID, kind)
	if err != nil || now == store.Gone || now == kind && !fresh {
		return err
	}
	if err := c.owners.SetKind(ctx, e.UserID, kind); err != nil {
		return err
	}
	return c.appear(ctx, kind, e.UserID)
}

// UserDeleted removes all rows of the user, for good.
func (c *Core) UserDeleted(ctx context.Context, e auth.UserDeleted) error {
	if _, _, err := c.owners.Lock(ctx, e.UserID); err != nil {
		return err
	}
	if err := c.hideFiles(ctx, e.UserID); err != nil {
		return err
	}
	return c.owners.Remove(ctx, e.UserID)
}

// appear makes the profile of a user who has just become one of the kind, or brings back the one
// that they had.
func (c *Core) appear(ctx context.Context, kind profiles.Kind, userID int64) error {
	switch kind {
	case profiles.KindSpecialist:
		return c.Specialists.appear(ctx, userID)
	case profiles.KindBusinessman:
		return c.Businessmen.appear(ctx, userID)
	default:
		return c.Consumers.appear(ctx, userID)
	}
}

func (p *Profiles[T]) appear(ctx context.Context, userID int64) error {
	row, err := p.row(ctx, userID)
	if err != nil {
		return err
	}
	if row.ID != 0 {
		return p.updated(ctx, row)
	}
	_, err = p.insert(ctx, row)
	return err
}
