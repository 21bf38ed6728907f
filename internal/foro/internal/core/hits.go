package core

import (
	"context"
	"slices"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store"
	"agrovet/internal/platform/search"
)

// Hit is a post or comment that was found.
type Hit struct {
	Post    Shown
	Comment *Remark       // nil: the post itself was found
	Snippet []search.Part // where the words stand; nil without words
	Score   float64       // from 0 to 1
	Place   int           // in what was read, from 0
}

// hits are what was found as it is now. Documents follow a little later: what was taken away or deleted meanwhile is
// left out, and of somebody's what is not known to be theirs any more.
func (c *Core) hits(ctx context.Context, found []store.Hit, w Wanted) ([]Hit, error) {
	if len(found) == 0 {
		return nil, nil
	}
	var ids, answerIDs []int64
	for _, h := range found {
		ids, answerIDs = append(ids, h.Of.PostID), append(answerIDs, one(h.Of.CommentID)...)
	}
	posts, err := c.store.Posts(ctx, distinct(ids)...)
	if err != nil {
		return nil, err
	}
	posts = slices.DeleteFunc(posts, func(p foro.Post) bool { return p.State != foro.Visible })
	answers, err := c.answers(ctx, posts, answerIDs)
	if err != nil {
		return nil, err
	}
	bounds := store.Bounds{}
	if w.Threads {
		bounds = inList
	}
	shown, err := c.showWith(ctx, posts, bounds, answers...)
	if err != nil {
		return nil, err
	}
	return together(found, shown, answers, w.AuthorID), nil
}

// answers are the visible ones among comments, on posts that are visible, without the replies to them.
func (c *Core) answers(ctx context.Context, posts []foro.Post, ids []int64) (answers []*Remark, err error) {
	accepted := make(map[int64]int64, len(posts))
	for _, p := range posts {
		accepted[p.ID] = p.AcceptedID
	}
	branches, err := c.store.Branches(ctx, store.Bounds{Total: len(ids)}, ids...)
	for _, b := range branches {
		if id, ok := accepted[b.PostID]; ok && b.State == foro.Visible {
			answers = append(answers, &Remark{Comment: b.Comment, Accepted: id == b.ID, More: b.More})
		}
	}
	return answers, err
}

// together puts what was found together, in its order; with an author, only what others know as theirs.
func together(found []store.Hit, shown []Shown, answers []*Remark, authorID int64) (hits []Hit) {
	posts, comments := make(map[int64]Shown, len(shown)), make(map[int64]*Remark, len(answers))
	for _, s := range shown {
		s.MoreThread = s.MoreThread || s.Thread == nil && s.Comments > 0
		posts[s.ID] = s
	}
	for _, r := range answers {
		comments[r.ID] = r
	}
	for i, f := range found {
		p, ok := posts[f.Of.PostID]
		m, answer := comments[f.Of.CommentID]
		author := known(p.AuthorID, p.Anonymous)
		if answer {
			author = known(m.UserID, m.Anonymous)
		}
		if ok && answer == (f.Of.CommentID != 0) && (authorID == 0 || author == authorID) {
			hits = append(hits, Hit{Post: p, Comment: m, Score: f.Score, Place: i})
		}
	}
	return hits
}

// snippetLength is how much of a text is shown around what was found.
const snippetLength = 160

// mark shows where the words stand.
func mark(hits []Hit, matcher *search.Matcher) {
	for i, h := range hits {
		text := h.Post.Title + ". " + h.Post.Content
		if h.Comment != nil {
			text = h.Comment.Content
		}
		hits[i].Snippet = matcher.Snippet(text, snippetLength)
	}
}
