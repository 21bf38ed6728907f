package store

import (
	"context"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store/forodb"
)

// FollowedPosts are the ids of a part of the posts by those whom somebody follows and with the tags that they
// follow, newest first.
func (s Store) FollowedPosts(ctx context.Context, userID int64, span IDSpan) ([]int64, error) {
	reach := span.Skip + span.Limit
	return queries.FollowedPosts(ctx, s.DB.Q(ctx), forodb.FollowedPostsParams{UserID: userID, BeforeID: span.below(),
		Reach: int32(reach), TagsReach: int32(reach * foro.MaxTags), Skip: int32(span.Skip), MaxRows: int32(span.Limit)})
}
