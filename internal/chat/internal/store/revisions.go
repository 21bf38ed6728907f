package store

import (
	"context"
	"time"

	"agrovet/internal/chat/internal/store/chatdb"
)

// Revision is what a message said before.
type Revision struct {
	Number  int // 1, 2, 3, …
	Content string
	MediaID int64     // 0: none
	Until   time.Time // when it was replaced
}

// Edit has a message say something else, and keeps what it said.
func (s Store) Edit(ctx context.Context, id int64, content string) (at time.Time, err error) {
	if err := queries.Revise(ctx, s.DB.Q(ctx), id); err != nil {
		return at, err
	}
	edited, err := queries.MessageEdit(ctx, s.DB.Q(ctx), chatdb.MessageEditParams{ID: id, Content: content})
	return or(edited), err
}

// Delete leaves of a message that there was one, and keeps what it said.
func (s Store) Delete(ctx context.Context, id int64) (at time.Time, err error) {
	if err := queries.Revise(ctx, s.DB.Q(ctx), id); err != nil {
		return at, err
	}
	deleted, err := queries.MessageDelete(ctx, s.DB.Q(ctx), id)
	return or(deleted), err
}

// Revisions are what a message said before, after a number, oldest first.
func (s Store) Revisions(ctx context.Context, id int64, after, skip, limit int) ([]Revision, error) {
	rows, err := queries.Revisions(ctx, s.DB.Q(ctx), chatdb.RevisionsParams{EntryID: id, After: int32(after), Skip: int32(skip), MaxRows: int32(limit)})
	out := make([]Revision, len(rows))
	for i, r := range rows {
		out[i] = Revision{int(r.Number), r.Content, or(r.MediaID), r.Until}
	}
	return out, err
}

// CountRevisions counts them, up to most.
func (s Store) CountRevisions(ctx context.Context, id int64, most int) (int64, error) {
	return queries.RevisionsCount(ctx, s.DB.Q(ctx), chatdb.RevisionsCountParams{EntryID: id, Most: int32(most)})
}
