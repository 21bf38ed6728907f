package core

import (
	"context"

	"agrovet/internal/auth"
	"agrovet/internal/platform/bus"
)

// What other processes keep of users (see authcache) is removed twice: at once when the change is committed, and by
// its event, should this process die in between or somebody have written the old just then.

// forgetShown removes the users of whom events tell, once the transaction of ctx has committed.
func (c *Core) forgetShown(ctx context.Context, events ...bus.Payload) {
	if !c.cfg.Asked {
		return
	}
	for _, e := range events {
		if id := tellsOf(e); id != 0 {
			late := context.WithoutCancel(ctx)
			c.deps.DB.AfterCommit(ctx, func() {
				if err := c.cache.ForgetUsers(late, id); err != nil {
					c.log.WarnContext(late, "a user who has changed is shown as before until the event comes", "user", id, "error", err)
				}
			})
		}
	}
}

// tellsOf is the user whom others show in another way after the event; 0: nobody.
func tellsOf(e bus.Payload) int64 {
	switch e := e.(type) {
	case auth.UserCreated:
		return e.UserID
	case auth.UserUpdated:
		return e.UserID
	case auth.RoleChanged:
		return e.UserID
	case auth.UserDeleted:
		return e.UserID
	}
	return 0
}

// ForgetCreated removes that there was nobody with the id.
func (c *Core) ForgetCreated(ctx context.Context, e auth.UserCreated) error {
	return c.cache.ForgetUsers(ctx, e.UserID)
}

// ForgetUpdated removes how somebody was called.
func (c *Core) ForgetUpdated(ctx context.Context, e auth.UserUpdated) error {
	return c.cache.ForgetUsers(ctx, e.UserID)
}

// ForgetRole removes which role somebody had.
func (c *Core) ForgetRole(ctx context.Context, e auth.RoleChanged) error {
	return c.cache.ForgetUsers(ctx, e.UserID)
}

// ForgetDeleted removes somebody.
func (c *Core) ForgetDeleted(ctx context.Context, e auth.UserDeleted) error {
	return c.cache.ForgetUsers(ctx, e.UserID)
}
