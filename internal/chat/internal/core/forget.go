package core

import (
	"context"
	"errors"
	"fmt"

	"agrovet/internal/auth"
	"agrovet/internal/chat"
	"agrovet/internal/media"
	"agrovet/internal/platform/bus"
)

// forgotten is how much one transaction removes, so that none takes long however much there is.
const forgotten = 500

// UserDeleted marks a person as gone: from now on nothing new refers to them. [Core.Forget] removes what they
// left.
func (c *Core) UserDeleted(ctx context.Context, e auth.UserDeleted) error {
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
	for _, step := range []func(context.Context, int64) (int, error){c.forgetEntries, c.forgetBlocks, c.forgetMaker} {
		for {
			n, err := step(ctx, userID)
			if err != nil {
				return err
			}
			if n == 0 {
				break
			}
		}
	}
	return c.store.Forgotten(ctx, userID)
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

// leave ends one of them. A private room stays the other one's.
func (c *Core) leave(ctx context.Context, roomID, userID int64) error {
	return c.part(ctx, roomID, userID, userID, func(ctx context.Context, r *chat.Room, m chat.Member) ([]chat.Entry, error) {
		entries, err := c.out(ctx, r, m, 0)
		if r.Private {
			entries = nil
		}
		return entries, err
	})
}

func (c *Core) forgetEntries(ctx context.Context, userID int64) (n int, err error) {
	err = c.DB.Tx(ctx, func(ctx context.Context) error {
		var shown []int64
		if n, shown, err = c.store.ForgetEntries(ctx, userID, forgotten); err != nil {
			return err
		}
		return c.hideFiles(ctx, shown)
	})
	return n, err
}

func (c *Core) forgetBlocks(ctx context.Context, userID int64) (int, error) {
	n, err := c.store.ForgetBlocks(ctx, userID, forgotten)
	return int(n), err
}

func (c *Core) forgetMaker(ctx context.Context, userID int64) (int, error) {
	n, err := c.store.ForgetMaker(ctx, userID, forgotten)
	return int(n), err
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
	for n := 1; n > 0; {
		err := c.DB.Tx(ctx, func(ctx context.Context) (err error) {
			var shown []int64
			if n, shown, err = c.store.DeleteEntries(ctx, id, forgotten); err != nil {
				return err
			}
			return c.hideFiles(ctx, shown)
		})
		if err != nil {
			return err
		}
	}
	return c.store.DeleteRoom(ctx, id)
}

// hideFiles tells media that messages show nothing any more.
func (c *Core) hideFiles(ctx context.Context, messageIDs []int64) error {
	events := make([]bus.Payload, len(messageIDs))
	for i, id := range messageIDs {
		events[i] = media.Shown{Module: "chat", Place: fmt.Sprintf("chat/messages/%d", id)}
	}
	return c.Outbox.Publish(ctx, events...)
}
