package store

import (
	"context"
	"time"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store/forodb"
)

// SuspensionsHiding are those of which something is to be hidden or shown again now, oldest first.
func (s Store) SuspensionsHiding(ctx context.Context, now time.Time, limit int) ([]int64, error) {
	return queries.SuspensionsHiding(ctx, s.DB.Q(ctx), forodb.SuspensionsHidingParams{Now: now, MaxRows: int32(limit)})
}

// SetHiding notes how far a suspension is.
func (s Store) SetHiding(ctx context.Context, id int64, h Hiding) error {
	return queries.SuspensionHiding(ctx, s.DB.Q(ctx), forodb.SuspensionHidingParams{ID: id, Hiding: string(h)})
}

// WithholdPosts hides the next posts of who is suspended below one, and returns the last that it looked at; 0
// when there are no more.
func (s Store) WithholdPosts(ctx context.Context, in Suspension, below int64, limit int) (last int64, err error) {
	ids, err := queries.PostsToHide(ctx, s.DB.Q(ctx), forodb.PostsToHideParams{AuthorID: in.UserID, BeforeID: below, CommunityID: in.CommunityID, MaxRows: int32(limit)})
	if err != nil || len(ids) == 0 {
		return 0, err
	}
	if err := s.LockPosts(ctx, ids); err != nil {
		return 0, err
	}
	return ids[len(ids)-1], queries.PostsWithhold(ctx, s.DB.Q(ctx), forodb.PostsWithholdParams{SuspensionID: in.ID, Ids: ids})
}

// WithholdComments hides the next comments of who is suspended below one; as WithholdPosts.
func (s Store) WithholdComments(ctx context.Context, in Suspension, below int64, limit int) (last int64, err error) {
	rows, err := queries.CommentsToHide(ctx, s.DB.Q(ctx), forodb.CommentsToHideParams{UserID: in.UserID, BeforeID: below, CommunityID: in.CommunityID, MaxRows: int32(limit)})
	if err != nil || len(rows) == 0 {
		return 0, err
	}
	var ids, posts []int64
	for _, r := range rows {
		if r.Inside {
			ids, posts = append(ids, r.ID), append(posts, r.PostID)
		}
	}
	if err := s.LockPosts(ctx, posts); err != nil {
		return 0, err
	}
	return rows[len(rows)-1].ID, queries.CommentsWithhold(ctx, s.DB.Q(ctx), forodb.CommentsWithholdParams{SuspensionID: in.ID, Ids: notNil(ids)})
}

// LockPosts locks posts in the order of their ids.
func (s Store) LockPosts(ctx context.Context, ids []int64) error {
	if len(ids) == 0 {
		return nil
	}
	_, err := queries.PostsLockAll(ctx, s.DB.Q(ctx), ids)
	return err
}

// Withheld are some of what is hidden because of a suspension.
func (s Store) Withheld(ctx context.Context, suspensionID int64, limit int) ([]foro.Target, error) {
	rows, err := queries.WithheldNext(ctx, s.DB.Q(ctx), forodb.WithheldNextParams{SuspensionID: suspensionID, MaxRows: int32(limit)})
	out := make([]foro.Target, len(rows))
	for i, r := range rows {
		out[i] = foro.Target{PostID: r.PostID, CommentID: or(r.CommentID)}
	}
	return out, err
}

// Withhold notes that something is hidden because of a suspension, whatever it was because of before.
func (s Store) Withhold(ctx context.Context, suspensionID int64, t foro.Target) error {
	return queries.WithheldPut(ctx, s.DB.Q(ctx), forodb.WithheldPutParams{SuspensionID: suspensionID, PostID: t.PostID, CommentID: some(t.CommentID)})
}

// EndWithholding forgets that something is hidden because of a suspension, and says whether it was.
func (s Store) EndWithholding(ctx context.Context, t foro.Target) (bool, error) {
	n, err := queries.WithheldDrop(ctx, s.DB.Q(ctx), forodb.WithheldDropParams{PostID: t.PostID, CommentID: t.CommentID})
	return n > 0, err
}

// Withholding is a suspension that hides what somebody wrote in a community, but for one; it does not end
// until the commit. ok is false when there is none.
func (s Store) Withholding(ctx context.Context, userID, communityID, but int64, now time.Time) (id int64, ok bool, err error) {
	ids, err := queries.SuspensionWithholding(ctx, s.DB.Q(ctx), forodb.SuspensionWithholdingParams{UserID: userID, CommunityID: communityID, But: but, Now: now})
	if err != nil || len(ids) == 0 {
		return 0, false, err
	}
	return ids[0], true, nil
}
