package core

import (
	"context"
	"time"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store"
)

const day = 24 * time.Hour

// never is a time after which nobody comes.
var never = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)

// newcomersSince is since when those have come who are newcomers.
func (c *Core) newcomersSince() time.Time {
	if c.cfg.NewcomerPeriod <= 0 {
		return never
	}
	return c.Now().Add(-c.cfg.NewcomerPeriod)
}

// newcomer counts what somebody writes who has just come, and is locked alone; deleting it makes no room. It
// is nothing for others.
//
// Errors: foro.ErrTooManyPosts, which says when there is room again.
func (c *Core) newcomer(ctx context.Context, p store.Person, comment bool) error {
	most := c.cfg.NewcomerPosts
	if comment {
		most = c.cfg.NewcomerComments
	}
	if most <= 0 || !p.Since.After(c.newcomersSince()) {
		return nil
	}
	dayAgo := c.Now().Add(-day)
	at, full, err := c.store.NewcomerLimit(ctx, p.UserID, comment, most, dayAgo)
	switch {
	case err != nil:
		return err
	case full:
		return foro.ErrTooManyPosts.After(max(at.Sub(dayAgo), time.Second))
	}
	return c.store.PutNewcomer(ctx, p.UserID, comment, c.Now())
}
