package core

import (
	"context"
	"errors"

	"agrovet/internal/auth"
	"agrovet/internal/marketplace"
	"agrovet/internal/marketplace/internal/store"
	"agrovet/internal/platform/errs"
)

// atOnce is how many adverts one transaction takes on in the background.
const atOnce = 200

// UserDeleted removes everything of a person who is gone: their adverts with their pictures, and what
// the other parts of the module know of them.
func (c *Core) UserDeleted(ctx context.Context, e auth.UserDeleted) error {
	if err := c.store.Go(ctx, e.UserID, c.Now()); err != nil { // locks the person: nothing comes after this
		return err
	}
	if err := c.forgetPerson(ctx, e.UserID); err != nil {
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

// Expire ends the active adverts whose time has come.
func (c *Core) Expire(ctx context.Context) error {
	return c.inBatches(ctx, func(ctx context.Context) (int, error) {
		ids, err := c.store.Expired(ctx, c.Now(), atOnce)
		for _, id := range ids {
			_, err := c.changeLocked(ctx, id, 0, func(r *store.Row) error {
				r.Status = marketplace.StatusExpired
				return nil
			})
			if err != nil && !errors.Is(err, errs.ErrNotFound) {
				return 0, err
			}
		}
		return len(ids), err
	})
}

// Warn tells of the active adverts whose time comes soon, of each once.
func (c *Core) Warn(ctx context.Context) error {
	return c.inBatches(ctx, func(ctx context.Context) (int, error) {
		soon, err := c.store.Expiring(ctx, c.Now(), c.Now().Add(c.cfg.Warning), atOnce)
		for _, e := range soon {
			if err := c.publish(ctx, e); err != nil {
				return 0, err
			}
		}
		return len(soon), err
	})
}

// inBatches runs do in transactions until there is less to do than one takes on.
func (c *Core) inBatches(ctx context.Context, do func(ctx context.Context) (int, error)) error {
	for {
		n := 0
		err := c.DB.Tx(ctx, func(ctx context.Context) (err error) {
			n, err = do(ctx)
			return err
		})
		if err != nil || n < atOnce {
			return err
		}
	}
}
