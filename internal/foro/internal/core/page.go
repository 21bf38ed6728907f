package core

import (
	"context"
	"slices"

	"agrovet/internal/auth"
	"agrovet/internal/foro"
)

// page collects the posts and comments of one answer, so that the other modules are asked once about all of them.
type page struct {
	posts    []*Shown
	remarks  []*Remark
	pictures []int64 // other files that are shown
}

// ask asks them, puts what they say where it belongs, and returns the files.
func (p page) ask(ctx context.Context, c *Core) files {
	comments := make([]foro.Comment, len(p.remarks))
	for i, r := range p.remarks {
		comments[i] = r.Comment
	}
	people, objects, reactions := c.people(ctx, p.people(ctx)), c.objects(ctx, p.files()), c.ownToComments(ctx, comments)
	for _, s := range p.posts {
		s.Author, s.Object = author(ctx, people, s.AuthorID, s.Anonymous), objects.object(s.MediaID)
		s.Mentioned = users(people, s.Mentions)
	}
	for _, r := range p.remarks {
		r.Author, r.Object = author(ctx, people, r.UserID, r.Anonymous), objects.object(r.MediaID)
		r.Own, r.Mentioned = reactions[r.ID], users(people, r.Mentions)
		for _, id := range r.Validators {
			r.ValidatedBy = append(r.ValidatedBy, people[id])
		}
	}
	return objects
}

// users are these people, of those who were asked for.
func users(people map[int64]Who, ids []int64) []auth.User {
	out := make([]auth.User, len(ids))
	for i, id := range ids {
		out[i] = people[id].User
	}
	return out
}

// people are whom the reader learns of, each once.
func (p page) people(ctx context.Context) (ids []int64) {
	for _, s := range p.posts {
		ids = append(ids, append(one(shownAs(ctx, s.AuthorID, s.Anonymous)), s.Mentions...)...)
	}
	for _, r := range p.remarks {
		ids = append(append(append(ids, one(shownAs(ctx, r.UserID, r.Anonymous))...), r.Validators...), r.Mentions...)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// files are those that are shown, each once.
func (p page) files() []int64 {
	ids := slices.Clone(p.pictures)
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
