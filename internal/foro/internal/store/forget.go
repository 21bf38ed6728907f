package store

import (
	"context"
	"slices"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store/forodb"
)

// Go marks a person as gone, and as one who has left something. It waits for those who make others depend on the
// person just now; nobody does so afterwards.
func (s Store) Go(ctx context.Context, userID int64) error {
	return queries.PersonGo(ctx, s.DB.Q(ctx), userID)
}

// Forgetting are people who are gone and have left something.
func (s Store) Forgetting(ctx context.Context, limit int) ([]int64, error) {
	return queries.PeopleForgetting(ctx, s.DB.Q(ctx), int32(limit))
}

// Forgotten notes that nothing of a person is left.
func (s Store) Forgotten(ctx context.Context, userID int64) error {
	return queries.PersonForgotten(ctx, s.DB.Q(ctx), userID)
}

// ForgetDrafts removes a person's drafts.
func (s Store) ForgetDrafts(ctx context.Context, userID int64) error {
	return queries.DraftsForget(ctx, s.DB.Q(ctx), userID)
}

// ForgetReactions removes some reactions of somebody; n is how many.
func (s Store) ForgetReactions(ctx context.Context, userID int64, limit int) (n int, err error) {
	rows, err := queries.ReactionsOf(ctx, s.DB.Q(ctx), forodb.ReactionsOfParams{UserID: userID, MaxRows: int32(limit)})
	if err != nil || len(rows) == 0 {
		return 0, err
	}
	reactions, posts := make([]int64, len(rows)), make([]int64, len(rows))
	for i, r := range rows {
		reactions[i], posts[i] = r.ID, r.PostID
	}
	if err := s.lockPosts(ctx, posts); err != nil {
		return 0, err
	}
	return len(rows), queries.ReactionsForget(ctx, s.DB.Q(ctx), forodb.ReactionsForgetParams{UserID: userID, Ids: reactions})
}

// ForgetValidations takes back some of what somebody validated; n is how much.
func (s Store) ForgetValidations(ctx context.Context, userID int64, limit int) (n int, err error) {
	rows, err := queries.ValidationsOf(ctx, s.DB.Q(ctx), forodb.ValidationsOfParams{UserID: userID, MaxRows: int32(limit)})
	if err != nil || len(rows) == 0 {
		return 0, err
	}
	comments, posts := make([]int64, len(rows)), make([]int64, len(rows))
	for i, r := range rows {
		comments[i], posts[i] = r.CommentID, r.PostID
	}
	if err := s.lockPosts(ctx, posts); err != nil {
		return 0, err
	}
	return len(rows), queries.ValidationsForget(ctx, s.DB.Q(ctx), forodb.ValidationsForgetParams{UserID: userID, CommentIds: comments})
}

// ForgetMentions removes some of what refers to somebody; n is how much.
func (s Store) ForgetMentions(ctx context.Context, userID int64, limit int) (n int, err error) {
	removed, err := queries.MentionsForget(ctx, s.DB.Q(ctx), forodb.MentionsForgetParams{UserID: userID, MaxRows: int32(limit)})
	return int(removed), err
}

// AnonymisePosts takes somebody's name off some posts, and removes what these said before; n is how many.
func (s Store) AnonymisePosts(ctx context.Context, userID int64, limit int) (n int, err error) {
	posts, err := s.PostsOf(ctx, userID, limit)
	if err != nil || len(posts) == 0 {
		return 0, err
	}
	if err := s.lockPosts(ctx, posts); err != nil {
		return 0, err
	}
	if err := queries.PostRevisionsDelete(ctx, s.DB.Q(ctx), posts); err != nil {
		return 0, err
	}
	return len(posts), queries.PostsAnonymise(ctx, s.DB.Q(ctx), posts)
}

// AnonymiseComments does the same with comments.
func (s Store) AnonymiseComments(ctx context.Context, userID int64, limit int) (n int, err error) {
	comments, err := s.LockCommentsOf(ctx, userID, limit)
	if err != nil || len(comments) == 0 {
		return 0, err
	}
	if err := queries.CommentRevisionsDelete(ctx, s.DB.Q(ctx), comments); err != nil {
		return 0, err
	}
	return len(comments), queries.CommentsAnonymise(ctx, s.DB.Q(ctx), comments)
}

// PostsOf are some posts of somebody.
func (s Store) PostsOf(ctx context.Context, userID int64, limit int) ([]int64, error) {
	return queries.PostsOf(ctx, s.DB.Q(ctx), forodb.PostsOfParams{UserID: userID, MaxRows: int32(limit)})
}

// LockCommentsOf are some comments of somebody, the newest first, whose posts are locked until the commit.
func (s Store) LockCommentsOf(ctx context.Context, userID int64, limit int) ([]int64, error) {
	rows, err := queries.CommentsOf(ctx, s.DB.Q(ctx), forodb.CommentsOfParams{UserID: userID, MaxRows: int32(limit)})
	comments, posts := make([]int64, len(rows)), make([]int64, len(rows))
	for i, r := range rows {
		comments[i], posts[i] = r.ID, r.PostID
	}
	if err != nil {
		return nil, err
	}
	return comments, s.lockPosts(ctx, posts)
}

// lockPosts locks posts in the order in which all do who lock several.
func (s Store) lockPosts(ctx context.Context, posts []int64) error {
	slices.Sort(posts)
	return queries.PostsLock(ctx, s.DB.Q(ctx), slices.Compact(posts))
}

// ClosePost lets nobody see or answer a post that is being removed.
func (s Store) ClosePost(ctx context.Context, id int64) error {
	return queries.PostClose(ctx, s.DB.Q(ctx), id)
}

// DeleteComments removes some comments of a post, replies before what they answer, and returns them: id and file
// alone.
func (s Store) DeleteComments(ctx context.Context, postID int64, limit int) ([]foro.Comment, error) {
	rows, err := queries.PostCommentsDelete(ctx, s.DB.Q(ctx), forodb.PostCommentsDeleteParams{PostID: postID, MaxRows: int32(limit)})
	removed := make([]foro.Comment, len(rows))
	for i, r := range rows {
		removed[i] = foro.Comment{ID: r.ID, PostID: postID, MediaID: or(r.MediaID)}
	}
	return removed, err
}
