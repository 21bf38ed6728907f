package store

import (
	"context"
	"time"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store/forodb"
)

// Past is what a post or comment said before it was changed.
type Past struct {
	Version        int
	Title, Content string
	MediaID        int64
	Until          time.Time
}

// Past is what a post or comment said, newest first, at most limit.
func (s Store) Past(ctx context.Context, t foro.Target, limit int) ([]Past, error) {
	rows, err := s.past(ctx, t, int32(limit))
	out := make([]Past, len(rows))
	for i, r := range rows {
		out[i] = Past{int(r.Version), r.Title, r.Content, or(r.MediaID), r.Until}
	}
	return out, err
}

func (s Store) past(ctx context.Context, t foro.Target, limit int32) ([]forodb.Revision, error) {
	if t.CommentID != 0 {
		return queries.PastOfComment(ctx, s.DB.Q(ctx), forodb.PastOfCommentParams{CommentID: t.CommentID, MaxRows: limit})
	}
	return queries.PastOfPost(ctx, s.DB.Q(ctx), forodb.PastOfPostParams{PostID: t.PostID, MaxRows: limit})
}

// SetState changes who sees a post or comment. The post is locked, and so is the comment.
func (s Store) SetState(ctx context.Context, t foro.Target, state foro.State) error {
	if t.CommentID != 0 {
		return queries.CommentState(ctx, s.DB.Q(ctx), forodb.CommentStateParams{ID: t.CommentID, State: string(state)})
	}
	return queries.PostState(ctx, s.DB.Q(ctx), forodb.PostStateParams{ID: t.PostID, State: string(state)})
}

// SetLocked says whether a post takes no more comments. The post is locked.
func (s Store) SetLocked(ctx context.Context, postID int64, locked bool) error {
	return queries.PostLocked(ctx, s.DB.Q(ctx), forodb.PostLockedParams{ID: postID, Locked: locked})
}

// Strip takes all files off a post or comment and off what it was before, and returns them.
func (s Store) Strip(ctx context.Context, t foro.Target) ([]int64, error) {
	if t.CommentID != 0 {
		return queries.CommentStrip(ctx, s.DB.Q(ctx), t.CommentID)
	}
	return queries.PostStrip(ctx, s.DB.Q(ctx), t.PostID)
}
