package core

import (
	"context"
	"slices"

	"agrovet/internal/foro"
)

// page collects what posts and comments of one answer show of people and files, so that each module is asked
// once, and then puts it where it belongs.
type page struct {
	people []int64
	files  []int64
	fill   []func(people map[int64]Who, files files)
}

// post adds what a post shows.
func (p *page) post(ctx context.Context, s *Shown) {
	p.writer(ctx, s.AuthorID, s.Anonymous)
	p.files = append(p.files, one(s.MediaID)...)
	p.fill = append(p.fill, func(people map[int64]Who, f files) {
		s.Author, s.Object = author(ctx, people, s.AuthorID, s.Anonymous), f.object(s.MediaID)
	})
}

// remark adds what a comment shows.
func (p *page) remark(ctx context.Context, r *Remark) {
	p.writer(ctx, r.UserID, r.Anonymous)
	p.people, p.files = append(append(p.people, r.Validators...), r.Mentions...), append(p.files, one(r.MediaID)...)
	p.fill = append(p.fill, func(people map[int64]Who, f files) {
		r.Author, r.Object = author(ctx, people, r.UserID, r.Anonymous), f.object(r.MediaID)
		r.ValidatedBy, r.Mentioned = whos(people, r.Validators), whos(people, r.Mentions)
	})
}

func (p *page) writer(ctx context.Context, userID int64, anonymous bool) {
	p.people = append(p.people, one(shownAs(ctx, userID, anonymous))...)
}

// ask asks the other modules.
func (p *page) ask(ctx context.Context, c *Core) {
	people, objects := c.people(ctx, distinct(p.people)), c.objects(ctx, distinct(p.files))
	for _, f := range p.fill {
		f(people, objects)
	}
}

func distinct(ids []int64) []int64 {
	slices.Sort(ids)
	return slices.Compact(ids)
}

func whos(people map[int64]Who, ids []int64) []Who {
	all := make([]Who, len(ids))
	for i, id := range ids {
		all[i] = people[id]
	}
	return all
}

// alone is a comment without the replies to it.
func (c *Core) alone(ctx context.Context, m foro.Comment, post foro.Post) *Remark {
	var p page
	r := &Remark{Comment: m, Accepted: post.AcceptedID == m.ID}
	p.remark(ctx, r)
	p.ask(ctx, c)
	return r
}
