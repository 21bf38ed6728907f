package core

import (
	"context"
	"time"

	"agrovet/internal/chat"
)

// Forever is until when a room is muted for ever.
var Forever = time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC)

// Mute has one of the caller's rooms not disturb them until then. It is a wish that devices follow: messages
// come all the same.
//
// Errors: errs.ErrNotFound; chat.ErrMutedUntil for a time that has passed.
func (c *Core) Mute(ctx context.Context, roomID int64, until time.Time) error {
	m, err := c.mine(ctx, roomID)
	if err == nil && !until.After(c.Now()) {
		err = chat.ErrMutedUntil
	}
	if err != nil {
		return err
	}
	return c.store.Mute(ctx, roomID, m.Member.UserID, until)
}

// Unmute ends that.
//
// Errors: errs.ErrNotFound.
func (c *Core) Unmute(ctx context.Context, roomID int64) error {
	m, err := c.mine(ctx, roomID)
	if err != nil {
		return err
	}
	return c.store.Mute(ctx, roomID, m.Member.UserID, time.Time{})
}
