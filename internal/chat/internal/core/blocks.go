package core

import (
	"context"
	"errors"

	"agrovet/internal/auth"
	"agrovet/internal/chat"
	"agrovet/internal/chat/internal/store"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/pg"
)

// inUserID is the field that names whom to block.
const inUserID = "user_id"

// BlockShown is a block with how the blocked person is shown.
type BlockShown struct {
	store.Block
	Blocked auth.User
}

// Block ends that the caller and somebody else write to each other in private, and that this one sees when
// the caller is there. It may be so already. When auth cannot be asked whether there is such a person, they
// are blocked: who needs a block needs it now.
//
// Errors: chat.ErrBlockSelf, ErrNoUsers, ErrTooManyBlocks.
func (c *Core) Block(ctx context.Context, userID int64) (BlockShown, error) {
	me := authn.UserID(ctx)
	if userID == me {
		return BlockShown{}, chat.ErrBlockSelf
	}
	if err := c.exist(ctx, inUserID, userID); err != nil && !errors.Is(err, chat.ErrAuthUnavailable) {
		return BlockShown{}, err
	}
	var b store.Block
	err := c.DB.Tx(ctx, func(ctx context.Context) (err error) {
		b, err = c.block(ctx, me, userID)
		return err
	})
	if err != nil {
		return BlockShown{}, err
	}
	return BlockShown{b, person(c.users(ctx, []int64{userID}), userID)}, nil
}

// block makes a block unless it is there.
func (c *Core) block(ctx context.Context, me, userID int64) (b store.Block, err error) {
	gone, otherGone, err := c.store.LockPair(ctx, me, userID)
	switch {
	case err != nil:
		return b, err
	case gone:
		return b, errs.ErrForbidden
	case otherGone:
		return b, noUsers(inUserID, []int64{userID})
	}
	if _, err := c.store.AddBlock(ctx, me, userID); err != nil {
		return b, err
	}
	n, err := c.store.CountBlocks(ctx, me, chat.MaxBlocks+1)
	if err != nil || n > chat.MaxBlocks {
		return b, or(err, chat.ErrTooManyBlocks)
	}
	b, _, err = c.store.Block(ctx, me, userID)
	return b, err
}

// Unblock ends a block of the caller's, if there is one.
func (c *Core) Unblock(ctx context.Context, userID int64) error {
	return c.store.DeleteBlock(ctx, authn.UserID(ctx), userID)
}

// MayType says whether a room may be told that one of its members is writing. In a group that never changes,
// so that need not be asked again.
//
// Errors: chat.ErrBlocked.
func (c *Core) MayType(ctx context.Context, roomID int64) (always bool, err error) {
	private, blocked, err := c.store.Within(ctx, roomID)
	if err == nil && blocked {
		err = chat.ErrBlocked
	}
	return !private, err
}

// Blocks returns a part of the caller's, the last first, and whether more follows.
func (c *Core) Blocks(ctx context.Context, span store.IDSpan) ([]BlockShown, bool, error) {
	rows, more, err := pg.Peek(span.Limit, func(limit int) ([]store.Block, error) {
		span.Limit = limit
		return c.store.Blocks(ctx, authn.UserID(ctx), span)
	})
	if err != nil {
		return nil, false, err
	}
	ids := make([]int64, len(rows))
	for i, b := range rows {
		ids[i] = b.BlockedID
	}
	users, out := c.users(ctx, ids), make([]BlockShown, len(rows))
	for i, b := range rows {
		out[i] = BlockShown{b, person(users, b.BlockedID)}
	}
	return out, more, nil
}

// CountBlocks counts the caller's up to limit.
func (c *Core) CountBlocks(ctx context.Context, limit int) (int64, error) {
	return c.store.CountBlocks(ctx, authn.UserID(ctx), limit)
}
