package core

import (
	"context"
	"slices"

	"agrovet/internal/auth"
	"agrovet/internal/media"
	"agrovet/internal/media/internal/store"
)

// The handlers of other modules' events. Each runs in a transaction that ctx carries.

// ShownAt notes what a place shows. Who shows what is not there any more missed its end (it was deleted
// while the place's change was under way), and is told again.
func (c *Core) ShownAt(ctx context.Context, e media.Shown) error {
	before, err := c.store.ShownAt(ctx, e.Place)
	if err != nil {
		return err
	}
	added, removed := without(e.IDs, before), without(before, e.IDs)
	if len(added)+len(removed) == 0 {
		return nil
	}
	locked, err := c.store.Lock(ctx, append(slices.Clone(added), removed...)...)
	if err != nil {
		return err
	}
	there := idsOf(locked)
	for _, gone := range without(added, there) {
		if err := c.publish(ctx, media.Deleted{MediaID: gone}); err != nil {
			return err
		}
	}
	return c.store.Show(ctx, e.Place, without(added, without(added, there)), removed)
}

// Withdrawn deletes objects that a place must not show any more, nor anybody else. Ids of nothing are fine.
func (c *Core) Withdrawn(ctx context.Context, e media.Withdrawn) error {
	return c.remove(ctx, e.IDs...)
}

// without is what of all is not in those.
func without(all, those []int64) (rest []int64) {
	for _, id := range all {
		if !slices.Contains(those, id) && !slices.Contains(rest, id) {
			rest = append(rest, id)
		}
	}
	return rest
}

func idsOf(rows []store.Lock) (ids []int64) {
	for _, r := range rows {
		ids = append(ids, r.ID)
	}
	return ids
}

// removing is how many objects are removed at once.
const removing = 100

// UserDeleted removes everything of a user.
func (c *Core) UserDeleted(ctx context.Context, e auth.UserDeleted) error {
	for {
		ids, err := c.store.OfOwner(ctx, e.UserID, removing)
		if err != nil {
			return err
		}
		if len(ids) == 0 {
			return c.endUploadsOf(ctx, e.UserID)
		}
		if err := c.remove(ctx, ids...); err != nil {
			return err
		}
	}
}
