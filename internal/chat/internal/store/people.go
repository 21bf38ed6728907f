package store

import (
	"context"
	"slices"
	"time"

	"agrovet/internal/chat/internal/store/chatdb"
)

// KeepPeople keeps people from going until the commit, and returns those who are gone. The lower id is locked
// first, so that nobody waits in a circle.
func (s Store) KeepPeople(ctx context.Context, ids []int64) (gone []int64, err error) {
	if err := queries.PeopleMake(ctx, s.DB.Q(ctx), ids); err != nil {
		return nil, err
	}
	rows, err := queries.PeopleForShare(ctx, s.DB.Q(ctx), ids)
	for _, r := range rows {
		if r.Gone {
			gone = append(gone, r.UserID)
		}
	}
	return gone, err
}

// LockPair locks a person whose things change and keeps another one, to whom they will refer, from going.
// The lower id is locked first.
func (s Store) LockPair(ctx context.Context, userID, otherID int64) (gone, otherGone bool, err error) {
	ids := []int64{userID, otherID}
	slices.Sort(ids)
	if err := queries.PeopleMake(ctx, s.DB.Q(ctx), ids); err != nil {
		return false, false, err
	}
	for _, id := range ids {
		if id == userID {
			gone, err = queries.PersonForUpdate(ctx, s.DB.Q(ctx), id)
		} else {
			otherGone, err = queries.PersonForShare(ctx, s.DB.Q(ctx), id)
		}
		if err != nil {
			return false, false, err
		}
	}
	return gone, otherGone, nil
}

// HidesLastSeen says whether somebody does not want others to know when they were last seen.
func (s Store) HidesLastSeen(ctx context.Context, userID int64) (bool, error) {
	rows, err := queries.PersonHides(ctx, s.DB.Q(ctx), userID)
	return len(rows) > 0 && rows[0], err
}

// HideLastSeen sets that; ok is false for who is gone.
func (s Store) HideLastSeen(ctx context.Context, userID int64, hide bool) (ok bool, err error) {
	n, err := queries.PersonHide(ctx, s.DB.Q(ctx), chatdb.PersonHideParams{UserID: userID, Hide: hide})
	return n > 0, err
}

// Seen notes that people were connected. Later times stay.
func (s Store) Seen(ctx context.Context, userIDs []int64, at time.Time) error {
	return queries.PeopleSeen(ctx, s.DB.Q(ctx), chatdb.PeopleSeenParams{Ids: userIDs, At: at})
}

// LastSeen is when people were last connected, as far as the asker may know.
func (s Store) LastSeen(ctx context.Context, asker int64, ids []int64) (map[int64]time.Time, error) {
	rows, err := queries.LastSeen(ctx, s.DB.Q(ctx), chatdb.LastSeenParams{Asker: asker, Ids: ids})
	out := make(map[int64]time.Time, len(rows))
	for _, r := range rows {
		out[r.UserID] = r.LastSeen
	}
	return out, err
}

// SmallRooms are somebody's rooms of at most so many members; at most limit, by last activity, newest first.
func (s Store) SmallRooms(ctx context.Context, userID int64, members, limit int) ([]int64, error) {
	return queries.RoomsSmall(ctx, s.DB.Q(ctx), chatdb.RoomsSmallParams{UserID: userID, Most: int32(members), MaxRows: int32(limit)})
}

// Partners are the others in rooms who neither block somebody nor are blocked by them.
func (s Store) Partners(ctx context.Context, userID int64, roomIDs []int64) ([]int64, error) {
	return queries.Partners(ctx, s.DB.Q(ctx), chatdb.PartnersParams{UserID: userID, RoomIds: roomIDs})
}
