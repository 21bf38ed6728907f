package store

import (
	"context"
	"math"
	"time"

	"agrovet/internal/chat/internal/store/chatdb"
)

// Block is that one person wants nothing of another in private.
type Block struct {
	ID        int64
	UserID    int64
	BlockedID int64
	At        time.Time
}

// IDSpan is a part of a list in the order of ids, or against it.
type IDSpan struct {
	After int64 // behind the row with this id; 0: from the beginning
	Skip  int
	Limit int
}

// before is After of a list against the order of ids.
func (s IDSpan) before() int64 {
	if s.After == 0 {
		return math.MaxInt64
	}
	return s.After
}

// AddBlock makes one; ok is false when it is there already.
func (s Store) AddBlock(ctx context.Context, userID, blockedID int64) (ok bool, err error) {
	n, err := queries.BlockInsert(ctx, s.DB.Q(ctx), chatdb.BlockInsertParams{UserID: userID, BlockedID: blockedID})
	return n > 0, err
}

// DeleteBlock removes one, if it is there.
func (s Store) DeleteBlock(ctx context.Context, userID, blockedID int64) error {
	return queries.BlockDelete(ctx, s.DB.Q(ctx), chatdb.BlockDeleteParams{UserID: userID, BlockedID: blockedID})
}

// Block returns one; ok is false when there is none.
func (s Store) Block(ctx context.Context, userID, blockedID int64) (b Block, ok bool, err error) {
	rows, err := queries.Block(ctx, s.DB.Q(ctx), chatdb.BlockParams{UserID: userID, BlockedID: blockedID})
	return first(rows, err, block)
}

// Blocks is a part of somebody's, the last first.
func (s Store) Blocks(ctx context.Context, userID int64, span IDSpan) ([]Block, error) {
	rows, err := queries.Blocks(ctx, s.DB.Q(ctx), chatdb.BlocksParams{
		UserID: userID, BeforeID: span.before(), Skip: int32(span.Skip), MaxRows: int32(span.Limit)})
	return each(rows, block), err
}

// CountBlocks counts them up to limit.
func (s Store) CountBlocks(ctx context.Context, userID int64, limit int) (int64, error) {
	return queries.BlocksCount(ctx, s.DB.Q(ctx), chatdb.BlocksCountParams{UserID: userID, MaxRows: int32(limit)})
}

// BlockBetween says whether one of two blocks the other.
func (s Store) BlockBetween(ctx context.Context, one, other int64) (bool, error) {
	return queries.BlockBetween(ctx, s.DB.Q(ctx), chatdb.BlockBetweenParams{One: one, Other: other})
}

// Within says whether a room is private, and if so whether one of its two blocks the other. A room that is not
// there is no group.
func (s Store) Within(ctx context.Context, roomID int64) (private, blocked bool, err error) {
	rows, err := queries.RoomWithin(ctx, s.DB.Q(ctx), roomID)
	if err != nil || len(rows) == 0 {
		return true, false, err
	}
	return rows[0].IsPrivate, rows[0].Blocked, nil
}

// BlockersAmong are those of some people who block somebody.
func (s Store) BlockersAmong(ctx context.Context, blockedID int64, userIDs []int64) ([]int64, error) {
	return queries.BlockersAmong(ctx, s.DB.Q(ctx), chatdb.BlockersAmongParams{BlockedID: blockedID, UserIds: userIDs})
}

func block(b chatdb.Block) Block { return Block{b.ID, b.UserID, b.BlockedID, b.At} }
