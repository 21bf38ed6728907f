package core

import (
	"context"
	"slices"
	"strings"
	"time"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store"
	"agrovet/internal/platform/search"
)

// Making documents is dear to the database, and those who write come first: so it is not done while they wait, and
// little of it at once, with pauses. What is written faster than that is found later.
const (
	documentsAtOnce = 200 // in one transaction
	documentsPause  = 100 * time.Millisecond
)

// Document brings the documents by which posts and comments are found to what these are now, where they have
// changed: triggers put down what has.
func (c *Core) Document(ctx context.Context) error {
	for {
		var more bool
		err := c.DB.Tx(ctx, func(ctx context.Context) (err error) {
			more, err = c.documentSome(ctx)
			return err
		})
		if err != nil || !more {
			return err
		}
		select {
		case <-time.After(documentsPause):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (c *Core) documentSome(ctx context.Context) (more bool, err error) {
	due, err := c.store.Due(ctx, documentsAtOnce)
	if err != nil || len(due.Of) == 0 {
		return false, err
	}
	if err := c.documentAll(ctx, due.Of); err != nil {
		return false, err
	}
	return due.More, c.store.Done(ctx, due)
}

// documentAll makes, changes or removes the documents of posts and comments. Those that are gone have none.
func (c *Core) documentAll(ctx context.Context, of []foro.Target) error {
	var all, texts, commentIDs []int64
	for _, t := range of {
		all = append(all, t.PostID)
		if t.CommentID == 0 {
			texts = append(texts, t.PostID)
		} else {
			commentIDs = append(commentIDs, t.CommentID)
		}
	}
	posts, err := c.store.FindablePosts(ctx, all, texts)
	if err != nil {
		return err
	}
	comments, err := c.store.FindableComments(ctx, commentIDs)
	if err != nil {
		return err
	}
	var docs []store.Document
	var hiddenPosts, hidden []int64
	byID := make(map[int64]foro.Post, len(posts))
	for _, p := range posts {
		if byID[p.ID] = p; p.State != foro.Visible {
			hiddenPosts = append(hiddenPosts, p.ID)
		} else if slices.Contains(texts, p.ID) {
			docs = append(docs, c.postDocument(p))
		}
	}
	for _, m := range comments {
		if p := byID[m.PostID]; m.State != foro.Visible {
			hidden = append(hidden, m.ID)
		} else if p.State == foro.Visible {
			docs = append(docs, c.commentDocument(p, m))
		}
	}
	if err := c.store.DropDocuments(ctx, hiddenPosts, hidden); err != nil {
		return err
	}
	return c.store.PutDocuments(ctx, docs)
}

// postDocument is what a search finds a visible post by: its texts, its tags and what it is about, and traits for the filters.
func (c *Core) postDocument(p foro.Post) store.Document {
	title := search.Field{Role: search.Title, Text: p.Title}
	about := search.Field{Role: search.Attributes, Text: strings.Join(slices.Concat(p.Tags, p.Species), " ; ")}
	terms := c.cfg.Analyzer.Text(title, about, search.Field{Text: p.Content})
	return store.Document{Of: foro.Target{PostID: p.ID}, Title: c.cfg.Analyzer.Text(title), CreatedAt: p.CreatedAt,
		Terms: slices.Concat(terms, traits(p, KindPost, known(p.AuthorID, p.Anonymous), p.CreatedAt))}
}

// commentDocument is what a search finds a visible comment on a visible post by: its text, and with the post's
// traits its own.
func (c *Core) commentDocument(p foro.Post, m foro.Comment) store.Document {
	return store.Document{Of: foro.Target{PostID: p.ID, CommentID: m.ID}, CreatedAt: m.CreatedAt,
		Terms: slices.Concat(c.cfg.Analyzer.Text(search.Field{Text: m.Content}), traits(p, KindComment, known(m.UserID, m.Anonymous), m.CreatedAt))}
}

// CountWords counts the terms and words of new documents, for completing and correcting what people type and for
// deciding how to look for it.
func (c *Core) CountWords(ctx context.Context) error {
	return c.store.Index().CountNew(ctx, func(ctx context.Context, ids []int64) ([]map[string]int, error) {
		texts, err := c.store.DocumentTexts(ctx, ids)
		words := make([]map[string]int, len(texts))
		for i, t := range texts {
			words[i] = c.vocabulary(t.Title, t.Content)
		}
		return words, err
	})
}

// vocabulary is the words of a post or comment, as pgindex.Tally counts them.
func (c *Core) vocabulary(title, content string) map[string]int {
	return c.cfg.Analyzer.Vocabulary(search.Field{Role: search.Title, Text: title}, search.Field{Text: content})
}
