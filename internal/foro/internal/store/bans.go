package store

import (
	"context"
	"math"
	"time"

	"agrovet/internal/foro/internal/store/forodb"
)

// Ban keeps somebody out of a community.
type Ban struct {
	UserID int64
	ByID   int64 // 0: their account is gone
	At     time.Time
}

// AddBan keeps somebody out of a community, and says whether they were not already.
func (s Store) AddBan(ctx context.Context, communityID, userID, byID int64) (bool, error) {
	n, err := queries.BanInsert(ctx, s.DB.Q(ctx), forodb.BanInsertParams{CommunityID: communityID, UserID: userID, ByID: byID})
	return n > 0, err
}

// Banned says whether somebody is kept out of a community; ok is false when there is no such community.
func (s Store) Banned(ctx context.Context, communityID, userID int64) (banned, ok bool, err error) {
	rows, err := queries.Banned(ctx, s.DB.Q(ctx), forodb.BannedParams{CommunityID: communityID, UserID: userID})
	if err != nil || len(rows) == 0 {
		return false, false, err
	}
	return rows[0], true, nil
}

// LiftBan lets somebody come back, and says whether they could not.
func (s Store) LiftBan(ctx context.Context, communityID, userID int64) (bool, error) {
	n, err := queries.BanDelete(ctx, s.DB.Q(ctx), forodb.BanDeleteParams{CommunityID: communityID, UserID: userID})
	return n > 0, err
}

// Bans are those of a community, the newest first.
func (s Store) Bans(ctx context.Context, communityID int64, span SinceSpan) ([]Ban, error) {
	p := forodb.BansNewestParams{CommunityID: communityID, Before: lastMoment, BeforeID: math.MaxInt64, RowLimit: int64(span.Limit), RowSkip: int64(span.Skip)}
	if span.After != nil {
		p.Before, p.BeforeID = span.After.At, span.After.ID
	}
	rows, err := queries.BansNewest(ctx, s.DB.Q(ctx), p)
	bans := make([]Ban, len(rows))
	for i, r := range rows {
		bans[i] = Ban{UserID: r.UserID, ByID: r.ByID, At: r.At}
	}
	return bans, err
}

// lastMoment is behind all that is stored.
var lastMoment = time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)

// CountBans counts those of a community up to limit.
func (s Store) CountBans(ctx context.Context, communityID int64, limit int) (int64, error) {
	return queries.BanCount(ctx, s.DB.Q(ctx), forodb.BanCountParams{CommunityID: communityID, RowLimit: int64(limit)})
}
