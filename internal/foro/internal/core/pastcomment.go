package core

import (
	"context"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store"
	"agrovet/internal/media"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/pg"
)

// CommentPast is what a comment said before.
type CommentPast struct {
	core *Core
	id   int64
}

// PastRemark is one of its versions.
type PastRemark struct {
	foro.Revision
	Object *media.Object // nil: none, or it is gone
}

// CommentPast looks for it. Of what moderators took away, its author and moderators alone read it.
//
// Errors: errs.ErrNotFound.
func (c *Core) CommentPast(ctx context.Context, id int64) (CommentPast, error) {
	m, p, err := c.seenComment(ctx, id)
	if err == nil && m.State != foro.Visible && !is(ctx, m.UserID) {
		var ok bool
		if ok, err = c.moderates(ctx, p.CommunityID); err == nil && (!ok || m.State == foro.Removed && !staff(ctx)) {
			err = errs.ErrNotFound
		}
	}
	return CommentPast{c, id}, err
}

// Count counts the versions up to limit.
func (h CommentPast) Count(ctx context.Context, limit int) (int64, error) {
	return h.core.store.CountCommentRevisions(ctx, h.id, limit)
}

// Rows is a part of them, the last first. The span's ids are versions.
func (h CommentPast) Rows(ctx context.Context, span store.IDSpan) (out []PastRemark, more bool, err error) {
	rows, more, err := pg.Peek(span.Limit, func(limit int) ([]foro.Revision, error) {
		span.Limit = limit
		return h.core.store.CommentRevisions(ctx, h.id, span)
	})
	if err != nil {
		return nil, false, err
	}
	var ids []int64
	for _, r := range rows {
		ids = append(ids, one(r.MediaID)...)
	}
	objects := h.core.objects(ctx, ids)
	for _, r := range rows {
		out = append(out, PastRemark{r, objects.object(r.MediaID)})
	}
	return out, more, nil
}
