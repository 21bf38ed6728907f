package store

import (
	"context"
	"time"

	"agrovet/internal/chat"
	"agrovet/internal/chat/internal/store/chatdb"
)

// Membership is a room of a person's, what they are in it, and how many are in it.
type Membership struct {
	chat.Room
	Member  chat.Member
	Members int
}

// Pair is the two people of a private room, and the advert that it is about.
type Pair struct{ Low, High, AboutAddID int64 }

// Room returns one; ok is false when there is none.
func (s Store) Room(ctx context.Context, id int64) (r chat.Room, ok bool, err error) {
	rows, err := queries.Room(ctx, s.DB.Q(ctx), id)
	return first(rows, err, room)
}

// LockRoom returns one that nobody else changes until the commit.
func (s Store) LockRoom(ctx context.Context, id int64) (r chat.Room, ok bool, err error) {
	rows, err := queries.RoomLock(ctx, s.DB.Q(ctx), id)
	return first(rows, err, room)
}

// MembershipOf returns a room and what somebody is in it; ok is false when they are not in it.
func (s Store) MembershipOf(ctx context.Context, roomID, userID int64) (m Membership, ok bool, err error) {
	rows, err := queries.RoomOfMember(ctx, s.DB.Q(ctx), chatdb.RoomOfMemberParams{RoomID: roomID, UserID: userID})
	return first(rows, err, func(r chatdb.RoomOfMemberRow) Membership { return membership(r.Room, r.Member) })
}

// RoomOf returns the private room of two; ok is false when there is none.
func (s Store) RoomOf(ctx context.Context, p Pair) (r chat.Room, ok bool, err error) {
	rows, err := queries.RoomByPair(ctx, s.DB.Q(ctx), chatdb.RoomByPairParams{LowID: p.Low, HighID: p.High, AboutAddID: p.AboutAddID})
	return first(rows, err, room)
}

// MakePair makes the private room of two, without members; made is false when it is there already.
func (s Store) MakePair(ctx context.Context, p Pair, name string, by int64) (r chat.Room, made bool, err error) {
	rows, err := queries.RoomPairInsert(ctx, s.DB.Q(ctx), chatdb.RoomPairInsertParams{
		LowID: p.Low, HighID: p.High, AboutAddID: p.AboutAddID, Name: name, CreatedBy: by})
	return first(rows, err, room)
}

// MakeGroup makes a group without members, whose log is empty.
func (s Store) MakeGroup(ctx context.Context, name string, by int64) (chat.Room, error) {
	r, err := queries.RoomGroupInsert(ctx, s.DB.Q(ctx), chatdb.RoomGroupInsertParams{Name: name, CreatedBy: by})
	return room(r), err
}

// Rename gives a group another name.
func (s Store) Rename(ctx context.Context, id int64, name string) error {
	return queries.RoomRename(ctx, s.DB.Q(ctx), chatdb.RoomRenameParams{ID: id, Name: name})
}

// ActivityPosition is where a part of a list by last activity, newest first, begins.
type ActivityPosition struct {
	At time.Time `json:"at"`
	ID int64     `json:"id"`
}

// Fits says whether there may be such a position.
func (p ActivityPosition) Fits() bool {
	return p.ID > 0 && p.At.Year() > 1970 && p.At.Year() < 10_000
}

// ActivitySpan is a part of such a list: behind After, nil: from the beginning.
type ActivitySpan struct {
	After *ActivityPosition
	Skip  int
	Limit int
}

// Listed is a part of somebody's rooms that are listed, by last activity, newest first.
func (s Store) Listed(ctx context.Context, userID int64, span ActivitySpan) ([]Membership, error) {
	before := ActivityPosition{At: farAway}
	if span.After != nil {
		before = *span.After
	}
	rows, err := queries.RoomsListed(ctx, s.DB.Q(ctx), chatdb.RoomsListedParams{
		UserID: userID, BeforeAt: before.At, BeforeID: before.ID, Skip: int32(span.Skip), MaxRows: int32(span.Limit)})
	return each(rows, func(r chatdb.RoomsListedRow) Membership { return membership(r.Room, r.Member) }), err
}

// CountListed counts them up to limit.
func (s Store) CountListed(ctx context.Context, userID int64, limit int) (int64, error) {
	return queries.RoomsListedCount(ctx, s.DB.Q(ctx), chatdb.RoomsListedCountParams{UserID: userID, MaxRows: int32(limit)})
}

// AllRooms are somebody's, those that are hidden, too; at most limit, by last activity, newest first.
func (s Store) AllRooms(ctx context.Context, userID int64, limit int) ([]Membership, error) {
	rows, err := queries.RoomsAll(ctx, s.DB.Q(ctx), chatdb.RoomsAllParams{UserID: userID, MaxRows: int32(limit)})
	return each(rows, func(r chatdb.RoomsAllRow) Membership { return membership(r.Room, r.Member) }), err
}

// Unread counts messages of others above a number of each room, up to most, looking at no more than the
// newest reach entries of each. Rooms without any are left out.
func (s Store) Unread(ctx context.Context, userID int64, above map[int64]int64, most, reach int) (map[int64]int, error) {
	p := chatdb.UnreadParams{UserID: userID, Most: int32(most), Reach: int64(reach)}
	for id, seq := range above {
		p.RoomIds, p.Aboves = append(p.RoomIds, id), append(p.Aboves, seq)
	}
	rows, err := queries.Unread(ctx, s.DB.Q(ctx), p)
	out := make(map[int64]int, len(rows))
	for _, r := range rows {
		out[r.RoomID] = int(r.N)
	}
	return out, err
}

func room(r chatdb.Room) chat.Room {
	return chat.Room{ID: r.ID, Private: r.IsPrivate, Name: r.Name, AboutAddID: r.AboutAddID, CreatedBy: r.CreatedBy,
		CreatedAt: r.CreatedAt, LastSeq: r.LastSeq, LastActivity: r.LastActivity}
}

func membership(r chatdb.Room, m chatdb.Member) Membership {
	return Membership{room(r), member(m), int(r.Members)}
}
