package core

import (
	"context"

	"agrovet/internal/foro/internal/store"
)

// Affinity is how much somebody has to do with an author: their comments on the author's posts and their reactions
// to what the author wrote (contract: rest.md §7), as these are at the moment. What is taken away by moderators
// counts on; what is deleted does not. Nothing counts by or for somebody who does not show their name, or their
// own posts and comments.
//
// Its rows are locked behind everything else, and several of them in the order of their keys.
var weights = store.Weights{Comment: 3, PostReaction: 2, CommentReaction: 1}

// affine has somebody have more to do with an author, or less. Nobody (0) is no author.
func (c *Core) affine(ctx context.Context, userID, authorID int64, by int) error {
	switch {
	case authorID == 0 || authorID == userID:
		return nil
	case by < 0:
		return c.store.TakeAffinity(ctx, userID, authorID, -by)
	}
	return c.store.AddAffinity(ctx, userID, authorID, by)
}

// affineComment is affine for a new comment and its post's author.
func (c *Core) affineComment(ctx context.Context, id int64) error {
	return c.store.AddCommentAffinity(ctx, id, weights.Comment)
}

// unaffine takes back what counts for posts with all that is on them, and for comments with the reactions to them,
// before these are deleted or emptied. The posts are locked.
func (c *Core) unaffine(ctx context.Context, postIDs, commentIDs []int64) error {
	return c.store.TakeAffinityOf(ctx, postIDs, commentIDs, weights)
}

// forgetAffinity forgets all that somebody who is gone has to do with authors, and others with them.
func (c *Core) forgetAffinity(ctx context.Context, userID int64) error {
	return c.store.ForgetAffinity(ctx, userID)
}
