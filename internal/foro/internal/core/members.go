package core

import (
	"context"

	"agrovet/internal/auth"
)

// UserCreated makes somebody known to the forum, and puts them into the communities of their role.
func (c *Core) UserCreated(ctx context.Context, e auth.UserCreated) error {
	return c.hasRole(ctx, e.UserID, e.Role)
}

// RoleChanged notes somebody's new role, and puts them into its communities as well.
func (c *Core) RoleChanged(ctx context.Context, e auth.RoleChanged) error {
	return c.hasRole(ctx, e.UserID, e.Role)
}

// UserDeleted removes what the forum knows of somebody who is gone.
func (c *Core) UserDeleted(ctx context.Context, e auth.UserDeleted) error {
	if err := c.store.GoPerson(ctx, e.UserID); err != nil { // nothing comes after this
		return err
	}
	if err := c.forgetMember(ctx, e.UserID); err != nil {
		return err
	}
	if err := c.forgetAffinity(ctx, e.UserID); err != nil {
		return err
	}
	return c.forgetViews(ctx, e.UserID)
}

func (c *Core) hasRole(ctx context.Context, userID int64, as auth.Role) error {
	role, _ := auth.ParseRole(string(as))
	if _, err := c.store.Join(ctx, userID, role); err != nil {
		return err
	}
	if err := c.store.SetPersonRole(ctx, userID, role); err != nil {
		return err
	}
	_, err := c.joinDefaults(ctx, userID, role)
	return err
}
