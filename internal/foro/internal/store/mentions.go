package store

import (
	"context"

	"agrovet/internal/foro/internal/store/forodb"
)

// AddMentions notes whom a new post speaks of.
func (s Store) AddMentions(ctx context.Context, postID int64, userIDs []int64) error {
	if len(userIDs) == 0 {
		return nil
	}
	return queries.PostMentionsAdd(ctx, s.DB.Q(ctx), forodb.PostMentionsAddParams{PostID: postID, UserIds: userIDs})
}

// SetMentions makes these the people whom a post speaks of, which is locked.
func (s Store) SetMentions(ctx context.Context, postID int64, userIDs []int64) error {
	if err := queries.PostMentionsKeep(ctx, s.DB.Q(ctx), forodb.PostMentionsKeepParams{PostID: postID, UserIds: notNil(userIDs)}); err != nil {
		return err
	}
	return s.AddMentions(ctx, postID, userIDs)
}
