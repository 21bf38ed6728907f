package core

import (
	"context"
	"errors"
	"fmt"

	"agrovet/internal/auth"
	"agrovet/internal/chat"
	"agrovet/internal/chat/internal/store"
	"agrovet/internal/media"
	"agrovet/internal/platform/bus"
)

// forgotten is how much one transaction removes, so that none takes long however much there is.
const forgotten = 500

// UserDeleted marks a person as gone: from now on nothing new refers to them. [Core.Forget] removes what they
// left.
func (c *Core) UserDeleted(ctx context.Context, e auth.UserDeleted) error {
	c.names.forget(e.UserID)
	return c.store.Go(ctx, e.UserID)
}

// Forget removes what people who are gone have left, and rooms in which nobody is any more, bit by bit. It may
// be stopped at any time and goes on when it is called again.
func (c *Core) Forget(ctx context.Context) error {
	for {
		people, err := c.store.Forgetting(ctx, forgotten)
		if err != nil || len(people) == 0 {
			return or(err, c.removeRooms(ctx))
		}
		for _, id := range people {
			if err := c.forget(ctx, id); err != nil {
				return err
			}
		}
	}
}

// forget removes what one person has left. Memberships end first: whoever writes holds the room and is a
// member of it, so what there is to forget does not grow after that.
func (c *Core) forget(ctx context.Context, userID int64) error {
	if err := c.leaveAll(ctx, userID); err != nil {
		return err
	}
	err := c.bitByBit(ctx, func(ctx context.Context, last store.Part) (store.Part, error) {
		return c.store.ForgetEntries(ctx, userID, last, forgotten)
	})
	if err != nil {
		return err
	}
	for _, step := range []func(context.Context, int64, int) (int64, error){c.store.ForgetBlocks, c.store.ForgetMaker} {
		for n := int64(1); n > 0; {
			if n, err = step(ctx, userID, forgotten); err != nil {
				return err
			}
		}
	}
	return c.store.Forgotten(ctx, userID)
}

// bitByBit does something with one part of entries after another, each in a transaction, until there are no
// more. The files that they showed are shown no longer.
func (c *Core) bitByBit(ctx context.Context, do func(context.Context, store.Part) (store.Part, error)) error {
	for last := (store.Part{}); ; {
		var next store.Part
		err := c.DB.Tx(ctx, func(ctx context.Context) (err error) {
			if next, err = do(ctx, last); err != nil {
				return err
			}
			return c.hideFiles(ctx, next.Shown)
		})
		if err != nil || next.Last == 0 {
			return err
		}
		last = next
	}
}

// leaveAll ends all memberships of a person who is gone.
func (c *Core) leaveAll(ctx context.Context, userID int64) error {
	for after := int64(0); ; {
		rooms, err := c.store.RoomIDs(ctx, userID, after, forgotten)
		if err != nil || len(rooms) == 0 {
			return err
		}
		for _, id := range rooms {
			after = id
			if err := c.leave(ctx, id, userID); err != nil && !errors.Is(err, chat.ErrNotMember) && !errors.Is(err, chat.ErrNoRoom) {
				return err
			}
		}
	}
}

// leave ends one of them.
func (c *Core) leave(ctx context.Context, roomID, userID int64) error {
	return c.parting(ctx, roomID, userID, userID, func(ctx context.Context, r *chat.Room, m chat.Member) ([]chat.Entry, error) {
		return c.out(ctx, r, m, 0)
	})
}

// removeRooms removes rooms in which nobody is any more: first what was said there, bit by bit.
func (c *Core) removeRooms(ctx context.Context) error {
	for {
		rooms, err := c.store.Abandoned(ctx, forgotten)
		if err != nil || len(rooms) == 0 {
			return err
		}
		for _, id := range rooms {
			if err := c.removeRoom(ctx, id); err != nil {
				return err
			}
		}
	}
}

func (c *Core) removeRoom(ctx context.Context, id int64) error {
	err := c.bitByBit(ctx, func(ctx context.Context, last store.Part) (store.Part, error) {
		return c.store.DeleteEntries(ctx, id, last, forgotten)
	})
	if err != nil {
		return err
	}
	return c.store.DeleteRoom(ctx, id)
}

// hideFiles tells media that messages show nothing any more.
func (c *Core) hideFiles(ctx context.Context, messageIDs []int64) error {
	events := make([]bus.Payload, len(messageIDs))
	for i, id := range messageIDs {
		events[i] = media.Shown{Module: "chat", Place: fmt.Sprintf("chat/messages/%d", id), IDs: []int64{}}
	}
	return c.Outbox.Publish(ctx, events...)
}
