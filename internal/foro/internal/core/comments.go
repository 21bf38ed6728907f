package core

import (
	"context"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store"
	"agrovet/internal/platform/errs"
)

// Comment returns one comment with the beginning of what answers it.
//
// Errors: errs.ErrNotFound, also for one of a post that the reader may not see.
func (c *Core) Comment(ctx context.Context, id int64) (*Remark, error) {
	m, p, err := c.seenComment(ctx, id)
	if err != nil {
		return nil, err
	}
	all, err := c.listed(ctx, beside, map[int64]foro.Post{p.ID: p}, m.ID)
	if err == nil && len(all) == 0 {
		err = errs.ErrNotFound // it has gone meanwhile
	}
	if err != nil {
		return nil, err
	}
	return all[0], nil
}

// seenComment is a comment of a post that the reader may see.
//
// Errors: errs.ErrNotFound.
func (c *Core) seenComment(ctx context.Context, id int64) (m foro.Comment, p foro.Post, err error) {
	m, ok, err := c.store.Comment(ctx, id, false)
	if err == nil && !ok {
		err = errs.ErrNotFound
	}
	if err == nil {
		p, err = c.seen(ctx, m.PostID)
	}
	return m, p, err
}

// Remarks is a list of comments that the reader may see.
type Remarks struct {
	core   *Core
	list   store.Remarks
	bounds store.Bounds
	posts  map[int64]foro.Post // nil: any
	none   bool                // nothing that the reader may see
}

// Newest are all comments, or with a post or a parent those of it, the newest first; popular are those on a post
// itself, the most popular first. Of what the reader may not see the list is empty.
func (c *Core) Newest(ctx context.Context, postID, parentID int64, popular bool) (Remarks, error) {
	l := Remarks{core: c, bounds: inList, list: store.Remarks{PostID: postID, ParentID: parentID, Popular: popular && postID != 0 && parentID == 0}}
	if parentID != 0 {
		m, ok, err := c.store.Comment(ctx, parentID, false)
		if err != nil {
			return l, err
		}
		if !ok || postID != 0 && m.PostID != postID {
			l.none = true
			return l, nil
		}
		postID = m.PostID
	}
	if postID == 0 {
		return l, nil
	}
	p, ok, err := c.store.Post(ctx, postID, false)
	if err == nil && ok {
		ok, err = c.sees(ctx, p)
	}
	l.none, l.posts = !ok, map[int64]foro.Post{p.ID: p}
	return l, err
}

// On are the comments on a post itself, the most popular first.
//
// Errors: errs.ErrNotFound.
func (c *Core) On(ctx context.Context, postID int64) (Remarks, error) {
	p, err := c.seen(ctx, postID)
	return Remarks{core: c, bounds: beside, list: store.Remarks{PostID: postID, Popular: true}, posts: map[int64]foro.Post{p.ID: p}}, err
}

// Replies are those to a comment, the oldest first.
//
// Errors: errs.ErrNotFound.
func (c *Core) Replies(ctx context.Context, id int64) (Remarks, error) {
	_, p, err := c.seenComment(ctx, id)
	return Remarks{core: c, bounds: beside, list: store.Remarks{ParentID: id, Oldest: true}, posts: map[int64]foro.Post{p.ID: p}}, err
}

// Popular says whether the list is by popularity.
func (l Remarks) Popular() bool { return l.list.Popular }

// Count counts the list up to limit.
func (l Remarks) Count(ctx context.Context, limit int) (int64, error) {
	if l.none {
		return 0, nil
	}
	return l.core.store.CountRemarks(ctx, l.list, limit)
}

// Rows is a part of the list, each with some of what answers it.
func (l Remarks) Rows(ctx context.Context, span store.RemarkSpan) (rows []*Remark, more bool, err error) {
	if l.none {
		return nil, false, nil
	}
	limit := span.Limit
	span.Limit++
	ids, err := l.core.store.Remarks(ctx, l.list, span)
	if err != nil {
		return nil, false, err
	}
	if more = len(ids) > limit; more {
		ids = ids[:limit]
	}
	b := l.bounds
	b.Total += len(ids) // the replies are bounded, what was asked for is there
	rows, err = l.core.listed(ctx, b, l.posts, ids...)
	return rows, more && len(rows) > 0, err
}
