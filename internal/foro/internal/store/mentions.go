package store

import (
	"context"
	"slices"

	"agrovet/internal/foro/internal/store/forodb"
)

// Staying are those of these people who are not gone, and keeps them from going until the commit; whom the forum
// does not know yet is among them. It is called before a post is locked.
func (s Store) Staying(ctx context.Context, userIDs []int64) ([]int64, error) {
	if len(userIDs) == 0 {
		return nil, nil
	}
	known, err := queries.PeopleForShare(ctx, s.DB.Q(ctx), userIDs)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(slices.Clone(userIDs), func(id int64) bool {
		return slices.ContainsFunc(known, func(p forodb.PeopleForShareRow) bool { return p.UserID == id && p.Gone })
	}), nil
}

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
