package store

import (
	"context"
	"math"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store/forodb"
)

// Reword keeps what a comment said and stores what it says now; c gets its version and times. Post and comment are
// locked.
func (s Store) Reword(ctx context.Context, c *foro.Comment) error {
	if err := queries.CommentRevise(ctx, s.DB.Q(ctx), c.ID); err != nil {
		return err
	}
	now, err := queries.CommentUpdate(ctx, s.DB.Q(ctx), forodb.CommentUpdateParams{ID: c.ID, Content: c.Content, MediaID: some(c.MediaID)})
	c.Version, c.UpdatedAt, c.EditedAt = int(now.Version), now.UpdatedAt, or(now.EditedAt)
	return err
}

// CommentRevisions is a part of what a comment said before, the last first; the span's ids are versions.
func (s Store) CommentRevisions(ctx context.Context, id int64, span IDSpan) ([]foro.Revision, error) {
	rows, err := queries.CommentRevisions(ctx, s.DB.Q(ctx), forodb.CommentRevisionsParams{
		ID: &id, BeforeVersion: int32(min(span.below(), math.MaxInt32)), Skip: int32(span.Skip), MaxRows: int32(span.Limit)})
	all := make([]foro.Revision, len(rows))
	for i, r := range rows {
		all[i] = foro.Revision{Version: int(r.Version), Content: r.Content, MediaID: or(r.MediaID), Until: r.Until}
	}
	return all, err
}

// CountCommentRevisions counts them up to limit.
func (s Store) CountCommentRevisions(ctx context.Context, id int64, limit int) (int64, error) {
	return queries.CommentRevisionsCount(ctx, s.DB.Q(ctx), forodb.CommentRevisionsCountParams{ID: &id, MaxRows: int32(limit)})
}

// Answered says whether there is any reply to a comment, whatever its state.
func (s Store) Answered(ctx context.Context, id int64) (bool, error) {
	return queries.CommentHasReplies(ctx, s.DB.Q(ctx), id)
}

// DeleteComment removes a comment to which there is no reply.
func (s Store) DeleteComment(ctx context.Context, id int64) error {
	return queries.CommentDelete(ctx, s.DB.Q(ctx), id)
}

// EmptyComment leaves of a comment its place alone, for the replies to it.
func (s Store) EmptyComment(ctx context.Context, id int64) error {
	db := s.DB.Q(ctx)
	if err := queries.CommentRevisionsDelete(ctx, db, []int64{id}); err != nil {
		return err
	}
	if err := queries.CommentMentionsDelete(ctx, db, &id); err != nil {
		return err
	}
	if err := queries.CommentValidationsDelete(ctx, db, id); err != nil {
		return err
	}
	return queries.CommentEmpty(ctx, db, id)
}

// CommentMentions are whom a comment mentions.
func (s Store) CommentMentions(ctx context.Context, id int64) ([]int64, error) {
	return queries.CommentMentions(ctx, s.DB.Q(ctx), id)
}

// MentionInComment stores whom a comment mentions from now on, who cannot go until the commit ([Store.Stay]).
func (s Store) MentionInComment(ctx context.Context, id int64, userIDs []int64) error {
	if err := queries.CommentMentionsDelete(ctx, s.DB.Q(ctx), &id); err != nil || len(userIDs) == 0 {
		return err
	}
	return queries.CommentMention(ctx, s.DB.Q(ctx), forodb.CommentMentionParams{CommentID: id, UserIds: userIDs})
}
