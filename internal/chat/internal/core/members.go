package core

import (
	"context"
	"maps"
	"slices"

	"agrovet/internal/chat"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/errs"
)

// inUserIDs is the field that names people to add.
const inUserIDs = "user_ids"

// manages says whether a member of a group adds and removes others, and renames it.
func manages(m chat.Member) bool { return m.Role == chat.Owner || m.Role == chat.Admin }

// Add makes people members of a group, who see what happens from now on; owner and admins may. Who is in it
// already stays as they are.
//
// Errors: errs.ErrNotFound, chat.ErrPrivate, ErrMayNot, ErrNoUsers, ErrCannotAdd, ErrFull, ErrAuthUnavailable.
func (c *Core) Add(ctx context.Context, roomID int64, people []int64) error {
	room, err := c.mine(ctx, roomID)
	switch {
	case err != nil:
		return err
	case room.Private:
		return chat.ErrPrivate
	case !manages(room.Member):
		return chat.ErrMayNot
	case len(people) == 0:
		return required(inUserIDs)
	}
	people = slices.Compact(slices.Sorted(slices.Values(people)))
	if err := c.exist(ctx, inUserIDs, people...); err != nil {
		return err
	}
	me := room.Member.UserID
	return unseen(c.DB.Tx(ctx, func(ctx context.Context) error {
		if err := c.keep(ctx, me, inUserIDs, people...); err != nil {
			return err
		}
		return c.change(ctx, roomID, me, func(ctx context.Context, r *chat.Room, m chat.Member) ([]chat.Entry, error) {
			if !manages(m) {
				return nil, chat.ErrMayNot
			}
			return c.join(ctx, r, me, people)
		})
	}))
}

// join makes those of some people members who are not, in a group that is locked. They are on the line
// before their joining is told, so that they are told, too.
func (c *Core) join(ctx context.Context, r *chat.Room, by int64, people []int64) ([]chat.Entry, error) {
	there, err := c.store.MembersAmong(ctx, r.ID, people)
	if err != nil {
		return nil, err
	}
	roles := map[int64]chat.Role{}
	var entries []chat.Entry
	for _, id := range people {
		if _, ok := there[id]; !ok {
			roles[id] = chat.JustThere
			entries = append(entries, chat.Entry{RoomID: r.ID, Kind: chat.Join, UserID: by, TargetID: id})
		}
	}
	if len(roles) == 0 {
		return nil, nil
	}
	fresh := slices.Sorted(maps.Keys(roles))
	if err := c.fits(ctx, r.ID, by, fresh); err != nil {
		return nil, err
	}
	_, err = c.store.AddMembers(ctx, r.ID, r.LastSeq, roles)
	c.settled(ctx, r.ID, fresh...)
	return entries, err
}

// fits sees to it that a group has room for people, who do not block the one who adds them.
func (c *Core) fits(ctx context.Context, roomID, by int64, people []int64) error {
	size, err := c.store.Size(ctx, roomID)
	if err != nil {
		return err
	}
	if size+len(people) > chat.MaxMembers {
		return chat.ErrFull
	}
	return c.welcome(ctx, by, people)
}

// welcome sees to it that none of some people blocks the one who adds them.
func (c *Core) welcome(ctx context.Context, by int64, people []int64) error {
	blockers, err := c.store.BlockersAmong(ctx, by, people)
	if err == nil && len(blockers) > 0 {
		err = chat.ErrCannotAdd
	}
	return err
}

// Remove puts somebody out of a group, or has the caller leave it. The owner may put out everybody, admins
// those who are neither admin nor owner.
//
// Errors: errs.ErrNotFound, also for who is not in it; chat.ErrPrivate, ErrMayNot.
func (c *Core) Remove(ctx context.Context, roomID, userID int64) error {
	me := authn.UserID(ctx)
	return unseen(c.parting(ctx, roomID, me, userID, func(ctx context.Context, r *chat.Room, m chat.Member) ([]chat.Entry, error) {
		if r.Private {
			return nil, chat.ErrPrivate
		}
		target, ok, err := c.store.Member(ctx, r.ID, userID)
		switch {
		case err != nil || !ok:
			return nil, or(err, errs.ErrNotFound)
		case userID != me && m.Role != chat.Owner && (m.Role != chat.Admin || target.Role != chat.JustThere):
			return nil, chat.ErrMayNot
		}
		return c.out(ctx, r, target, me)
	}))
}

// parting is a change by which somebody may leave the room. They are on the line until it is told, so that
// they are told, too.
func (c *Core) parting(ctx context.Context, roomID, actor, leaver int64, do func(context.Context, *chat.Room, chat.Member) ([]chat.Entry, error)) error {
	return c.DB.Tx(ctx, func(ctx context.Context) error {
		if err := c.change(ctx, roomID, actor, do); err != nil {
			return err
		}
		_, there, err := c.store.Member(ctx, roomID, leaver)
		if err == nil && !there {
			c.settled(ctx, roomID, leaver)
		}
		return err
	})
}

// out ends a membership of a room that is locked; that is the last that who leaves hears of it. When it was the
// owner's, the admin who has been there longest owns the group, else the member. When nobody is left, the room is
// removed. Of a private room nothing is told: it stays the other one's.
func (c *Core) out(ctx context.Context, r *chat.Room, m chat.Member, by int64) ([]chat.Entry, error) {
	if _, err := c.store.RemoveMember(ctx, r.ID, m.UserID); err != nil {
		return nil, err
	}
	heir, ok, err := c.store.Heir(ctx, r.ID)
	switch {
	case err != nil:
		return nil, err
	case !ok:
		return nil, c.store.Abandon(ctx, r.ID)
	case r.Private:
		return nil, nil
	}
	var entries []chat.Entry
	if heir.Role != chat.Owner {
		entries = append(entries, roleSet(r.ID, by, heir.UserID, chat.Owner))
		err = c.store.SetRole(ctx, r.ID, heir.UserID, chat.Owner)
	}
	return append(entries, chat.Entry{RoomID: r.ID, Kind: chat.Leave, UserID: by, TargetID: m.UserID}), err
}
