package store

import (
	"context"
	"time"

	"agrovet/internal/chat"
	"agrovet/internal/chat/internal/store/chatdb"
)

// Seat is a person's place in a room.
type Seat struct{ RoomID, UserID int64 }

// LockSeats returns how far those of the people are who are there, who get no further until the commit.
func (s Store) LockSeats(ctx context.Context, seats []Seat) ([]Reach, error) {
	var p chatdb.MembersLockParams
	for _, w := range seats {
		p.RoomIds, p.UserIds = append(p.RoomIds, w.RoomID), append(p.UserIds, w.UserID)
	}
	rows, err := queries.MembersLock(ctx, s.DB.Q(ctx), p)
	out := make([]Reach, len(rows))
	for i, r := range rows {
		out[i] = Reach{member(r.Member), r.LastSeq}
	}
	return out, err
}

// Mark is an acknowledgement: it stands for all entries up to its own that none before it stood for.
type Mark struct {
	Seat
	Read bool // else delivered
	Seq  int64
	At   time.Time
}

// Advance notes how far members are, who are locked, with the acknowledgements that brought them there.
func (s Store) Advance(ctx context.Context, members []chat.Member, marks []Mark) error {
	var m chatdb.MembersMoveParams
	for _, one := range members {
		m.RoomIds, m.UserIds = append(m.RoomIds, one.RoomID), append(m.UserIds, one.UserID)
		m.Delivered, m.Read = append(m.Delivered, one.DeliveredSeq), append(m.Read, one.ReadSeq)
	}
	if err := queries.MembersMove(ctx, s.DB.Q(ctx), m); err != nil {
		return err
	}
	var p chatdb.MarksInsertParams
	for _, one := range marks {
		p.RoomIds, p.UserIds, p.Seqs = append(p.RoomIds, one.RoomID), append(p.UserIds, one.UserID), append(p.Seqs, one.Seq)
		p.Kinds = append(p.Kinds, kindOf(one.Read))
	}
	return queries.MarksInsert(ctx, s.DB.Q(ctx), p)
}

func kindOf(read bool) string {
	if read {
		return "read"
	}
	return "delivered"
}

// Passed is a stretch of a room that a member has got or read now.
type Passed struct {
	Seat
	Above, UpTo int64
}

// PassedMessages are the messages that others wrote in each of the stretches, newest first, at most limit of each.
func (s Store) PassedMessages(ctx context.Context, passed []Passed, limit int) ([][]chat.Entry, error) {
	p := chatdb.MarkedMessagesParams{MaxRows: int32(limit)}
	for i, w := range passed {
		p.Ns, p.RoomIds, p.UserIds = append(p.Ns, int64(i)), append(p.RoomIds, w.RoomID), append(p.UserIds, w.UserID)
		p.Aboves, p.UpTos = append(p.Aboves, w.Above), append(p.UpTos, w.UpTo)
	}
	rows, err := queries.MarkedMessages(ctx, s.DB.Q(ctx), p)
	out := make([][]chat.Entry, len(passed))
	for _, r := range rows {
		out[r.N] = append(out[r.N], chat.Entry{ID: r.ID, RoomID: passed[r.N].RoomID, Seq: r.Seq, UserID: r.UserID})
	}
	return out, err
}

// NewestOf is the number of the newest of some messages of a room; 0: none of them is there.
func (s Store) NewestOf(ctx context.Context, roomID int64, ids []int64) (int64, error) {
	return queries.NewestOf(ctx, s.DB.Q(ctx), chatdb.NewestOfParams{RoomID: roomID, Ids: ids})
}

// Members are all who are in rooms, by room.
func (s Store) Members(ctx context.Context, roomIDs []int64) (map[int64][]chat.Member, error) {
	rows, err := queries.RoomMembers(ctx, s.DB.Q(ctx), roomIDs)
	out := map[int64][]chat.Member{}
	for _, r := range rows {
		out[r.RoomID] = append(out[r.RoomID], member(r))
	}
	return out, err
}

// Sight is a part of a room for which it is asked when a member got and read it.
type Sight struct {
	Seat
	From, To int64
}

// Marks are the acknowledgements that stand for parts of rooms, in the order of their numbers, by member.
func (s Store) Marks(ctx context.Context, of []Sight) (map[Seat][]Mark, error) {
	var p chatdb.MarksParams
	for _, w := range of {
		p.RoomIds, p.UserIds = append(p.RoomIds, w.RoomID), append(p.UserIds, w.UserID)
		p.Froms, p.Tos = append(p.Froms, w.From), append(p.Tos, w.To)
	}
	rows, err := queries.Marks(ctx, s.DB.Q(ctx), p)
	out := map[Seat][]Mark{}
	for _, r := range rows {
		seat := Seat{r.RoomID, r.UserID}
		out[seat] = append(out[seat], Mark{seat, r.Kind == "read", r.Seq, r.At})
	}
	return out, err
}
