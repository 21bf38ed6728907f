package core

import (
	"context"
	"slices"

	"agrovet/internal/foro"
)

// page collects the posts and comments of one answer, so that the other modules are asked once about all of them.
type page struct {
	posts   []*Shown
	remarks []*Remark
}

// ask asks them, and puts what they say where it belongs.
func (p page) ask(ctx context.Context, c *Core) {
	people, objects := c.people(ctx, p.people(ctx)), c.objects(ctx, p.files())
	for _, s := range p.posts {
		s.Author, s.Object = author(ctx, people, s.AuthorID, s.Anonymous), objects.object(s.MediaID)
	}
	for _, r := range p.remarks {
		r.Author, r.Object = author(ctx, people, r.UserID, r.Anonymous), objects.object(r.MediaID)
		for _, id := range r.Validators {
			r.ValidatedBy = append(r.ValidatedBy, people[id])
		}
		for _, id := range r.Mentions {
			r.Mentioned = append(r.Mentioned, people[id].User)
		}
	}
}

// people are whom the reader learns of, each once.
func (p page) people(ctx context.Context) (ids []int64) {
	for _, s := range p.posts {
		ids = append(ids, one(shownAs(ctx, s.AuthorID, s.Anonymous))...)
	}
	for _, r := range p.remarks {
		ids = append(append(append(ids, one(shownAs(ctx, r.UserID, r.Anonymous))...), r.Validators...), r.Mentions...)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// files are those that are shown, each once.
func (p page) files() (ids []int64) {
	for _, s := range p.posts {
		ids = append(ids, one(s.MediaID)...)
	}
	for _, r := range p.remarks {
		ids = append(ids, one(r.MediaID)...)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// alone is a comment without the replies to it.
func (c *Core) alone(ctx context.Context, m foro.Comment, post foro.Post) *Remark {
	r := &Remark{Comment: m, Accepted: post.AcceptedID == m.ID}
	page{remarks: []*Remark{r}}.ask(ctx, c)
	return r
}
