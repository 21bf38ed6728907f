package core

import (
	"context"
)

// Look notes that the caller, or a stranger with an address and a browser, looked at a post. Its author and staff
// do not count.
func (c *Core) Look(ctx context.Context, s Shown, address, browser string) {
	if is(ctx, s.AuthorID) || staff(ctx) {
		return
	}
	c.views.Look(ctx, s.ID, address, browser)
}

// PurgeViews forgets who looked on days that are over. The counts stay.
func (c *Core) PurgeViews(ctx context.Context) error { return c.views.Purge(ctx) }

// forgetViews forgets what somebody looked at. The counts stay.
func (c *Core) forgetViews(ctx context.Context, userID int64) error {
	return c.views.Forget(ctx, userID)
}
