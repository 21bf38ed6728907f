package core

import (
	"context"
	"math"
	"slices"

	"agrovet/internal/chat"
	"agrovet/internal/platform/pg"
)

// newest are the newest messages of a person's rooms, at most limit of each, by room, oldest first.
func (c *Core) newest(ctx context.Context, mine []chat.Member, limit int) (map[int64][]Shown, error) {
	above := make(map[int64]int64, len(mine))
	for _, m := range mine {
		above[m.RoomID] = m.FromSeq
	}
	found, err := c.store.Newest(ctx, above, limit)
	if err != nil {
		return nil, err
	}
	var all []chat.Entry
	for _, entries := range found {
		all = append(all, entries...)
	}
	out := make(map[int64][]Shown, len(found))
	for _, s := range c.Receipts(ctx, c.show(ctx, all)) {
		out[s.RoomID] = append(out[s.RoomID], s)
	}
	return out, nil
}

// Newest are the newest messages of a room that a member may see, at most limit, oldest first.
//
// Errors: chat.ErrNoRoom, chat.ErrNotMember.
func (c *Core) Newest(ctx context.Context, roomID, userID int64, limit int) ([]Shown, error) {
	shown, _, err := c.Before(ctx, roomID, userID, math.MaxInt64, limit)
	return shown, err
}

// Before are the newest messages of a room that a member may see, below a number, at most limit, oldest first.
// more says that there are older ones.
//
// Errors: chat.ErrNoRoom, chat.ErrNotMember.
func (c *Core) Before(ctx context.Context, roomID, userID, below int64, limit int) (shown []Shown, more bool, err error) {
	_, m, err := c.Member(ctx, roomID, userID)
	if err != nil {
		return nil, false, err
	}
	found, more, err := pg.Peek(limit, func(limit int) ([]chat.Entry, error) {
		return c.store.MessagesBefore(ctx, roomID, m.FromSeq, below, limit)
	})
	if err != nil {
		return nil, false, err
	}
	slices.Reverse(found)
	return c.Receipts(ctx, c.show(ctx, found)), more, nil
}

// MessagesAfter are the oldest messages of a room that a member may see, above a number, after the first skip of
// them, at most limit.
//
// Errors: chat.ErrNoRoom, chat.ErrNotMember.
func (c *Core) MessagesAfter(ctx context.Context, roomID, userID, above int64, skip, limit int) (shown []Shown, more bool, err error) {
	_, m, err := c.Member(ctx, roomID, userID)
	if err != nil {
		return nil, false, err
	}
	return c.page(ctx, limit, func(limit int) ([]chat.Entry, error) {
		return c.store.MessagesAfter(ctx, roomID, max(above, m.FromSeq), skip, limit)
	})
}

// CountMessages counts the messages of a room that a member may see, up to most.
//
// Errors: chat.ErrNoRoom, chat.ErrNotMember.
func (c *Core) CountMessages(ctx context.Context, roomID, userID int64, most int) (int64, error) {
	_, m, err := c.Member(ctx, roomID, userID)
	if err != nil {
		return 0, err
	}
	return c.store.CountMessages(ctx, roomID, m.FromSeq, most)
}

// MaxMine is how many messages of all rooms of a person are counted, and can be skipped: whoever walks on
// follows cursors, whose cost does not grow.
const MaxMine = 500

// Mine are the oldest messages of all rooms of a person, above an id, after the first skip of them.
func (c *Core) Mine(ctx context.Context, userID, afterID int64, skip, limit int) (shown []Shown, more bool, err error) {
	return c.page(ctx, limit, func(limit int) ([]chat.Entry, error) {
		return c.store.Mine(ctx, userID, afterID, skip, limit)
	})
}

// CountMine counts them, up to MaxMine.
func (c *Core) CountMine(ctx context.Context, userID int64) (int64, error) {
	return c.store.CountMine(ctx, userID, MaxMine)
}

func (c *Core) page(ctx context.Context, limit int, read func(limit int) ([]chat.Entry, error)) ([]Shown, bool, error) {
	found, more, err := pg.Peek(limit, read)
	if err != nil {
		return nil, false, err
	}
	return c.Receipts(ctx, c.show(ctx, found)), more, nil
}
