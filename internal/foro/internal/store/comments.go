package store

import (
	"context"

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

// Comments returns these comments in the order of the ids, leaving out what is not there.
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
