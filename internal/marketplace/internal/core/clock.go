package core

import (
	"context"
	"errors"

	"agrovet/internal/marketplace"
	"agrovet/internal/marketplace/internal/store"
	"agrovet/internal/platform/errs"
)

// atOnce is how many adverts one transaction takes on in the background.
const atOnce = 200

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
