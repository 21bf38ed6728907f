package store

import (
	"context"
	"math"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store/forodb"
)

// InsertComment stores a new comment without its mentions; c gets its id and times. The post is locked.
func (s Store) InsertComment(ctx context.Context, c *foro.Comment) error {
	in, err := queries.CommentInsert(ctx, s.DB.Q(ctx), forodb.CommentInsertParams{
		PostID: c.PostID, ParentID: some(c.ParentID), Depth: int16(c.Depth), UserID: c.UserID, Anonymous: c.Anonymous, Content: c.Content,
		MediaID: some(c.MediaID), State: string(c.State)})
	if err != nil {
		return err
	}
	c.ID, c.Version, c.CreatedAt, c.UpdatedAt = in.ID, 1, in.CreatedAt, in.UpdatedAt
	return nil
}

// Comment returns one, locked until the commit when it is to be changed, for which its post is locked before;
// ok is false when there is none.
func (s Store) Comment(ctx context.Context, id int64, lock bool) (c foro.Comment, ok bool, err error) {
	if !lock {
		all, err := s.Comments(ctx, id)
		if err != nil || len(all) == 0 {
			return c, false, err
		}
		return all[0], true, nil
	}
	rows, err := queries.CommentForUpdate(ctx, s.DB.Q(ctx), id)
	if err != nil || len(rows) == 0 {
		return c, false, err
	}
	return commentOf(rows[0]), true, nil
}

// Comments returns these comments in the order of the ids, leaving out what is not there, without whom they
// mention and who validated them.
func (s Store) Comments(ctx context.Context, ids ...int64) ([]foro.Comment, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	rows, err := queries.CommentsByID(ctx, s.DB.Q(ctx), ids)
	at := make(map[int64]int, len(rows))
	for i := range rows {
		at[rows[i].ID] = i
	}
	comments := make([]foro.Comment, 0, len(rows))
	for _, id := range ids {
		if i, ok := at[id]; ok {
			comments = append(comments, commentOf(rows[i]))
		}
	}
	return comments, err
}

func commentOf(r forodb.Comment) foro.Comment {
	return foro.Comment{ID: r.ID, PostID: r.PostID, ParentID: or(r.ParentID), Depth: int(r.Depth), UserID: r.UserID, Anonymous: r.Anonymous, Content: r.Content,
		MediaID: or(r.MediaID), State: foro.State(r.State), Version: int(r.Version), CreatedAt: r.CreatedAt, UpdatedAt: r.UpdatedAt, EditedAt: or(r.EditedAt),
		Validations: int(r.Validations), Replies: int(r.RepliesCount), Counts: counts(r.Likes, r.Dislikes, r.Hearts)}
}

// Remarks is a list of comments.
type Remarks struct {
	PostID   int64 // 0: of all posts, and then visible ones alone
	ParentID int64 // replies to it alone; 0: all
	Popular  bool  // of a post: those on the post itself, the most popular first
	Oldest   bool  // of a parent: the oldest first; else the newest
}

// RemarkSpan is a part of such a list.
type RemarkSpan struct {
	After      int64 // behind the comment with this id; 0: from the beginning
	Popularity int   // of that one, when the list is by it
	Skip       int
	Limit      int
}

// Remarks returns a part of a list of comments: the ids alone, the first first.
func (s Store) Remarks(ctx context.Context, l Remarks, span RemarkSpan) ([]int64, error) {
	db, skip, limit, before := s.DB.Q(ctx), int32(span.Skip), int32(span.Limit), IDSpan{Before: span.After}.below()
	switch {
	case l.ParentID != 0 && l.Oldest:
		return queries.CommentReplies(ctx, db, forodb.CommentRepliesParams{ParentID: l.ParentID, AfterID: span.After, Skip: skip, MaxRows: limit})
	case l.ParentID != 0:
		return queries.CommentRepliesNewest(ctx, db, forodb.CommentRepliesNewestParams{ParentID: l.ParentID, BeforeID: before, Skip: skip, MaxRows: limit})
	case l.Popular:
		below := int32(math.MaxInt32)
		if span.After != 0 {
			below = int32(max(0, min(span.Popularity, math.MaxInt32)))
		}
		return queries.CommentsTop(ctx, db, forodb.CommentsTopParams{PostID: l.PostID, Below: below, BeforeID: before, Skip: skip, MaxRows: limit})
	case l.PostID != 0:
		return queries.CommentsOfPost(ctx, db, forodb.CommentsOfPostParams{PostID: l.PostID, BeforeID: before, Skip: skip, MaxRows: limit})
	}
	return queries.CommentsNewest(ctx, db, forodb.CommentsNewestParams{BeforeID: before, Skip: skip, MaxRows: limit})
}

// visibleComments counts visible comments of visible posts, by the index alone: all visible comments but those
// that the few other posts count.
const visibleComments = `with hidden as (select least(coalesce(sum(comments_count), 0), 10000)::bigint as n from post where state <> 'visible')
	select greatest(0, (select count(*) from (select from comment where state = 'visible' limit $1 + (select n from hidden)) c) - (select n from hidden))`

// CountRemarks counts a list of comments up to limit.
func (s Store) CountRemarks(ctx context.Context, l Remarks, limit int) (n int64, err error) {
	db := s.DB.Q(ctx)
	switch {
	case l.ParentID != 0:
		return queries.CommentRepliesCount(ctx, db, forodb.CommentRepliesCountParams{ParentID: l.ParentID, MaxRows: int32(limit)})
	case l.Popular:
		return queries.CommentsTopCount(ctx, db, forodb.CommentsTopCountParams{PostID: l.PostID, MaxRows: int32(limit)})
	case l.PostID != 0:
		return queries.CommentsOfPostCount(ctx, db, forodb.CommentsOfPostCountParams{PostID: l.PostID, MaxRows: int32(limit)})
	}
	err = db.QueryRow(ctx, visibleComments, int64(limit)).Scan(&n)
	return n, err
}

// Heads are of posts what their comments depend on, by id.
func (s Store) Heads(ctx context.Context, ids ...int64) (map[int64]foro.Post, error) {
	rows, err := queries.PostHeads(ctx, s.DB.Q(ctx), ids)
	heads := make(map[int64]foro.Post, len(rows))
	for _, r := range rows {
		heads[r.ID] = foro.Post{ID: r.ID, AuthorID: r.AuthorID, CommunityID: or(r.CommunityID), State: foro.State(r.State), Locked: r.Locked,
			Question: r.Question, AcceptedID: or(r.AcceptedID)}
	}
	return heads, err
}
