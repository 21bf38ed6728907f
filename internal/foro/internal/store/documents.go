package store

import (
	"context"
	"errors"
	"time"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store/forodb"
	"agrovet/internal/platform/search/pgindex"
)

// Index is where the search documents of visible posts and comments are.
func (s Store) Index() pgindex.Index {
	return pgindex.Index{DB: s.DB, Documents: "document", ID: "id"}
}

// Document is what a search finds a post or comment by.
type Document struct {
	Of        foro.Target
	Terms     []int64 // of all texts, and traits
	Title     []int64 // of a post's title alone
	CreatedAt time.Time
}

// FindablePosts are posts with what they are found by: without title and content, but for those of texts. They
// stay until the commit.
func (s Store) FindablePosts(ctx context.Context, ids, texts []int64) ([]foro.Post, error) {
	rows, err := queries.FindablePosts(ctx, s.DB.Q(ctx), forodb.FindablePostsParams{Ids: ids, Texts: notNil(texts)})
	posts := make([]foro.Post, len(rows))
	for i, r := range rows {
		posts[i] = foro.Post{ID: r.ID, AuthorID: r.AuthorID, Anonymous: r.Anonymous, Question: r.Question, Answered: r.Answered, CommunityID: or(r.CommunityID),
			Species: r.Species, State: foro.State(r.State), CreatedAt: r.CreatedAt, Tags: r.Tags, Title: r.Title, Content: r.Content}
	}
	return posts, err
}

// FindableComments are comments with what they are found by. They stay until the commit.
func (s Store) FindableComments(ctx context.Context, ids []int64) ([]foro.Comment, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	rows, err := queries.FindableComments(ctx, s.DB.Q(ctx), ids)
	comments := make([]foro.Comment, len(rows))
	for i, r := range rows {
		comments[i] = foro.Comment{ID: r.ID, PostID: r.PostID, UserID: r.UserID, Anonymous: r.Anonymous, Content: r.Content, State: foro.State(r.State), CreatedAt: r.CreatedAt}
	}
	return comments, err
}

// PutDocuments stores documents in the place of those that there are of the same posts and comments.
func (s Store) PutDocuments(ctx context.Context, docs []Document) error {
	if len(docs) == 0 {
		return nil
	}
	ids, err := s.documentIDs(ctx, docs)
	if err != nil {
		return err
	}
	rows := make([]forodb.DocumentPutParams, len(docs))
	for i, d := range docs {
		id := ids[d.Of]
		rows[i] = forodb.DocumentPutParams{ID: id, PostID: d.Of.PostID, CommentID: some(d.Of.CommentID), Terms: pgindex.Bucketed(id, d.Terms),
			TitleTerms: notNil(d.Title), CreatedAt: d.CreatedAt}
	}
	var failed error
	queries.DocumentPut(ctx, s.DB.Q(ctx), rows).Exec(func(_ int, err error) {
		if failed == nil {
			failed = err
		}
	})
	return failed
}

// documentIDs are those that documents have, or get.
func (s Store) documentIDs(ctx context.Context, docs []Document) (map[foro.Target]int64, error) {
	var posts, comments []int64
	for _, d := range docs {
		if d.Of.CommentID == 0 {
			posts = append(posts, d.Of.PostID)
		} else {
			comments = append(comments, d.Of.CommentID)
		}
	}
	rows, err := queries.DocumentIDs(ctx, s.DB.Q(ctx), forodb.DocumentIDsParams{PostIds: notNil(posts), CommentIds: notNil(comments)})
	if err != nil || len(rows) == len(docs) {
		return idsOf(rows), err
	}
	ids := idsOf(rows)
	fresh, err := queries.DocumentReserve(ctx, s.DB.Q(ctx), int32(len(docs)-len(rows)))
	if err == nil && len(fresh) < len(docs)-len(rows) {
		err = errors.New("the server reserved too few ids")
	}
	if err != nil {
		return nil, err
	}
	for _, d := range docs {
		if ids[d.Of] == 0 {
			ids[d.Of], fresh = fresh[0], fresh[1:]
		}
	}
	return ids, nil
}

func idsOf(rows []forodb.DocumentIDsRow) map[foro.Target]int64 {
	ids := make(map[foro.Target]int64, len(rows))
	for _, r := range rows {
		ids[foro.Target{PostID: r.PostID, CommentID: r.CommentID}] = r.ID
	}
	return ids
}

// DropDocuments removes those of posts, with those of all comments on them, and those of comments.
func (s Store) DropDocuments(ctx context.Context, posts, comments []int64) (err error) {
	if len(posts) > 0 {
		err = queries.DocumentsOfPostsDelete(ctx, s.DB.Q(ctx), posts)
	}
	if err == nil && len(comments) > 0 {
		err = queries.DocumentsOfCommentsDelete(ctx, s.DB.Q(ctx), comments)
	}
	return err
}

// Text is what a post, or a comment, which has no title, says in its author's words.
type Text struct{ Title, Content string }

// DocumentTexts are those of documents, in any order.
func (s Store) DocumentTexts(ctx context.Context, ids []int64) ([]Text, error) {
	rows, err := queries.DocumentTexts(ctx, s.DB.Q(ctx), ids)
	out := make([]Text, len(rows))
	for i, r := range rows {
		out[i] = Text(r)
	}
	return out, err
}
