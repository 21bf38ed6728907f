package store

import (
	"context"

	"agrovet/internal/chat/internal/store/chatdb"
)

// Go marks a person as gone, and as one who has left something. It waits for those who make others depend on
// the person just now; nobody does so afterwards.
func (s Store) Go(ctx context.Context, userID int64) error {
	return queries.PersonGo(ctx, s.DB.Q(ctx), userID)
}

// Forgetting are people who are gone and have left something.
func (s Store) Forgetting(ctx context.Context, limit int) ([]int64, error) {
	return queries.PeopleForgetting(ctx, s.DB.Q(ctx), int32(limit))
}

// Forgotten notes that nothing of a person is left.
func (s Store) Forgotten(ctx context.Context, userID int64) error {
	return queries.PersonForgotten(ctx, s.DB.Q(ctx), userID)
}

// RoomIDs are rooms that somebody is in, behind one of them, by id.
func (s Store) RoomIDs(ctx context.Context, userID, after int64, limit int) ([]int64, error) {
	return queries.MembershipsAfter(ctx, s.DB.Q(ctx), chatdb.MembershipsAfterParams{UserID: userID, AfterID: after, MaxRows: int32(limit)})
}

// ForgetBlocks removes some blocks by and of somebody; n is how many.
func (s Store) ForgetBlocks(ctx context.Context, userID int64, limit int) (n int64, err error) {
	return queries.BlocksForget(ctx, s.DB.Q(ctx), chatdb.BlocksForgetParams{UserID: userID, MaxRows: int32(limit)})
}

// ForgetMaker takes somebody's name off some rooms that they made; n is how many.
func (s Store) ForgetMaker(ctx context.Context, userID int64, limit int) (n int64, err error) {
	return queries.RoomsForget(ctx, s.DB.Q(ctx), chatdb.RoomsForgetParams{UserID: userID, MaxRows: int32(limit)})
}

// ForgetEntries takes author and content out of some entries that somebody made, with what the messages said
// before. It returns how many, and which of them showed files.
func (s Store) ForgetEntries(ctx context.Context, userID int64, limit int) (n int, shown []int64, err error) {
	rows, err := queries.EntriesOf(ctx, s.DB.Q(ctx), chatdb.EntriesOfParams{UserID: userID, MaxRows: int32(limit)})
	if err != nil || len(rows) == 0 {
		return 0, nil, err
	}
	ids := make([]int64, len(rows))
	for i, r := range rows {
		if ids[i] = r.ID; r.MediaID != nil {
			shown = append(shown, r.ID)
		}
	}
	if err := queries.EntriesForget(ctx, s.DB.Q(ctx), ids); err != nil {
		return 0, nil, err
	}
	return len(ids), shown, queries.RevisionsDelete(ctx, s.DB.Q(ctx), ids)
}

// Abandon has a room removed in which nobody is any more.
func (s Store) Abandon(ctx context.Context, roomID int64) error {
	return queries.RoomGone(ctx, s.DB.Q(ctx), roomID)
}

// Abandoned are rooms that are to be removed.
func (s Store) Abandoned(ctx context.Context, limit int) ([]int64, error) {
	return queries.RoomsGone(ctx, s.DB.Q(ctx), int32(limit))
}

// DeleteEntries removes some entries of a room, the oldest first. It returns how many, and which of them
// showed files.
func (s Store) DeleteEntries(ctx context.Context, roomID int64, limit int) (n int, shown []int64, err error) {
	rows, err := queries.EntriesOldest(ctx, s.DB.Q(ctx), chatdb.EntriesOldestParams{RoomID: roomID, MaxRows: int32(limit)})
	if err != nil || len(rows) == 0 {
		return 0, nil, err
	}
	ids := make([]int64, len(rows))
	for i, r := range rows {
		if ids[i] = r.ID; r.MediaID != nil {
			shown = append(shown, r.ID)
		}
	}
	return len(ids), shown, queries.EntriesDelete(ctx, s.DB.Q(ctx), ids)
}

// DeleteRoom removes a room.
func (s Store) DeleteRoom(ctx context.Context, id int64) error {
	return queries.RoomDelete(ctx, s.DB.Q(ctx), id)
}
