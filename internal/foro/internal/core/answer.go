package core

import (
	"context"

	"agrovet/internal/foro"
	"agrovet/internal/platform/authn"
)

// Answer makes a comment of the caller on a post, or on another comment of it.
//
// Errors: foro.ErrAccountGone, ErrSuspended, ErrBanned, ErrTooManyPosts; foro.ErrLocked; foro.ErrTooDeep; foro.ErrMediaUnavailable; wrong fields, also
// for a post or comment that is not there.
func (c *Core) Answer(ctx context.Context, m foro.Comment) (*Remark, error) {
	m.UserID, m.State = authn.UserID(ctx), foro.Visible
	if err := c.claim(ctx, m.UserID, m.MediaID); err != nil {
		return nil, err
	}
	if err := c.exist(ctx, m.Mentions); err != nil {
		return nil, err
	}
	var post foro.Post
	err := c.DB.Tx(ctx, func(ctx context.Context) error {
		who, err := c.admit(ctx)
		if err != nil {
			return err
		}
		staying, err := c.store.Stay(ctx, m.Mentions)
		if err != nil {
			return err
		}
		if post, err = c.answerable(ctx, m.PostID); err != nil {
			return err
		}
		if err := c.mayWrite(ctx, who, post.CommunityID); err != nil {
			return err
		}
		if err := c.notBanned(ctx, post.CommunityID, m.UserID); err != nil {
			return err
		}
		if err := c.newcomer(ctx, who, true); err != nil {
			return err
		}
		if err := c.below(ctx, &m); err != nil {
			return err
		}
		m.Anonymous = post.Anonymous && post.AuthorID == m.UserID
		if err := c.store.InsertComment(ctx, &m); err != nil {
			return err
		}
		return c.answered(ctx, &m, staying)
	})
	if err != nil {
		return nil, err
	}
	return c.alone(ctx, m, post), nil
}

// answerable is a post that the caller may answer, locked: whoever adds comments does so one after another.
func (c *Core) answerable(ctx context.Context, id int64) (foro.Post, error) {
	p, ok, err := c.store.Post(ctx, id, true)
	if err == nil && ok {
		ok, err = c.sees(ctx, p)
	}
	switch {
	case err != nil:
		return p, err
	case !ok:
		return p, noKey("post", id)
	case p.Locked:
		return p, foro.ErrLocked
	}
	return p, nil
}

// below puts a comment under the one that it answers, if any.
func (c *Core) below(ctx context.Context, m *foro.Comment) error {
	if m.ParentID == 0 {
		return nil
	}
	parent, ok, err := c.store.Comment(ctx, m.ParentID, false)
	switch {
	case err != nil:
		return err
	case !ok || parent.PostID != m.PostID || parent.State != foro.Visible:
		return noKey("parent", m.ParentID)
	case parent.Depth >= foro.MaxDepth:
		return foro.ErrTooDeep
	}
	m.Depth = parent.Depth + 1
	return nil
}

// answered is what follows from a new comment. Those who stay are whom it may mention.
func (c *Core) answered(ctx context.Context, m *foro.Comment, staying []int64) error {
	if err := c.mentionInComment(ctx, m, nil, staying); err != nil {
		return err
	}
	if err := c.showFiles(ctx, commentPlace(m.ID), 0, m.MediaID); err != nil {
		return err
	}
	if err := c.examine(ctx, content{comment: m}, ""); err != nil {
		return err
	}
	if err := c.affineComment(ctx, m.ID); err != nil {
		return err
	}
	return c.publish(ctx, foro.CommentAdded{CommentID: m.ID, PostID: m.PostID, UserID: known(m.UserID, m.Anonymous)})
}
