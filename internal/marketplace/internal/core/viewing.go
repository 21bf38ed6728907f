package core

import (
	"context"
	"time"

	"github.com/google/uuid"
)

// Run makes the categories of a new installation and stores views until ctx ends, then those that are
// left.
func (c *Core) Run(ctx context.Context) error {
	if err := c.SeedCategories(ctx); err != nil && ctx.Err() == nil {
		return err
	}
	tick := time.NewTicker(viewsEvery)
	defer tick.Stop()
	for ctx.Err() == nil {
		select {
		case <-tick.C:
			c.storeViews(ctx)
		case <-ctx.Done():
		}
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), viewsStore)
	defer cancel()
	c.storeViews(last)
	return nil
}

// storeViews stores what was noted. What cannot be stored now is tried again.
func (c *Core) storeViews(ctx context.Context) {
	all, lost := c.views.take()
	if lost > 0 {
		c.Log.WarnContext(ctx, "too many views at once, some are not counted", "lost", lost)
	}
	if len(all) == 0 {
		return
	}
	if err := c.store.NoteViews(ctx, all); err != nil {
		c.Log.WarnContext(ctx, "views are not stored yet", "views", len(all), "error", err)
		c.views.back(all)
	}
}

// viewDays is how many days' viewers are kept, today's included: a process's clock may be behind.
const viewDays = 2

// PurgeViews forgets who looked on days that are over. The counts stay.
func (c *Core) PurgeViews(ctx context.Context) error {
	const atOnce = 10_000
	for {
		n, err := c.store.PurgeViews(ctx, dayOf(c.Now())-viewDays+1, atOnce)
		if err != nil || n < atOnce {
			return err
		}
	}
}

// forgetPerson removes what a person who is gone has around adverts, and what others have of them.
func (c *Core) forgetPerson(ctx context.Context, userID int64) error {
	if err := c.store.ForgetPerson(ctx, userID); err != nil {
		return err
	}
	key, err := c.viewerKey(ctx)
	if err != nil {
		return err
	}
	var hashes []uuid.UUID
	today := dayOf(c.Now())
	for day := today - viewDays; day <= today+1; day++ { // one more at either end: clocks differ
		hashes = append(hashes, viewer(key, day, person(userID)))
	}
	return c.store.ForgetViews(ctx, hashes)
}
