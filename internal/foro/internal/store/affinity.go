package store

import (
	"context"

	"agrovet/internal/foro/internal/store/forodb"
)

// AddAffinity has somebody have more to do with an author.
func (s Store) AddAffinity(ctx context.Context, userID, authorID int64, weight int) error {
	return queries.AffinityAdd(ctx, s.DB.Q(ctx), forodb.AffinityAddParams{UserID: userID, AuthorID: authorID, Weight: int32(weight)})
}

// AddCommentAffinity is AddAffinity for a new comment's user and its post's author, unless they are the same or
// one of them does not show their name.
func (s Store) AddCommentAffinity(ctx context.Context, commentID int64, weight int) error {
	return queries.AffinityAddComment(ctx, s.DB.Q(ctx), forodb.AffinityAddCommentParams{CommentID: commentID, Weight: int32(weight)})
}

// TakeAffinity takes back what was added.
func (s Store) TakeAffinity(ctx context.Context, userID, authorID int64, weight int) error {
	left, err := queries.AffinityTake(ctx, s.DB.Q(ctx), forodb.AffinityTakeParams{UserID: userID, AuthorID: authorID, Weight: int32(weight)})
	if err != nil || len(left) == 0 || left[0] > 0 {
		return err
	}
	return queries.AffinityDrop(ctx, s.DB.Q(ctx), forodb.AffinityDropParams{UserID: userID, AuthorID: authorID})
}

// Weights are how much counts.
type Weights struct{ Comment, PostReaction, CommentReaction int }

// TakeAffinityOf takes back all that was added for what is on these posts, and for these comments and the
// reactions to them. The posts are locked; comments are from here on, so that no reaction comes in between.
func (s Store) TakeAffinityOf(ctx context.Context, postIDs, commentIDs []int64, w Weights) error {
	lock := forodb.CommentsLockParams{PostIds: notNil(postIDs), CommentIds: notNil(commentIDs)}
	if err := queries.CommentsLock(ctx, s.DB.Q(ctx), lock); err != nil {
		return err
	}
	return queries.AffinityTakeAll(ctx, s.DB.Q(ctx), forodb.AffinityTakeAllParams{PostIds: notNil(postIDs), CommentIds: notNil(commentIDs),
		PerComment: int32(w.Comment), PerPostReaction: int32(w.PostReaction), PerCommentReaction: int32(w.CommentReaction)})
}

// ForgetAffinity removes all that somebody has to do with authors, and others with them.
func (s Store) ForgetAffinity(ctx context.Context, userID int64) error {
	return queries.AffinityForget(ctx, s.DB.Q(ctx), userID)
}
