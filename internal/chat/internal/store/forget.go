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

// Part is a part of entries that were forgotten or removed: where it ended, and which of them showed files.
type Part struct {
	Room, Last int64 // the last one's room and id, or seq; 0: there was none
	Shown      []int64
}

// ForgetEntries takes author and content out of some entries that somebody made, behind the last part, with
// what the messages said before.
func (s Store) ForgetEntries(ctx context.Context, userID int64, last Part, limit int) (p Part, err error) {
	rows, err := queries.EntriesOf(ctx, s.DB.Q(ctx), chatdb.EntriesOfParams{UserID: userID, AfterRoom: last.Room, AfterID: last.Last, MaxRows: int32(limit)})
	if err != nil || len(rows) == 0 {
		return Part{}, err
	}
	ids := make([]int64, len(rows))
	for i, r := range rows {
		if ids[i] = r.ID; r.MediaID != nil {
			p.Shown = append(p.Shown, r.ID)
		}
		p.Room, p.Last = r.RoomID, r.ID
	}
	if err := queries.DocumentsEmpty(ctx, s.DB.Q(ctx), ids); err != nil {
		return Part{}, err
	}
	if err := queries.EntriesForget(ctx, s.DB.Q(ctx), ids); err != nil {
		return Part{}, err
	}
	return p, queries.RevisionsDelete(ctx, s.DB.Q(ctx), ids)
}

// Abandon has a room removed in which nobody is any more.
func (s Store) Abandon(ctx context.Context, roomID int64) error {
	return queries.RoomGone(ctx, s.DB.Q(ctx), roomID)
}

// Abandoned are rooms that are to be removed.
func (s Store) Abandoned(ctx context.Context, limit int) ([]int64, error) {
	return queries.RoomsGone(ctx, s.DB.Q(ctx), int32(limit))
}

// DeleteEntries removes some entries of a room, behind the last part, the oldest first.
func (s Store) DeleteEntries(ctx context.Context, roomID int64, last Part, limit int) (p Part, err error) {
	rows, err := queries.EntriesOldest(ctx, s.DB.Q(ctx), chatdb.EntriesOldestParams{RoomID: roomID, After: last.Last, MaxRows: int32(limit)})
	if err != nil || len(rows) == 0 {
		return Part{}, err
	}
	ids := make([]int64, len(rows))
	for i, r := range rows {
		if ids[i] = r.ID; r.MediaID != nil {
			p.Shown = append(p.Shown, r.ID)
		}
		p.Room, p.Last = roomID, r.Seq
	}
	return p, queries.EntriesDelete(ctx, s.DB.Q(ctx), ids)
}

// DeleteRoom removes a room.
func (s Store) DeleteRoom(ctx context.Context, id int64) error {
	return queries.RoomDelete(ctx, s.DB.Q(ctx), id)
}
