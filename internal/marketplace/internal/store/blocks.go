package store

import (
	"context"
	"time"

	"agrovet/internal/marketplace/internal/store/marketplacedb"
)

// Block is that one person does not want to see what another one publishes.
type Block struct {
	ID        int64
	BlockerID int64
	BlockedID int64
	CreatedAt time.Time
}

// AddBlock makes one, and ends that the one follows the other; ok is false when it is there already.
func (s Store) AddBlock(ctx context.Context, blockerID, blockedID int64) (ok bool, err error) {
	if err := queries.FollowDeletePair(ctx, s.DB.Q(ctx), marketplacedb.FollowDeletePairParams{FollowerID: blockerID, FollowingID: blockedID}); err != nil {
		return false, err
	}
	n, err := queries.BlockInsert(ctx, s.DB.Q(ctx), marketplacedb.BlockInsertParams{BlockerID: blockerID, BlockedID: blockedID})
	return n > 0, err
}

// DeleteBlock removes one, if it is there.
func (s Store) DeleteBlock(ctx context.Context, blockerID, blockedID int64) error {
	return queries.BlockDelete(ctx, s.DB.Q(ctx), marketplacedb.BlockDeleteParams{BlockerID: blockerID, BlockedID: blockedID})
}

// HasBlocked says whether one person has blocked another.
func (s Store) HasBlocked(ctx context.Context, blockerID, blockedID int64) (bool, error) {
	return queries.BlockExists(ctx, s.DB.Q(ctx), marketplacedb.BlockExistsParams{BlockerID: blockerID, BlockedID: blockedID})
}

// Blocked are the ids of those whom somebody has blocked, at most limit.
func (s Store) Blocked(ctx context.Context, userID int64, limit int) ([]int64, error) {
	return queries.Blocked(ctx, s.DB.Q(ctx), marketplacedb.BlockedParams{UserID: userID, MaxRows: int32(limit)})
}

// Blocks is a part of somebody's, the last first.
func (s Store) Blocks(ctx context.Context, userID int64, span IDSpan) ([]Block, error) {
	rows, err := queries.Blocks(ctx, s.DB.Q(ctx), marketplacedb.BlocksParams{
		UserID: userID, BeforeID: span.before(), Skip: int32(span.Skip), MaxRows: int32(span.Limit)})
	out := make([]Block, len(rows))
	for i, r := range rows {
		out[i] = Block(r)
	}
	return out, err
}

// CountBlocks counts them up to limit.
func (s Store) CountBlocks(ctx context.Context, userID int64, limit int) (int64, error) {
	return queries.BlocksCount(ctx, s.DB.Q(ctx), marketplacedb.BlocksCountParams{UserID: userID, MaxRows: int32(limit)})
}

// BlockersAmong are those of some people who do not want to see a publisher's adverts.
func (s Store) BlockersAmong(ctx context.Context, publisherID int64, userIDs []int64) ([]int64, error) {
	return queries.BlockersAmong(ctx, s.DB.Q(ctx), marketplacedb.BlockersAmongParams{BlockedID: publisherID, UserIds: userIDs})
}
