package core

import "context"

// Run makes the communities of a new installation, and stores who looked at posts until ctx ends, then those looks
// that are left.
func (c *Core) Run(ctx context.Context) error {
	if err := c.SeedCommunities(context.WithoutCancel(ctx)); err != nil {
		return err
	}
	return c.views.Run(ctx)
}
