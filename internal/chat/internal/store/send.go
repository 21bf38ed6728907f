package store

import (
	"context"

	"agrovet/internal/chat"
	"agrovet/internal/chat/internal/store/chatdb"
)

// Standing is what decides whether somebody may send a message.
type Standing struct {
	Member       bool  // of the room, and their account is there
	Blocked      bool  // the room is private, and one of its two blocks the other
	ReplyIsThere bool  // what the message answers can be seen by them
	StoredSeq    int64 // it was stored before, under the same key; 0: it was not
}

// LockRooms returns those of the rooms that are there. Nobody else changes them until the commit.
func (s Store) LockRooms(ctx context.Context, ids []int64) (map[int64]*chat.Room, error) {
	rows, err := queries.RoomsLock(ctx, s.DB.Q(ctx), ids)
	out := make(map[int64]*chat.Room, len(rows))
	for _, r := range rows {
		one := room(r)
		out[r.ID] = &one
	}
	return out, err
}

// Standings is what decides about messages, in their order; their rooms are locked. Of a room that is not
// there it is the zero value.
func (s Store) Standings(ctx context.Context, messages []chat.Entry) ([]Standing, error) {
	var p chatdb.StandingsParams
	for i, m := range messages {
		p.Ns, p.RoomIds, p.UserIds = append(p.Ns, int64(i)), append(p.RoomIds, m.RoomID), append(p.UserIds, m.UserID)
		p.Replies, p.ClientKeys = append(p.Replies, m.ReplyTo), append(p.ClientKeys, m.ClientKey)
	}
	rows, err := queries.Standings(ctx, s.DB.Q(ctx), p)
	out := make([]Standing, len(messages))
	for _, r := range rows {
		out[r.N] = Standing{Member: r.Member, Blocked: r.Blocked, ReplyIsThere: r.ReplyIsThere, StoredSeq: r.StoredSeq}
	}
	return out, err
}

// StoredUnder is the message that somebody sent under a key; ok is false when there is none.
func (s Store) StoredUnder(ctx context.Context, roomID, userID int64, key string) (m chat.Entry, ok bool, err error) {
	rows, err := queries.StoredUnder(ctx, s.DB.Q(ctx), chatdb.StoredUnderParams{RoomID: roomID, UserID: userID, ClientKey: key})
	if err != nil || len(rows) == 0 {
		return m, false, err
	}
	return entry(rows[0], target{}), true, nil
}

// Blocked says whether one of a private room's two blocks the other.
func (s Store) Blocked(ctx context.Context, roomID int64) (bool, error) {
	return queries.Blocked(ctx, s.DB.Q(ctx), roomID)
}
