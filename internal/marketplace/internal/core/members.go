package core

import (
	"context"

	"agrovet/internal/auth"
)

// UserDeleted removes everything of a person who is gone: their adverts with their pictures, and what
// the other parts of the module know of them.
func (c *Core) UserDeleted(ctx context.Context, e auth.UserDeleted) error {
	if err := c.store.Go(ctx, e.UserID, c.Now()); err != nil { // locks the person: nothing comes after this
		return err
	}
	if err := c.store.ForgetPerson(ctx, e.UserID); err != nil {
		return err
	}
	if err := c.views.Forget(ctx, e.UserID); err != nil {
		return err
	}
	if err := c.store.ForgetReporter(ctx, e.UserID); err != nil {
		return err
	}
	if err := c.store.ForgetSearcher(ctx, e.UserID); err != nil {
		return err
	}
	for after := int64(0); ; {
		ids, err := c.store.OfPublisher(ctx, e.UserID, after, atOnce)
		if err != nil || len(ids) == 0 {
			return err
		}
		for _, id := range ids {
			if err := c.removeLocked(ctx, id); err != nil {
				return err
			}
			after = id
		}
	}
}

func (c *Core) removeLocked(ctx context.Context, id int64) error {
	row, ok, err := c.store.Get(ctx, id, true)
	if err != nil || !ok {
		return err
	}
	return c.remove(ctx, row)
}
