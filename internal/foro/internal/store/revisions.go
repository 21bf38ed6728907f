package store

import (
	"context"
	"math"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store/forodb"
)

// KeepRevision remembers what a post that is about to change says.
func (s Store) KeepRevision(ctx context.Context, p foro.Post) error {
	return queries.PostRevisionInsert(ctx, s.DB.Q(ctx), forodb.PostRevisionInsertParams{
		PostID: &p.ID, Version: int32(p.Version), Title: p.Title, Content: p.Content, MediaID: some(p.MediaID)})
}

// Revisions is a part of what a post said before, the last first; the span's ids are versions.
func (s Store) Revisions(ctx context.Context, postID int64, span IDSpan) ([]foro.Revision, error) {
	rows, err := queries.PostRevisions(ctx, s.DB.Q(ctx), forodb.PostRevisionsParams{
		PostID: &postID, BeforeVersion: int32(min(span.below(), math.MaxInt32)), Skip: int32(span.Skip), MaxRows: int32(span.Limit)})
	out := make([]foro.Revision, len(rows))
	for i, r := range rows {
		out[i] = foro.Revision{Version: int(r.Version), Title: r.Title, Content: r.Content, MediaID: or(r.MediaID), Until: r.Until}
	}
	return out, err
}

// CountRevisions counts them up to limit.
func (s Store) CountRevisions(ctx context.Context, postID int64, limit int) (int64, error) {
	return queries.PostRevisionsCount(ctx, s.DB.Q(ctx), forodb.PostRevisionsCountParams{PostID: &postID, MaxRows: int32(limit)})
}
