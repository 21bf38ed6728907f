package core

import "context"

// Run makes the categories of a new installation and stores views until ctx ends, then those that are
// left.
func (c *Core) Run(ctx context.Context) error {
	if err := c.SeedCategories(ctx); err != nil && ctx.Err() == nil {
		return err
	}
	return c.views.Run(ctx)
}

// Look notes that somebody looked at an advert: the caller, or a stranger with an address and a browser.
// Its publisher and staff do not count.
func (c *Core) Look(ctx context.Context, s Shown, address, browser string) {
	if !s.Owner {
		c.views.Look(ctx, s.ID, address, browser)
	}
}

// PurgeViews forgets who looked on days that are over. The counts stay.
func (c *Core) PurgeViews(ctx context.Context) error { return c.views.Purge(ctx) }
