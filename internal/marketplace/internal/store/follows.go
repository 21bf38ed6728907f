package store

import (
	"context"
	"time"

	"agrovet/internal/marketplace/internal/store/marketplacedb"
)

// Follow is that one person wants to see what another one publishes.
type Follow struct {
	ID          int64
	FollowerID  int64
	FollowingID int64
	CreatedAt   time.Time
}

// AddFollow makes one; ok is false when it is there already.
func (s Store) AddFollow(ctx context.Context, followerID, followingID int64) (f Follow, ok bool, err error) {
	return one(queries.FollowInsert(ctx, s.DB.Q(ctx), marketplacedb.FollowInsertParams{FollowerID: followerID, FollowingID: followingID}))
}

// Follow returns one; ok is false when there is none.
func (s Store) Follow(ctx context.Context, id int64) (f Follow, ok bool, err error) {
	return one(queries.FollowByID(ctx, s.DB.Q(ctx), id))
}

// FollowOf returns that of one person of another; ok is false when there is none.
func (s Store) FollowOf(ctx context.Context, followerID, followingID int64) (f Follow, ok bool, err error) {
	return one(queries.FollowByPair(ctx, s.DB.Q(ctx), marketplacedb.FollowByPairParams{FollowerID: followerID, FollowingID: followingID}))
}

func one(rows []marketplacedb.Follow, err error) (Follow, bool, error) {
	if err != nil || len(rows) == 0 {
		return Follow{}, false, err
	}
	return Follow(rows[0]), true, nil
}

// DeleteFollow removes one; ok is false when there was none.
func (s Store) DeleteFollow(ctx context.Context, id int64) (ok bool, err error) {
	n, err := queries.FollowDelete(ctx, s.DB.Q(ctx), id)
	return n > 0, err
}

// Following is a part of whom somebody follows, in the order in which they began.
func (s Store) Following(ctx context.Context, userID int64, span IDSpan) ([]Follow, error) {
	return follows(queries.Following(ctx, s.DB.Q(ctx), marketplacedb.FollowingParams{
		UserID: userID, AfterID: span.After, Skip: int32(span.Skip), MaxRows: int32(span.Limit)}))
}

// Followers is a part of who follows somebody, newest first.
func (s Store) Followers(ctx context.Context, userID int64, span IDSpan) ([]Follow, error) {
	return follows(queries.Followers(ctx, s.DB.Q(ctx), marketplacedb.FollowersParams{
		UserID: userID, BeforeID: span.before(), Skip: int32(span.Skip), MaxRows: int32(span.Limit)}))
}

func follows(rows []marketplacedb.Follow, err error) ([]Follow, error) {
	out := make([]Follow, len(rows))
	for i, r := range rows {
		out[i] = Follow(r)
	}
	return out, err
}

// CountFollowing counts whom somebody follows, up to limit.
func (s Store) CountFollowing(ctx context.Context, userID int64, limit int) (int64, error) {
	return queries.FollowingCount(ctx, s.DB.Q(ctx), marketplacedb.FollowingCountParams{UserID: userID, MaxRows: int32(limit)})
}

// CountFollowers counts who follows somebody, up to limit.
func (s Store) CountFollowers(ctx context.Context, userID int64, limit int) (int64, error) {
	return queries.FollowersCount(ctx, s.DB.Q(ctx), marketplacedb.FollowersCountParams{UserID: userID, MaxRows: int32(limit)})
}

func (s Store) forgetFollows(ctx context.Context, userID int64) (int64, error) {
	return queries.FollowsForget(ctx, s.DB.Q(ctx), marketplacedb.FollowsForgetParams{UserID: userID, MaxRows: forgotten})
}
