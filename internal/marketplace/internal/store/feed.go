package store

import (
	"context"
	"math"
	"time"

	"agrovet/internal/marketplace/internal/store/marketplacedb"
)

// endOfTime is later than every advert.
var endOfTime = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)

// Feed returns a part of the active adverts of those whom somebody follows, newest first.
func (s Store) Feed(ctx context.Context, userID int64, span Span) ([]int64, error) {
	in := marketplacedb.FeedParams{UserID: userID, BeforeAt: endOfTime, BeforeID: math.MaxInt64,
		Reach: int32(span.Skip + span.Limit), Skip: int32(span.Skip), MaxRows: int32(span.Limit)}
	if span.After != nil {
		in.BeforeAt, in.BeforeID = span.After.At, span.After.ID
	}
	return queries.Feed(ctx, s.DB.Q(ctx), in)
}

// CountFeed counts it up to limit.
func (s Store) CountFeed(ctx context.Context, userID int64, limit int) (int64, error) {
	return queries.FeedCount(ctx, s.DB.Q(ctx), marketplacedb.FeedCountParams{UserID: userID, MaxRows: int32(limit)})
}
