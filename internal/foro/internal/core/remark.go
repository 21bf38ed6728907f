package core

import (
	"context"
	"slices"

	"agrovet/internal/auth"
	"agrovet/internal/foro"
	"agrovet/internal/media"
	"agrovet/internal/platform/errs"
)

// Remark is a comment with what a reader sees beside it.
type Remark struct {
	foro.Comment
	Accepted    bool // by the asker
	Author      Who
	Object      *media.Object       // nil: none, or media does not answer
	Own         []foro.ReactionType // the reader's
	ValidatedBy []Who               // the first three
	Mentioned   []auth.User
	Below       []*Remark // some of the replies, the oldest first
	More        bool      // there are more
	rank        int       // in what was asked for
}

// Rewrite is what somebody changes of a comment: the text, the file and the people whom it mentions.
type Rewrite struct {
	Version int // only when the comment is this version; 0: whatever it is
	Change  func(*foro.Comment) error
}

// Rewrite changes a comment and keeps what it said.
//
// Errors: errs.ErrNotFound; errs.ErrForbidden for whom it does not belong to; foro.ErrGone; foro.ErrRemoved;
// foro.ErrLocked; foro.ErrChanged; foro.ErrAccountGone, ErrSuspended; those of the change; wrong fields.
func (c *Core) Rewrite(ctx context.Context, id int64, w Rewrite) (*Remark, error) {
	mentions, err := c.prepareRewrite(ctx, id, w)
	if err != nil {
		return nil, err
	}
	err = c.DB.Tx(ctx, func(ctx context.Context) error {
		who, err := c.admit(ctx)
		if err != nil {
			return err
		}
		staying, err := c.store.Stay(ctx, mentions)
		if err != nil {
			return err
		}
		post, before, err := c.lockComment(ctx, id)
		if err == nil {
			err = rewritable(ctx, post, before, w.Version)
		}
		if err == nil {
			err = c.mayWrite(ctx, who, post.CommunityID)
		}
		if err == nil {
			before.Mentions, err = c.store.CommentMentions(ctx, id)
		}
		if err != nil {
			return err
		}
		after, err := w.apply(before)
		if err != nil || unchanged(before, after) {
			return err
		}
		if err := c.store.Reword(ctx, &after); err != nil {
			return err
		}
		return c.reworded(ctx, before, after, staying)
	})
	if err != nil {
		return nil, err
	}
	return c.Comment(ctx, id)
}

// prepareRewrite asks the other modules about the change, before anything is locked. It returns who will be mentioned.
func (c *Core) prepareRewrite(ctx context.Context, id int64, w Rewrite) (mentions []int64, err error) {
	before, post, err := c.seenComment(ctx, id)
	if err == nil {
		err = rewritable(ctx, post, before, w.Version)
	}
	if err == nil {
		before.Mentions, err = c.store.CommentMentions(ctx, id)
	}
	if err != nil {
		return nil, err
	}
	after, err := w.apply(before)
	if err != nil {
		return nil, err
	}
	if after.MediaID != before.MediaID {
		if err := c.claim(ctx, before.UserID, after.MediaID); err != nil {
			return nil, err
		}
	}
	if slices.Equal(after.Mentions, before.Mentions) {
		return after.Mentions, nil
	}
	return after.Mentions, c.exist(ctx, after.Mentions)
}

// apply makes the change. What nobody changes stays as it is.
func (w Rewrite) apply(before foro.Comment) (foro.Comment, error) {
	after := before
	err := w.Change(&after)
	content, file, mentions := after.Content, after.MediaID, after.Mentions
	after = before
	after.Content, after.MediaID, after.Mentions = content, file, mentions
	return after, err
}

// rewritable says why the caller may not change a comment.
func rewritable(ctx context.Context, p foro.Post, m foro.Comment, version int) error {
	switch err := mine(ctx, m, version); {
	case err != nil:
		return err
	case m.State == foro.Removed && !staff(ctx):
		return foro.ErrRemoved
	case p.Locked:
		return foro.ErrLocked
	}
	return nil
}

// mine says why a comment is none that the caller may change or delete.
func mine(ctx context.Context, m foro.Comment, version int) error {
	switch {
	case m.State == foro.Deleted:
		return foro.ErrGone
	case !is(ctx, m.UserID) && !staff(ctx):
		return errs.ErrForbidden
	case version != 0 && version != m.Version:
		return foro.ErrChanged
	}
	return nil
}

func unchanged(a, b foro.Comment) bool {
	return a.Content == b.Content && a.MediaID == b.MediaID && slices.Equal(a.Mentions, b.Mentions)
}

// reworded is what follows from a change of a comment.
func (c *Core) reworded(ctx context.Context, before, after foro.Comment, staying []int64) error {
	if err := c.mentionInComment(ctx, &after, before.Mentions, staying); err != nil {
		return err
	}
	t := foro.Target{PostID: after.PostID, CommentID: after.ID}
	if err := c.mentionsAdded(ctx, t, without(after.Mentions, before.Mentions)); err != nil {
		return err
	}
	if err := c.examine(ctx, content{comment: &after}, "\n"+before.Content); err != nil {
		return err
	}
	return c.showFiles(ctx, commentPlace(after.ID), before.MediaID, after.MediaID)
}

// lockComment locks a comment and, before it, its post.
//
// Errors: errs.ErrNotFound, also for one of a post that the caller may not see.
func (c *Core) lockComment(ctx context.Context, id int64) (p foro.Post, m foro.Comment, err error) {
	m, ok, err := c.store.Comment(ctx, id, false)
	if err == nil && ok {
		p, ok, err = c.store.Post(ctx, m.PostID, true)
	}
	if err == nil && ok {
		ok, err = c.sees(ctx, p)
	}
	if err == nil && ok {
		m, ok, err = c.store.Comment(ctx, id, true)
	}
	if err == nil && !ok {
		err = errs.ErrNotFound
	}
	return p, m, err
}
