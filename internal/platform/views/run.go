package views

import (
	"context"
	"time"

	"github.com/google/uuid"
)

const (
	every     = 3 * time.Second // between two stores
	lastStore = 5 * time.Second // for the one at the end
)

// Run stores what was noted until ctx ends, then what is left, for which it takes 5 seconds at most. It
// returns nil; what cannot be stored is logged, and tried again while ctx lasts.
func (c *Counter) Run(ctx context.Context) error {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for ctx.Err() == nil {
		select {
		case <-tick.C:
			c.flush(ctx)
		case <-ctx.Done():
		}
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), lastStore)
	defer cancel()
	c.flush(last)
	return nil
}

// flush stores what was noted. What cannot be stored now is tried again.
func (c *Counter) flush(ctx context.Context) {
	all, lost := c.looks.take()
	if lost > 0 {
		c.log.WarnContext(ctx, "too many views at once, some are not counted", "lost", lost)
	}
	if len(all) == 0 {
		return
	}
	if err := c.store.NoteViews(ctx, all); err != nil {
		c.log.WarnContext(ctx, "views are not stored yet", "views", len(all), "error", err)
		c.looks.back(all)
	}
}

// keptDays is how many days' viewers are kept, today's included: a process's clock may be behind.
const keptDays = 2

// Purge forgets who looked on days that are over, 10,000 views per statement. The counts stay.
func (c *Counter) Purge(ctx context.Context) error {
	const atOnce = 10_000
	for {
		n, err := c.store.PurgeViews(ctx, dayOf(c.now())-keptDays+1, atOnce)
		if err != nil || n < atOnce {
			return err
		}
	}
}

// Forget forgets what a user looked at. The counts stay. It may be a part of the transaction that
// deletes the user's other traces.
func (c *Counter) Forget(ctx context.Context, userID int64) error {
	key, err := c.viewerKey(ctx)
	if err != nil {
		return err
	}
	var viewers []uuid.UUID
	today := dayOf(c.now())
	for day := today - keptDays; day <= today+1; day++ { // one more at either end: clocks differ
		viewers = append(viewers, viewer(key, day, person(userID)))
	}
	return c.store.ForgetViews(ctx, viewers)
}
