package store

import (
	"context"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store/forodb"
)

// React makes a reaction, which gets its id and time, in place of the other vote of the same person, if any. It
// returns the type of what was there before: the reaction itself when that is the same one, empty when there
// was nothing. What is reacted to is locked.
func (s Store) React(ctx context.Context, r *foro.Reaction) (before foro.ReactionType, err error) {
	if ok, err := s.insertReaction(ctx, r); err != nil || ok {
		return "", err
	}
	post, comment := target(r.Target)
	rows, err := queries.ReactionSame(ctx, s.DB.Q(ctx), forodb.ReactionSameParams{UserID: r.UserID, PostID: post, CommentID: comment, Heart: r.Type == foro.Heart})
	if err != nil {
		return "", err
	}
	old := reactionOf(rows[0]) // it is there: whoever removes it locks what it is a reaction to
	if old.Type == r.Type {
		r.ID, r.CreatedAt = old.ID, old.CreatedAt
		return old.Type, nil
	}
	if _, err := s.DeleteReaction(ctx, old.ID); err != nil {
		return "", err
	}
	_, err = s.insertReaction(ctx, r)
	return old.Type, err
}

func (s Store) insertReaction(ctx context.Context, r *foro.Reaction) (bool, error) {
	post, comment := target(r.Target)
	rows, err := queries.ReactionInsert(ctx, s.DB.Q(ctx), forodb.ReactionInsertParams{UserID: r.UserID, PostID: post, CommentID: comment, Type: string(r.Type)})
	if err != nil || len(rows) == 0 {
		return false, err
	}
	r.ID, r.CreatedAt = rows[0].ID, rows[0].CreatedAt
	return true, nil
}

// Reaction returns one; ok is false when there is none. Of a reaction to a comment, the target is without the post.
func (s Store) Reaction(ctx context.Context, id int64) (r foro.Reaction, ok bool, err error) {
	rows, err := queries.ReactionByID(ctx, s.DB.Q(ctx), id)
	if err != nil || len(rows) == 0 {
		return r, false, err
	}
	return reactionOf(rows[0]), true, nil
}

// DeleteReaction removes one, and says whether it was there. What it is a reaction to is locked.
func (s Store) DeleteReaction(ctx context.Context, id int64) (bool, error) {
	n, err := queries.ReactionDelete(ctx, s.DB.Q(ctx), id)
	return n > 0, err
}

// Reactions returns a part of those to a post or comment, newest first.
func (s Store) Reactions(ctx context.Context, t foro.Target, span IDSpan) (all []foro.Reaction, err error) {
	var rows []forodb.Reaction
	if t.CommentID != 0 {
		rows, err = queries.ReactionsOfComment(ctx, s.DB.Q(ctx), forodb.ReactionsOfCommentParams{CommentID: t.CommentID, Before: span.below(), Skip: int32(span.Skip), MaxRows: int32(span.Limit)})
	} else {
		rows, err = queries.ReactionsOfPost(ctx, s.DB.Q(ctx), forodb.ReactionsOfPostParams{PostID: t.PostID, Before: span.below(), Skip: int32(span.Skip), MaxRows: int32(span.Limit)})
	}
	for _, r := range rows {
		all = append(all, reactionOf(r))
	}
	return all, err
}

// CountReactions counts them up to limit.
func (s Store) CountReactions(ctx context.Context, t foro.Target, limit int) (int64, error) {
	if t.CommentID != 0 {
		return queries.ReactionsOfCommentCount(ctx, s.DB.Q(ctx), forodb.ReactionsOfCommentCountParams{CommentID: t.CommentID, MaxRows: int32(limit)})
	}
	return queries.ReactionsOfPostCount(ctx, s.DB.Q(ctx), forodb.ReactionsOfPostCountParams{PostID: t.PostID, MaxRows: int32(limit)})
}

// ReactionsToPosts are how somebody reacted to these posts. Those to which they did not are left out.
func (s Store) ReactionsToPosts(ctx context.Context, userID int64, ids []int64) (map[int64][]foro.ReactionType, error) {
	rows, err := queries.ReactionsToPosts(ctx, s.DB.Q(ctx), forodb.ReactionsToPostsParams{UserID: userID, PostIds: ids})
	all := map[int64][]foro.ReactionType{}
	for _, r := range rows {
		all[r.ID] = append(all[r.ID], foro.ReactionType(r.Type))
	}
	return all, err
}

// ReactionsToComments is the same for comments.
func (s Store) ReactionsToComments(ctx context.Context, userID int64, ids []int64) (map[int64][]foro.ReactionType, error) {
	rows, err := queries.ReactionsToComments(ctx, s.DB.Q(ctx), forodb.ReactionsToCommentsParams{UserID: userID, CommentIds: ids})
	all := map[int64][]foro.ReactionType{}
	for _, r := range rows {
		all[r.ID] = append(all[r.ID], foro.ReactionType(r.Type))
	}
	return all, err
}

// target is the post or the comment of a reaction's row.
func target(t foro.Target) (post, comment *int64) {
	if t.CommentID != 0 {
		return nil, &t.CommentID
	}
	return &t.PostID, nil
}

func reactionOf(r forodb.Reaction) foro.Reaction {
	return foro.Reaction{ID: r.ID, UserID: r.UserID, Target: foro.Target{PostID: or(r.PostID), CommentID: or(r.CommentID)}, Type: foro.ReactionType(r.Type), CreatedAt: r.CreatedAt}
}
