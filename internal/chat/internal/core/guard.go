package core

import (
	"context"
	"time"

	"agrovet/internal/chat"
)

// Member is a room, and what a person is in it.
//
// Errors: chat.ErrNoRoom, chat.ErrNotMember.
func (c *Core) Member(ctx context.Context, roomID, userID int64) (r chat.Room, m chat.Member, err error) {
	r, ok, err := c.store.Room(ctx, roomID)
	if err != nil || !ok {
		return r, m, or(err, chat.ErrNoRoom)
	}
	m, ok, err = c.store.Member(ctx, roomID, userID)
	if err == nil && !ok {
		err = chat.ErrNotMember
	}
	return r, m, err
}

// change runs do in a transaction that holds the room, of which the actor is a member. The entries that it
// returns become the end of the room's log, and those who are connected are told once all is stored.
//
// Errors: chat.ErrNoRoom, chat.ErrNotMember; those of do.
func (c *Core) change(ctx context.Context, roomID, actor int64, do func(ctx context.Context, r *chat.Room, me chat.Member) ([]chat.Entry, error)) error {
	return c.DB.Tx(ctx, func(ctx context.Context) error {
		r, ok, err := c.store.LockRoom(ctx, roomID)
		if err != nil || !ok {
			return or(err, chat.ErrNoRoom)
		}
		me, ok, err := c.store.Member(ctx, roomID, actor)
		if err != nil || !ok {
			return or(err, chat.ErrNotMember)
		}
		entries, err := do(ctx, &r, me)
		if err != nil {
			return err
		}
		return c.append(ctx, &r, entries...)
	})
}

// append writes the end of the log of a room that is locked, and tells of it after the commit.
func (c *Core) append(ctx context.Context, r *chat.Room, entries ...chat.Entry) error {
	if err := c.store.Append(ctx, map[int64]*chat.Room{r.ID: r}, entries); err != nil {
		return err
	}
	late := c.DB.Outside(ctx)
	c.DB.AfterCommit(ctx, func() { c.tell(late, entries) })
	return nil
}

// tellWithin bounds how long names and files of new entries are waited for.
const tellWithin = 5 * time.Second

// tell shows new entries, which are stored, to those who are connected. When names cannot be had, it shows
// them without.
func (c *Core) tell(ctx context.Context, entries []chat.Entry) {
	if len(entries) == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, tellWithin)
	defer cancel()
	c.Line.Entries(ctx, c.show(ctx, entries))
}

// or is err, or, when there is none, otherwise.
func or(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}
