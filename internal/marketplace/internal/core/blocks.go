package core

import (
	"context"
	"errors"

	"agrovet/internal/auth"
	"agrovet/internal/marketplace"
	"agrovet/internal/marketplace/internal/store"
	"agrovet/internal/platform/authn"
)

// BlockShown is a block with how the blocked person is shown.
type BlockShown struct {
	store.Block
	Blocked auth.User
}

// Blocked are the publishers whose adverts the caller does not want to see. Nobody asks for the
// anonymous.
func (c *Core) Blocked(ctx context.Context) ([]int64, error) {
	me := authn.UserID(ctx)
	if me == 0 {
		return nil, nil
	}
	return c.store.Blocked(ctx, me, marketplace.MaxBlocks)
}

// Block hides somebody's adverts from the caller, who stops following them. It may be so already. When
// auth cannot be asked whether there is such a person, they are blocked: who needs a block needs it now.
//
// Errors: marketplace.ErrBlockSelf, ErrTooManyBlocks; auth.ErrUserUnknown.
func (c *Core) Block(ctx context.Context, userID int64) error {
	me := authn.UserID(ctx)
	if userID == me {
		return marketplace.ErrBlockSelf
	}
	if err := c.exists(ctx, userID); err != nil && !errors.Is(err, marketplace.ErrAuthUnavailable) {
		return err
	}
	return c.DB.Tx(ctx, func(ctx context.Context) error {
		if err := c.lockPair(ctx, me, userID); err != nil {
			return err
		}
		ok, err := c.store.AddBlock(ctx, me, userID)
		if err != nil || !ok {
			return err
		}
		n, err := c.store.CountBlocks(ctx, me, marketplace.MaxBlocks+1)
		if err == nil && n > marketplace.MaxBlocks {
			err = marketplace.ErrTooManyBlocks
		}
		return err
	})
}

// Unblock shows somebody's adverts to the caller again. The follow does not come back.
func (c *Core) Unblock(ctx context.Context, userID int64) error {
	return c.store.DeleteBlock(ctx, authn.UserID(ctx), userID)
}

// Blocks returns a part of the caller's, the last first, and whether more follows.
func (c *Core) Blocks(ctx context.Context, span store.IDSpan) ([]BlockShown, bool, error) {
	rows, more, err := part(span, func(span store.IDSpan) ([]store.Block, error) {
		return c.store.Blocks(ctx, authn.UserID(ctx), span)
	})
	ids := make([]int64, len(rows))
	for i, b := range rows {
		ids[i] = b.BlockedID
	}
	users, out := c.people(ctx, ids), make([]BlockShown, len(rows))
	for i, b := range rows {
		out[i] = BlockShown{b, known(users, b.BlockedID)}
	}
	return out, more, err
}

// CountBlocks counts the caller's up to limit.
func (c *Core) CountBlocks(ctx context.Context, limit int) (int64, error) {
	return c.store.CountBlocks(ctx, authn.UserID(ctx), limit)
}
