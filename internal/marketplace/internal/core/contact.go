package core

import (
	"context"

	"agrovet/internal/marketplace"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/errs"
)

// Chats is what the marketplace asks of chat.
type Chats interface {
	// RoomAbout finds or makes the private room of two people about an advert.
	RoomAbout(ctx context.Context, userID, otherID, addID int64) (roomID int64, err error)
}

// Contact opens the caller's private chat with the publisher about an advert.
//
// Errors: errs.ErrNotFound; marketplace.ErrOwnAdd; marketplace.ErrChatUnavailable.
func (c *Core) Contact(ctx context.Context, id int64) (roomID int64, err error) {
	row, ok, err := c.store.Get(ctx, id, false)
	if err == nil && (!ok || !knows(ctx, row.Add)) {
		err = errs.ErrNotFound
	}
	me := authn.UserID(ctx)
	switch {
	case err != nil:
		return 0, err
	case row.PublisherID == me:
		return 0, marketplace.ErrOwnAdd
	case c.Chats == nil:
		return 0, marketplace.ErrChatUnavailable
	}
	return c.Chats.RoomAbout(ctx, me, row.PublisherID, id)
}
