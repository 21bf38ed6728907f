package core

import (
	"context"

	"agrovet/internal/chat"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/errs"
)

func roleSet(roomID, by, userID int64, role chat.Role) chat.Entry {
	return chat.Entry{RoomID: roomID, Kind: chat.RoleSet, UserID: by, TargetID: userID, Content: string(role)}
}

// SetRole makes a member of a group something else; the owner may. Who makes another one the owner is an
// admin from then on.
//
// Errors: errs.ErrNotFound, also for who is not in it; chat.ErrPrivate, ErrMayNot; ErrOwnerStays when the owner
// wants to be something else.
func (c *Core) SetRole(ctx context.Context, roomID, userID int64, role chat.Role) error {
	return unseen(c.change(ctx, roomID, authn.UserID(ctx), func(ctx context.Context, r *chat.Room, me chat.Member) ([]chat.Entry, error) {
		if r.Private {
			return nil, chat.ErrPrivate
		}
		if me.Role != chat.Owner {
			return nil, chat.ErrMayNot
		}
		target, ok, err := c.store.Member(ctx, r.ID, userID)
		switch {
		case err != nil || !ok:
			return nil, or(err, errs.ErrNotFound)
		case target.Role == role:
			return nil, nil
		case role == "":
			return nil, required("role")
		case userID == me.UserID:
			return nil, chat.ErrOwnerStays
		}
		return c.promote(ctx, r, me, userID, role)
	}))
}

// promote gives a member a role, with which the owner may step back.
func (c *Core) promote(ctx context.Context, r *chat.Room, owner chat.Member, userID int64, role chat.Role) ([]chat.Entry, error) {
	entries := []chat.Entry{roleSet(r.ID, owner.UserID, userID, role)}
	if role == chat.Owner {
		entries = append(entries, roleSet(r.ID, owner.UserID, owner.UserID, chat.Admin))
		if err := c.store.SetRole(ctx, r.ID, owner.UserID, chat.Admin); err != nil {
			return nil, err
		}
	}
	return entries, c.store.SetRole(ctx, r.ID, userID, role)
}
