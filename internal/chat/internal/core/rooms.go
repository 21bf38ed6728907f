package core

import (
	"context"
	"errors"

	"agrovet/internal/chat"
	"agrovet/internal/chat/internal/store"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/pg"
)

const (
	maxRooms        = 5_000 // of one person, of which the live side knows
	maxParticipants = 50    // shown with a room; the list of members has all
	roomMessages    = 20    // shown with a room
	maxUnread       = 100   // up to which unread messages are counted
	unreadReach     = 1_000 // of the newest entries of a room, in which they are counted
)

// RoomShown is a room of the reader's with what is shown of it.
type RoomShown struct {
	Membership
	Participants []Participant // some of those who are in it, the reader among them
	Unread       int           // messages of others; 100: 100 or more
	Messages     []Shown       // the newest, oldest first
}

// Rooms are all of a person's, those that are hidden, too: the 5,000 with the last activity.
func (c *Core) Rooms(ctx context.Context, userID int64) ([]Membership, error) {
	return c.store.AllRooms(ctx, userID, maxRooms)
}

// Listed returns a part of the caller's rooms, by last activity, newest first, and whether more follows. Those
// that the caller has hidden are left out until something happens in them.
func (c *Core) Listed(ctx context.Context, span store.ActivitySpan) ([]RoomShown, bool, error) {
	me := authn.UserID(ctx)
	rows, more, err := pg.Peek(span.Limit, func(limit int) ([]Membership, error) {
		span.Limit = limit
		return c.store.Listed(ctx, me, span)
	})
	if err != nil {
		return nil, false, err
	}
	shown, err := c.showRooms(ctx, me, rows)
	return shown, more, err
}

// CountListed counts them up to limit.
func (c *Core) CountListed(ctx context.Context, limit int) (int64, error) {
	return c.store.CountListed(ctx, authn.UserID(ctx), limit)
}

// Room returns one of the caller's.
//
// Errors: errs.ErrNotFound, also for others'.
func (c *Core) Room(ctx context.Context, id int64) (RoomShown, error) {
	m, err := c.mine(ctx, id)
	if err != nil {
		return RoomShown{}, err
	}
	shown, err := c.showRooms(ctx, m.Member.UserID, []Membership{m})
	if err != nil {
		return RoomShown{}, err
	}
	return shown[0], nil
}

// mine is one of the caller's rooms.
//
// Errors: errs.ErrNotFound.
func (c *Core) mine(ctx context.Context, id int64) (Membership, error) {
	m, ok, err := c.store.MembershipOf(ctx, id, authn.UserID(ctx))
	if err == nil && !ok {
		err = errs.ErrNotFound
	}
	return m, err
}

// Rename gives a group another name; its owner and admins may. The name that it has changes nothing.
//
// Errors: errs.ErrNotFound, chat.ErrMayNot, chat.ErrPrivate.
func (c *Core) Rename(ctx context.Context, id int64, name string) error {
	return unseen(c.change(ctx, id, authn.UserID(ctx), func(ctx context.Context, r *chat.Room, me chat.Member) ([]chat.Entry, error) {
		switch {
		case r.Name == name:
			return nil, nil
		case r.Private:
			return nil, chat.ErrPrivate
		case !manages(me):
			return nil, chat.ErrMayNot
		}
		entry := chat.Entry{RoomID: r.ID, Kind: chat.Rename, UserID: me.UserID, Content: name}
		return []chat.Entry{entry}, c.store.Rename(ctx, r.ID, name)
	}))
}

// Quit has the caller leave a group, or no longer see what there is in a private room: it is listed again
// when something happens in it.
//
// Errors: errs.ErrNotFound.
func (c *Core) Quit(ctx context.Context, id int64) error {
	me := authn.UserID(ctx)
	return unseen(c.parting(ctx, id, me, me, func(ctx context.Context, r *chat.Room, m chat.Member) ([]chat.Entry, error) {
		if r.Private {
			return nil, c.store.Hide(ctx, r.ID, m.UserID, r.LastSeq)
		}
		return c.out(ctx, r, m, me)
	}))
}

// unseen has rooms of others look as if they were not there.
func unseen(err error) error {
	if errors.Is(err, chat.ErrNoRoom) || errors.Is(err, chat.ErrNotMember) {
		return errs.ErrNotFound.Wrap(err)
	}
	return err
}

// showRooms asks everybody once for all rooms of a page.
func (c *Core) showRooms(ctx context.Context, reader int64, rows []Membership) ([]RoomShown, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	ids, mine, above := make([]int64, len(rows)), make([]chat.Member, len(rows)), make(map[int64]int64, len(rows))
	for i, m := range rows {
		ids[i], mine[i], above[m.ID] = m.ID, m.Member, max(m.Member.ReadSeq, m.Member.FromSeq)
	}
	unread, err := c.store.Unread(ctx, reader, above, maxUnread, unreadReach)
	if err != nil {
		return nil, err
	}
	members, err := c.store.FirstMembers(ctx, ids, maxParticipants)
	if err != nil {
		return nil, err
	}
	participants, err := c.participants(ctx, reader, rows, members)
	if err != nil {
		return nil, err
	}
	messages, err := c.newest(ctx, mine, roomMessages)
	if err != nil {
		return nil, err
	}
	shown := make([]RoomShown, len(rows))
	for i, m := range rows {
		shown[i] = RoomShown{m, participants[m.ID], unread[m.ID], messages[m.ID]}
	}
	return shown, nil
}
