package core

import (
	"context"
	"slices"

	"agrovet/internal/chat"
	"agrovet/internal/platform/authn"
)

// openGroup makes a group of the caller and others, whose first entry tells of it.
func (c *Core) openGroup(ctx context.Context, people []int64, name string) (r chat.Room, err error) {
	me := authn.UserID(ctx)
	others := slices.DeleteFunc(people, func(id int64) bool { return id == me })
	if len(others) >= chat.MaxMembers {
		return r, chat.ErrFull
	}
	if err := c.exist(ctx, inParticipants, others...); err != nil {
		return r, err
	}
	roles := map[int64]chat.Role{me: chat.Owner}
	for _, id := range others {
		roles[id] = chat.JustThere
	}
	err = c.DB.Tx(ctx, func(ctx context.Context) error {
		if err := c.keep(ctx, me, inParticipants, others...); err != nil {
			return err
		}
		if err := c.welcome(ctx, me, others); err != nil {
			return err
		}
		if r, err = c.store.MakeGroup(ctx, name, me); err != nil {
			return err
		}
		if err := c.fill(ctx, r, roles); err != nil {
			return err
		}
		return c.append(ctx, &r, chat.Entry{RoomID: r.ID, Kind: chat.Create, UserID: me, Content: name})
	})
	return r, err
}
