package core

import (
	"context"

	"agrovet/internal/auth"
)

// UserCreated makes somebody known to the forum.
func (c *Core) UserCreated(ctx context.Context, e auth.UserCreated) error {
	_, err := c.store.Join(ctx, e.UserID, e.Role)
	return err
}

// UserDeleted takes somebody who is gone out of what moderators see.
func (c *Core) UserDeleted(ctx context.Context, e auth.UserDeleted) error {
	return c.forgetModeration(ctx, e.UserID)
}
