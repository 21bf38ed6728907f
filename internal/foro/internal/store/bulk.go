package store

import (
	"context"
	"time"

	"agrovet/internal/foro"
	"agrovet/internal/platform/pg"
	"agrovet/internal/platform/search/pgindex"
)

// What fills a database for measuring, by COPY (pg.Bulk). It writes no events, and what triggers would count is
// counted by whoever makes the rows.

// Bulk is the tables that are filled.
func (s Store) Bulk() pg.Bulk {
	return pg.Bulk{DB: s.DB, Tables: []string{"post", "comment", "reaction", "validation", "post_tag", "open_question", "affinity", "notification",
		"document", "term", "word"}}
}

// BulkPeople is the tables that are filled before, whose triggers count a whole statement at once.
func (s Store) BulkPeople() pg.Bulk {
	return pg.Bulk{DB: s.DB, Tables: []string{"person", "community", "community_words", "member", "tag"}}
}

// Batch is posts with all that is on them. All have their ids, and their counts.
type Batch struct {
	Posts       []BulkPost
	Comments    []foro.Comment
	Reactions   []foro.Reaction
	Validations []Validation
	Notices     []Notice
	Documents   []BulkDocument
}

// BulkPost is a post with the ids of its tags.
type BulkPost struct {
	foro.Post
	TagIDs []int64
}

// Validation is that a specialist says that a comment answers.
type Validation struct {
	CommentID int64
	UserID    int64
	At        time.Time
}

// BulkDocument is a document with its id.
type BulkDocument struct {
	ID int64
	Document
}

// Copy stores a batch, with what else there would be of it.
func (s Store) Copy(ctx context.Context, b Batch) error {
	tags, open := b.tags(), b.open()
	for _, t := range []struct {
		table   string
		columns []string
		n       int
		row     func(i int) []any
	}{
		{"post", postColumns, len(b.Posts), func(i int) []any { return postValues(b.Posts[i].Post) }},
		{"comment", commentColumns, len(b.Comments), func(i int) []any { return commentValues(b.Comments[i]) }},
		{"reaction", []string{"user_id", "post_id", "comment_id", "type", "created_at"}, len(b.Reactions), func(i int) []any {
			r := b.Reactions[i]
			post, comment := target(r.Target)
			return []any{r.UserID, post, comment, string(r.Type), r.CreatedAt}
		}},
		{"validation", []string{"comment_id", "user_id", "at"}, len(b.Validations), func(i int) []any {
			v := b.Validations[i]
			return []any{v.CommentID, v.UserID, v.At}
		}},
		{"post_tag", []string{"post_id", "tag_id", "shown"}, len(tags), func(i int) []any { return tags[i] }},
		{"open_question", []string{"species", "post_id", "author_id", "latitude", "longitude"}, len(open), func(i int) []any { return open[i] }},
		{"notification", noticeCopied, len(b.Notices), func(i int) []any { return noticeValues(b.Notices[i]) }},
		{"document", []string{"id", "post_id", "comment_id", "terms", "title_terms", "created_at"}, len(b.Documents), func(i int) []any {
			d := b.Documents[i]
			return []any{d.ID, d.Of.PostID, some(d.Of.CommentID), pgindex.Bucketed(d.ID, d.Terms), notNil(d.Title), d.CreatedAt}
		}},
	} {
		if err := s.Bulk().Copy(ctx, t.table, t.columns, t.n, t.row); err != nil {
			return err
		}
	}
	return nil
}

func (b Batch) tags() (rows [][]any) {
	for _, p := range b.Posts {
		for _, id := range p.TagIDs {
			rows = append(rows, []any{p.ID, id, p.State == foro.Visible})
		}
	}
	return rows
}

// open are the rows of open_question: one for each species, and one without for questions about none.
func (b Batch) open() (rows [][]any) {
	for _, p := range b.Posts {
		if !p.Question || p.Answered || p.State != foro.Visible {
			continue
		}
		about := p.Species
		if len(about) == 0 {
			about = []string{""}
		}
		for _, species := range about {
			rows = append(rows, []any{species, p.ID, p.AuthorID, latitude(p.Place), longitude(p.Place)})
		}
	}
	return rows
}
