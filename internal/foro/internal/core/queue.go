package core

import (
	"context"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/pg"
)

// Queue is a part of the caller's queue, and whether more follows; of one community when there is one. Staff
// sees all, moderators what is in their communities; nobody what is about their own.
//
// Errors: errs.ErrForbidden for who does not moderate (there).
func (c *Core) Queue(ctx context.Context, q store.Queue, communityID int64, span store.CaseSpan) (page []Case, more bool, err error) {
	if q, err = c.queue(ctx, q, communityID); err != nil {
		return nil, false, err
	}
	rows, more, err := pg.Peek(span.Limit, func(limit int) ([]store.Case, error) {
		span.Limit = limit
		return c.store.Queue(ctx, q, span)
	})
	if err != nil {
		return nil, false, err
	}
	page, err = c.cases(ctx, rows)
	return page, more && len(page) > 0, err
}

// QueueCount counts a queue up to limit.
func (c *Core) QueueCount(ctx context.Context, q store.Queue, communityID int64, limit int) (n int64, err error) {
	if q, err = c.queue(ctx, q, communityID); err != nil {
		return 0, err
	}
	return c.store.QueueCount(ctx, q, limit)
}

func (c *Core) queue(ctx context.Context, q store.Queue, communityID int64) (_ store.Queue, err error) {
	q.Reader = authn.UserID(ctx)
	q.Communities, err = c.moderated(ctx, communityID)
	return q, err
}

// cases are what a page shows of its cases.
func (c *Core) cases(ctx context.Context, rows []store.Case) ([]Case, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	var ids, posts, comments, decisions []int64
	for _, r := range rows {
		ids, posts, comments = append(ids, r.ID), append(posts, r.Target.PostID), append(comments, one(r.Target.CommentID)...)
		decisions = append(append(decisions, one(r.DecisionID)...), one(r.Appeals)...)
	}
	page := make([]Case, len(rows))
	for i, r := range rows {
		page[i].Case = r
	}
	if err := c.contents(ctx, page, posts, comments); err != nil {
		return nil, err
	}
	return c.said(ctx, page, ids, decisions)
}

// contents puts to cases what they are about. Those of which it is gone keep none.
func (c *Core) contents(ctx context.Context, cases []Case, postIDs, commentIDs []int64) error {
	posts, err := c.store.Posts(ctx, postIDs...)
	if err != nil {
		return err
	}
	shown, err := c.showAll(ctx, posts)
	if err != nil {
		return err
	}
	comments, err := c.store.Comments(ctx, commentIDs...)
	if err != nil {
		return err
	}
	postAt, texts, remarks := map[int64]int{}, map[int64]foro.Comment{}, map[int64]*Remark{}
	for i, p := range posts {
		postAt[p.ID] = i
	}
	var others page
	for _, m := range comments {
		texts[m.ID] = m
		if m.State == foro.Deleted || m.State == foro.Removed && !staff(ctx) && !is(ctx, m.UserID) {
			empty(&m)
		}
		remarks[m.ID] = &Remark{Comment: m}
		others.remarks = append(others.remarks, remarks[m.ID])
	}
	others.ask(ctx, c)
	for i := range cases {
		if at, ok := postAt[cases[i].Target.PostID]; ok {
			cases[i].about(ctx, shown[at], posts[at], remarks, texts)
		}
	}
	return nil
}

// about puts to a case what it is about, with its text for those who have to decide.
func (in *Case) about(ctx context.Context, shown Shown, post foro.Post, remarks map[int64]*Remark, texts map[int64]foro.Comment) {
	in.Post = &shown
	if m, ok := remarks[in.Target.CommentID]; ok {
		m.Anonymous = texts[m.ID].Anonymous
		in.Comment = m
	}
	switch {
	case !in.readable(ctx):
	case in.Comment == nil:
		in.Post.Title, in.Post.Content = post.Title, post.Content
	case in.Comment.State != foro.Deleted:
		in.Comment.Content = texts[in.Comment.ID].Content
	}
}

// said puts to cases what is said and decided about them, and leaves out those of which the content is gone.
func (c *Core) said(ctx context.Context, page []Case, ids, decisionIDs []int64) ([]Case, error) {
	reasons, err := c.store.ReasonsOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	flags, err := c.store.FlagsOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	decisions, err := c.rulingsByID(ctx, decisionIDs)
	if err != nil {
		return nil, err
	}
	out := page[:0]
	for _, in := range page {
		if in.Post == nil || in.Target.CommentID != 0 && in.Comment == nil {
			continue
		}
		in.Reasons, in.Flags = reasons[in.ID], flags[in.ID]
		in.Decision, in.Against = decisions[in.DecisionID], decisions[in.Appeals]
		out = append(out, in)
	}
	return out, nil
}
