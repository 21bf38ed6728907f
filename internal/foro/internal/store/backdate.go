package store

import (
	"context"
	"time"

	"agrovet/internal/foro/internal/store/forodb"
)

// BackdatePost has a post of a demo be from then on.
func (s Store) BackdatePost(ctx context.Context, id int64, at time.Time) error {
	return queries.PostBackdate(ctx, s.DB.Q(ctx), forodb.PostBackdateParams{ID: id, At: at})
}

// BackdateComment does so with a comment.
func (s Store) BackdateComment(ctx context.Context, id int64, at time.Time) error {
	return queries.CommentBackdate(ctx, s.DB.Q(ctx), forodb.CommentBackdateParams{ID: id, At: at})
}

// BackdateReactions does so with the reactions to a post and to what is on it.
func (s Store) BackdateReactions(ctx context.Context, postID int64, at time.Time) error {
	return queries.ReactionsBackdate(ctx, s.DB.Q(ctx), forodb.ReactionsBackdateParams{PostID: postID, At: at})
}
