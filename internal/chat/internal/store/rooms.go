package store

import (
	"context"

	"agrovet/internal/chat"
	"agrovet/internal/chat/internal/store/chatdb"
)

// Room returns one; ok is false when there is none.
func (s Store) Room(ctx context.Context, id int64) (r chat.Room, ok bool, err error) {
	rows, err := queries.Room(ctx, s.DB.Q(ctx), id)
	if err != nil || len(rows) == 0 {
		return r, false, err
	}
	return room(rows[0]), true, nil
}

// LockRoom returns one that nobody else changes until the commit.
func (s Store) LockRoom(ctx context.Context, id int64) (r chat.Room, ok bool, err error) {
	rows, err := queries.RoomLock(ctx, s.DB.Q(ctx), id)
	if err != nil || len(rows) == 0 {
		return r, false, err
	}
	return room(rows[0]), true, nil
}

// Member is what somebody is in a room; ok is false when they are not in it.
func (s Store) Member(ctx context.Context, roomID, userID int64) (m chat.Member, ok bool, err error) {
	rows, err := queries.Member(ctx, s.DB.Q(ctx), chatdb.MemberParams{RoomID: roomID, UserID: userID})
	if err != nil || len(rows) == 0 {
		return m, false, err
	}
	return member(rows[0]), true, nil
}

func room(r chatdb.Room) chat.Room {
	return chat.Room{ID: r.ID, Private: r.IsPrivate, Name: r.Name, AboutAddID: r.AboutAddID, CreatedBy: r.CreatedBy,
		CreatedAt: r.CreatedAt, LastSeq: r.LastSeq, LastActivity: r.LastActivity}
}

func member(m chatdb.Member) chat.Member {
	return chat.Member{RoomID: m.RoomID, UserID: m.UserID, Role: chat.Role(m.Role), JoinedAt: m.JoinedAt, FromSeq: m.FromSeq,
		DeliveredSeq: m.DeliveredSeq, ReadSeq: m.ReadSeq, MutedUntil: or(m.MutedUntil)}
}
