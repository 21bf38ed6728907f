package store

import (
	"context"

	"agrovet/internal/foro/internal/store/forodb"
)

// Accept makes a comment the asker's answer; 0: none. The post is locked, and it is known at once whether it is
// answered.
func (s Store) Accept(ctx context.Context, postID, commentID int64) error {
	if err := queries.PostAccept(ctx, s.DB.Q(ctx), forodb.PostAcceptParams{ID: postID, CommentID: some(commentID)}); err != nil {
		return err
	}
	return queries.PostSettle(ctx, s.DB.Q(ctx), postID)
}

// Validate stores that a specialist says that a comment answers, and says whether they had not said so. The post
// is locked.
func (s Store) Validate(ctx context.Context, commentID, userID int64) (bool, error) {
	n, err := queries.ValidationInsert(ctx, s.DB.Q(ctx), forodb.ValidationInsertParams{CommentID: commentID, UserID: userID})
	return n > 0, err
}

// Unvalidate takes that back.
func (s Store) Unvalidate(ctx context.Context, commentID, userID int64) error {
	_, err := queries.ValidationDelete(ctx, s.DB.Q(ctx), forodb.ValidationDeleteParams{CommentID: commentID, UserID: userID})
	return err
}
