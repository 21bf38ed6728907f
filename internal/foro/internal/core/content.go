package core

import (
	"context"

	"agrovet/internal/foro"
	"agrovet/internal/platform/errs"
)

// content is what moderation is about: a post, or a comment of it.
type content struct {
	post    foro.Post
	comment *foro.Comment // nil: the post
}

func (x content) target() foro.Target {
	if x.comment != nil {
		return foro.Target{PostID: x.comment.PostID, CommentID: x.comment.ID}
	}
	return foro.Target{PostID: x.post.ID}
}

func (x content) author() int64 {
	if x.comment != nil {
		return x.comment.UserID
	}
	return x.post.AuthorID
}

func (x content) anonymous() bool {
	if x.comment != nil {
		return x.comment.Anonymous
	}
	return x.post.Anonymous
}

func (x content) state() foro.State {
	if x.comment != nil {
		return x.comment.State
	}
	return x.post.State
}

// place is where its files are shown.
func (x content) place() string {
	if x.comment != nil {
		return commentPlace(x.comment.ID)
	}
	return postPlace(x.post.ID)
}

// content finds a post or comment; of a comment, the target may leave out the post. With lock, the post is
// locked until the commit, and the comment: what is said against it and what is decided come one after the
// other.
//
// Errors: errs.ErrNotFound.
func (c *Core) content(ctx context.Context, t foro.Target, lock bool) (x content, err error) {
	if t.CommentID != 0 {
		m, ok, err := c.store.Comment(ctx, t.CommentID, false)
		if err != nil || !ok {
			return x, orNotFound(err)
		}
		t.PostID = m.PostID
	}
	post, ok, err := c.store.Post(ctx, t.PostID, lock)
	if err != nil || !ok {
		return x, orNotFound(err)
	}
	x.post = post
	if t.CommentID == 0 {
		return x, nil
	}
	m, ok, err := c.store.Comment(ctx, t.CommentID, lock)
	if err != nil || !ok {
		return x, orNotFound(err)
	}
	x.comment = &m
	return x, nil
}

// seenContent is a post or comment that the caller may see.
//
// Errors: errs.ErrNotFound, also for a comment that its author has deleted.
func (c *Core) seenContent(ctx context.Context, t foro.Target, lock bool) (content, error) {
	x, err := c.content(ctx, t, lock)
	if err != nil {
		return x, err
	}
	ok, err := c.sees(ctx, x.post)
	if x.state() == foro.Deleted {
		ok = false
	}
	if err == nil && ok && x.state() != foro.Visible && !is(ctx, x.author()) {
		ok, err = c.moderates(ctx, x.post.CommunityID)
	}
	if err != nil || !ok {
		return x, orNotFound(err)
	}
	return x, nil
}

func orNotFound(err error) error {
	if err == nil {
		return errs.ErrNotFound
	}
	return err
}
