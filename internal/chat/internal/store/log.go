package store

import (
	"context"
	"slices"
	"time"

	"agrovet/internal/chat"
	"agrovet/internal/chat/internal/store/chatdb"
)

// Append writes entries at the ends of the logs of rooms that are locked: it gives them their numbers, ids
// and times. rooms are these rooms, whose LastSeq it moves on. Changing a message is no activity.
func (s Store) Append(ctx context.Context, rooms map[int64]*chat.Room, entries []chat.Entry) error {
	if len(entries) == 0 {
		return nil
	}
	var p chatdb.EntriesInsertParams
	active := map[int64]bool{}
	for i := range entries {
		e := &entries[i]
		r := rooms[e.RoomID]
		r.LastSeq++
		e.Seq = r.LastSeq
		active[r.ID] = active[r.ID] || e.Kind != chat.Edit && e.Kind != chat.Delete
		p.RoomIds, p.Seqs, p.Kinds = append(p.RoomIds, e.RoomID), append(p.Seqs, e.Seq), append(p.Kinds, string(e.Kind))
		p.UserIds, p.TargetIds, p.Contents = append(p.UserIds, e.UserID), append(p.TargetIds, e.TargetID), append(p.Contents, e.Content)
		p.MediaIds, p.Replies, p.ClientKeys = append(p.MediaIds, e.MediaID), append(p.Replies, e.ReplyTo), append(p.ClientKeys, e.ClientKey)
	}
	for id, r := range rooms {
		p.MovedIds, p.MovedSeqs, p.Active = append(p.MovedIds, id), append(p.MovedSeqs, r.LastSeq), append(p.Active, active[id])
	}
	rows, err := queries.EntriesInsert(ctx, s.DB.Q(ctx), p)
	for i, r := range rows {
		entries[i].ID, entries[i].CreatedAt = r.ID, r.CreatedAt
	}
	return err
}

// Stretch is the entries of a room above a number, up to another.
type Stretch struct{ RoomID, Above, UpTo int64 }

// Between are the entries of stretches, by room, oldest first. A room may have several.
func (s Store) Between(ctx context.Context, stretches []Stretch) ([]chat.Entry, error) {
	var p chatdb.EntriesBetweenParams
	for _, w := range stretches {
		p.RoomIds, p.Aboves, p.UpTos = append(p.RoomIds, w.RoomID), append(p.Aboves, w.Above), append(p.UpTos, w.UpTo)
	}
	rows, err := queries.EntriesBetween(ctx, s.DB.Q(ctx), p)
	out := make([]chat.Entry, len(rows))
	for i, r := range rows {
		out[i] = entry(r.Entry, target{r.TargetSeq, r.TargetContent, r.TargetEditedAt, r.TargetDeletedAt})
	}
	return out, err
}

// LastSeqs are the numbers of the last entries of rooms.
func (s Store) LastSeqs(ctx context.Context, roomIDs []int64) (map[int64]int64, error) {
	rows, err := queries.LastSeqs(ctx, s.DB.Q(ctx), roomIDs)
	out := make(map[int64]int64, len(rows))
	for _, r := range rows {
		out[r.ID] = r.LastSeq
	}
	return out, err
}

// Reach is what a person is in a room, and how long its log is.
type Reach struct {
	chat.Member
	LastSeq int64
}

// Reaches are a person's in those of the rooms that they are in, by room.
func (s Store) Reaches(ctx context.Context, userID int64, roomIDs []int64) (map[int64]Reach, error) {
	rows, err := queries.Memberships(ctx, s.DB.Q(ctx), chatdb.MembershipsParams{UserID: userID, RoomIds: roomIDs})
	out := make(map[int64]Reach, len(rows))
	for _, r := range rows {
		out[r.Member.RoomID] = Reach{member(r.Member), r.LastSeq}
	}
	return out, err
}

// EntriesAt are the entries with these numbers of these rooms, in no order.
func (s Store) EntriesAt(ctx context.Context, roomIDs, seqs []int64) ([]chat.Entry, error) {
	rows, err := queries.EntriesAt(ctx, s.DB.Q(ctx), chatdb.EntriesAtParams{RoomIds: roomIDs, Seqs: seqs})
	out := make([]chat.Entry, len(rows))
	for i, r := range rows {
		out[i] = entry(r.Entry, target{r.TargetSeq, r.TargetContent, r.TargetEditedAt, r.TargetDeletedAt})
	}
	return out, err
}

// target is the message that an edit or a deletion is of, as it is now.
type target struct {
	seq               int64
	content           string
	editedAt, deleted *time.Time
}

func entry(e chatdb.Entry, t target) chat.Entry {
	out := chat.Entry{ID: e.ID, RoomID: e.RoomID, Seq: e.Seq, Kind: chat.Kind(e.Kind), UserID: e.UserID, TargetID: or(e.TargetID), TargetSeq: t.seq,
		Content: e.Content, MediaID: or(e.MediaID), ReplyTo: or(e.ReplyTo), ClientKey: or(e.ClientKey), CreatedAt: e.CreatedAt,
		EditedAt: or(e.EditedAt), DeletedAt: or(e.DeletedAt)}
	if out.Kind == chat.Edit || out.Kind == chat.Delete {
		out.Content, out.EditedAt, out.DeletedAt = t.content, or(t.editedAt), or(t.deleted)
	}
	return out
}

// Newest are the newest messages of rooms above a number of each, at most limit of each, by room, oldest first.
func (s Store) Newest(ctx context.Context, above map[int64]int64, limit int) (map[int64][]chat.Entry, error) {
	p := chatdb.NewestMessagesParams{MaxRows: int32(limit)}
	for room, seq := range above {
		p.RoomIds, p.Aboves = append(p.RoomIds, room), append(p.Aboves, seq)
	}
	rows, err := queries.NewestMessages(ctx, s.DB.Q(ctx), p)
	out := make(map[int64][]chat.Entry, len(above))
	for _, r := range slices.Backward(rows) {
		out[r.RoomID] = append(out[r.RoomID], entry(r, target{}))
	}
	return out, err
}
