package core

import (
	"context"
	"time"

	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/errs"
)

// maxAsked is of how many people at once it is told when they were last seen.
const maxAsked = 1_000

// Settings are what a person wants of the chat.
type Settings struct {
	HideLastSeen bool // from others
}

// Settings are the caller's.
func (c *Core) Settings(ctx context.Context) (s Settings, err error) {
	s.HideLastSeen, err = c.store.HidesLastSeen(ctx, authn.UserID(ctx))
	return s, err
}

// SetSettings changes them.
func (c *Core) SetSettings(ctx context.Context, s Settings) error {
	ok, err := c.store.HideLastSeen(ctx, authn.UserID(ctx), s.HideLastSeen)
	if err == nil && !ok {
		err = errs.ErrForbidden // gone
	}
	return err
}

// Seen notes that people were connected at a time.
func (c *Core) Seen(ctx context.Context, userIDs []int64, at time.Time) error {
	if len(userIDs) == 0 {
		return nil
	}
	return c.store.Seen(ctx, userIDs, at)
}

// LastSeen is when the first 1,000 of these were last connected, as far as the asker may know: they share a
// room, and neither hide it nor block the asker. The others are left out.
func (c *Core) LastSeen(ctx context.Context, asker int64, ids ...int64) (map[int64]time.Time, error) {
	if len(ids) == 0 {
		return map[int64]time.Time{}, nil
	}
	return c.store.LastSeen(ctx, asker, ids[:min(len(ids), maxAsked)])
}

// Partners are the people who may know whether a person is there, and the rooms that they share: rooms of at
// most so many members, of the 5,000 with the last activity, and the others in them who neither block the
// person nor are blocked.
func (c *Core) Partners(ctx context.Context, userID int64, most int) (roomIDs, userIDs []int64, err error) {
	if roomIDs, err = c.store.SmallRooms(ctx, userID, most, maxRooms); err != nil || len(roomIDs) == 0 {
		return nil, nil, err
	}
	userIDs, err = c.store.Partners(ctx, userID, roomIDs)
	return roomIDs, userIDs, err
}
