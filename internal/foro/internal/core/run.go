package core

import "context"

// Run makes the communities of a new installation, and works until ctx ends.
func (c *Core) Run(ctx context.Context) error {
	if err := c.seedCommunities(context.WithoutCancel(ctx)); err != nil {
		return err
	}
	<-ctx.Done()
	return nil
}
