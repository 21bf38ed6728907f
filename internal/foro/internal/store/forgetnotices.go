package store

import (
	"context"
	"time"

	"agrovet/internal/foro/internal/store/forodb"
)

// ForgetNotices removes some of what somebody who is gone was told, follows and mutes, of who follows and mutes them,
// and of them in what others were told; about limit rows at most. It says how many; 0: nothing is left.
func (s Store) ForgetNotices(ctx context.Context, userID int64, limit int) (int, error) {
	db, n := s.DB.Q(ctx), int32(limit)
	for _, some := range []func() (int64, error){
		func() (int64, error) {
			return queries.NotificationsForget(ctx, db, forodb.NotificationsForgetParams{UserID: userID, MaxRows: n})
		},
		func() (int64, error) {
			return queries.CausesForget(ctx, db, forodb.CausesForgetParams{UserID: userID, MaxRows: n})
		},
		func() (int64, error) {
			return queries.ActorForget(ctx, db, forodb.ActorForgetParams{UserID: userID, MaxRows: n})
		},
		func() (int64, error) {
			return queries.WatchesForget(ctx, db, forodb.WatchesForgetParams{UserID: userID, MaxRows: n})
		},
	} {
		if removed, err := some(); err != nil || removed > 0 {
			return int(removed), err
		}
	}
	return 0, queries.PreferenceForget(ctx, db, userID)
}

// OldNotices walks all notifications in the order in which they began, from behind one on: the ids of those among
// limit of them in which nothing has happened since a time, and the last one's id; 0 when all that follow began
// later.
func (s Store) OldNotices(ctx context.Context, since time.Time, after int64, limit int) (old []int64, last int64, err error) {
	rows, err := queries.NotificationsFrom(ctx, s.DB.Q(ctx), forodb.NotificationsFromParams{Before: since, AfterID: after, MaxRows: int32(limit)})
	for _, r := range rows {
		if r.Old {
			old = append(old, r.ID)
		}
		if last = r.ID; !r.Began {
			last = 0
			break
		}
	}
	return old, last, err
}

// DeleteNotices removes these.
func (s Store) DeleteNotices(ctx context.Context, ids []int64) error {
	return queries.NotificationsDelete(ctx, s.DB.Q(ctx), ids)
}
