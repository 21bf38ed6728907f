package store

import (
	"context"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store/forodb"
)

// InsertPost stores a new post without its tags and mentions; p gets its id and times.
func (s Store) InsertPost(ctx context.Context, p *foro.Post) error {
	in, err := queries.PostInsert(ctx, s.DB.Q(ctx), forodb.PostInsertParams{
		AuthorID: p.AuthorID, Anonymous: p.Anonymous, Question: p.Question, Title: p.Title, Content: p.Content, MediaID: some(p.MediaID),
		CommunityID: some(p.CommunityID), Species: notNil(p.Species), Latitude: latitude(p.Place), Longitude: longitude(p.Place), State: string(p.State)})
	if err != nil {
		return err
	}
	p.ID, p.Version, p.CreatedAt, p.UpdatedAt = in.ID, 1, in.CreatedAt, in.UpdatedAt
	return nil
}

// Post returns one; ok is false when there is none. When it is to be changed it is locked until the commit, and
// comes without its tags and mentions.
func (s Store) Post(ctx context.Context, id int64, lock bool) (p foro.Post, ok bool, err error) {
	if !lock {
		all, err := s.Posts(ctx, id)
		if err != nil || len(all) == 0 {
			return p, false, err
		}
		return all[0], true, nil
	}
	rows, err := queries.PostForUpdate(ctx, s.DB.Q(ctx), id)
	if err != nil || len(rows) == 0 {
		return p, false, err
	}
	return postOf(rows[0]), true, nil
}

// Posts returns these posts in the order of the ids, leaving out what is not there.
func (s Store) Posts(ctx context.Context, ids ...int64) ([]foro.Post, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	rows, err := queries.PostsByID(ctx, s.DB.Q(ctx), ids)
	at := make(map[int64]int, len(rows))
	for i := range rows {
		at[rows[i].Post.ID] = i
	}
	posts := make([]foro.Post, 0, len(rows))
	for _, id := range ids {
		if i, ok := at[id]; ok {
			p := postOf(rows[i].Post)
			p.Tags, p.Mentions = rows[i].Tags, rows[i].Mentions
			posts = append(posts, p)
		}
	}
	return posts, err
}

// UpdatePost stores a change by the author without its tags and mentions; edited says that what people read has
// changed. p gets its new version and times. The post is locked.
func (s Store) UpdatePost(ctx context.Context, p *foro.Post, edited bool) error {
	now, err := queries.PostUpdate(ctx, s.DB.Q(ctx), forodb.PostUpdateParams{
		ID: p.ID, Title: p.Title, Content: p.Content, MediaID: some(p.MediaID), CommunityID: some(p.CommunityID), Question: p.Question,
		Species: notNil(p.Species), Latitude: latitude(p.Place), Longitude: longitude(p.Place), Edited: edited})
	if err != nil {
		return err
	}
	p.Version, p.UpdatedAt, p.EditedAt = int(now.Version), now.UpdatedAt, or(now.EditedAt)
	return nil
}

// DeletePost removes a post with everything on it. The post is locked.
func (s Store) DeletePost(ctx context.Context, id int64) error {
	return queries.PostDelete(ctx, s.DB.Q(ctx), id)
}

// CommentsWithFiles are the comments of a post that show a file.
func (s Store) CommentsWithFiles(ctx context.Context, postID int64) ([]int64, error) {
	return queries.PostCommentsWithFiles(ctx, s.DB.Q(ctx), postID)
}

// ForgetMedia takes a file that is gone out of all that shows it.
func (s Store) ForgetMedia(ctx context.Context, mediaID int64) error {
	if err := queries.PostsOfMedia(ctx, s.DB.Q(ctx), &mediaID); err != nil {
		return err
	}
	return queries.MediaForget(ctx, s.DB.Q(ctx), &mediaID)
}

func postOf(r forodb.Post) foro.Post {
	return foro.Post{ID: r.ID, AuthorID: r.AuthorID, Anonymous: r.Anonymous, Question: r.Question, Title: r.Title, Content: r.Content, MediaID: or(r.MediaID),
		CommunityID: or(r.CommunityID), Species: r.Species, Place: point(r.Latitude, r.Longitude), State: foro.State(r.State), Locked: r.Locked,
		Answered: r.Answered, AcceptedID: or(r.AcceptedID), Version: int(r.Version), CreatedAt: r.CreatedAt, UpdatedAt: r.UpdatedAt, EditedAt: or(r.EditedAt),
		Views: int64(r.ViewsCount), Comments: int(r.CommentsCount), Counts: counts(r.Likes, r.Dislikes, r.Hearts), Relevance: r.Relevance}
}

func counts(likes, dislikes, hearts int32) foro.Counts {
	return foro.Counts{Likes: int(likes), Dislikes: int(dislikes), Hearts: int(hearts)}
}
