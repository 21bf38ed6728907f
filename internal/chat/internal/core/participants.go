package core

import (
	"context"

	"agrovet/internal/auth"
	"agrovet/internal/chat"
	"agrovet/internal/chat/internal/store"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/pg"
)

// Participant is somebody in a room as the reader sees them.
type Participant struct {
	chat.Member
	User  auth.User
	Phone string // E.164; empty: not for the reader, or not known now
}

// Members returns a part of who is in one of the caller's rooms, by when they joined, and whether more
// follows.
//
// Errors: errs.ErrNotFound.
func (c *Core) Members(ctx context.Context, roomID int64, span store.ActivitySpan) ([]Participant, bool, error) {
	room, err := c.mine(ctx, roomID)
	if err != nil {
		return nil, false, err
	}
	rows, more, err := pg.Peek(span.Limit, func(limit int) ([]chat.Member, error) {
		span.Limit = limit
		return c.store.MembersPage(ctx, roomID, span)
	})
	if err != nil {
		return nil, false, err
	}
	shown, err := c.showMembers(ctx, authn.UserID(ctx), []Membership{room}, map[int64][]chat.Member{roomID: rows})
	return shown[roomID], more, err
}

// CountMembers counts who is in one of the caller's rooms.
//
// Errors: errs.ErrNotFound.
func (c *Core) CountMembers(ctx context.Context, roomID int64) (int64, error) {
	room, err := c.mine(ctx, roomID)
	return int64(room.Members), err
}

// participants are those who are shown with rooms: of the first members, with the reader among them. Where
// the other one of two is gone, somebody without a name stands for them.
func (c *Core) participants(ctx context.Context, reader int64, rooms []Membership, members map[int64][]chat.Member) (map[int64][]Participant, error) {
	for _, r := range rooms {
		list, there := members[r.ID], false
		for _, m := range list {
			there = there || m.UserID == reader
		}
		if !there && len(list) > 0 {
			list[len(list)-1] = r.Member
		}
		if r.Private && len(list) == 1 {
			members[r.ID] = append(list, chat.Member{RoomID: r.ID, Role: chat.JustThere, JoinedAt: r.CreatedAt})
		}
	}
	return c.showMembers(ctx, reader, rooms, members)
}

// showMembers asks auth once for all members of rooms.
func (c *Core) showMembers(ctx context.Context, reader int64, rooms []Membership, members map[int64][]chat.Member) (map[int64][]Participant, error) {
	phones, err := c.phones(ctx, reader, rooms, members)
	if err != nil {
		return nil, err
	}
	ids := map[int64]bool{}
	for _, list := range members {
		for _, m := range list {
			ids[m.UserID] = true
		}
	}
	users := c.users(ctx, keys(ids))
	shown := make(map[int64][]Participant, len(members))
	for room, list := range members {
		for _, m := range list {
			shown[room] = append(shown[room], Participant{m, person(users, m.UserID), phones[store.Place{RoomID: room, UserID: m.UserID}]})
		}
	}
	return shown, nil
}

// phones are the numbers that the reader may see, by where (contract: rest.md §11, 11): their own; and in
// private rooms that of the other one, who has written there.
func (c *Core) phones(ctx context.Context, reader int64, rooms []Membership, members map[int64][]chat.Member) (map[store.Place]string, error) {
	var asked []store.Place
	for _, r := range rooms {
		for _, m := range members[r.ID] {
			if r.Private && m.UserID != reader && m.UserID != 0 {
				asked = append(asked, store.Place{RoomID: r.ID, UserID: m.UserID})
			}
		}
	}
	allowed := map[store.Place]bool{}
	if len(asked) > 0 {
		var err error
		if allowed, err = c.store.Wrote(ctx, asked); err != nil {
			return nil, err
		}
	}
	ids := map[int64]bool{reader: true}
	for _, r := range rooms {
		allowed[store.Place{RoomID: r.ID, UserID: reader}] = true
	}
	for p := range allowed {
		ids[p.UserID] = true
	}
	numbers, err := c.Users.PhoneNumbers(ctx, keys(ids)...)
	if err != nil {
		c.Log.WarnContext(ctx, "people are shown without their numbers", "error", err)
	}
	out := make(map[store.Place]string, len(allowed))
	for p := range allowed {
		out[p] = numbers[p.UserID]
	}
	return out, nil
}

// users are how people are called, as far as that is known now.
func (c *Core) users(ctx context.Context, ids []int64) map[int64]auth.User {
	known, err := c.names.of(ctx, ids)
	if err != nil {
		c.Log.WarnContext(ctx, "people are shown without names", "error", err)
	}
	return known
}
