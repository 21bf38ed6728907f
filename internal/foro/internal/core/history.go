package core

import (
	"context"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store"
	"agrovet/internal/media"
	"agrovet/internal/platform/pg"
)

// RevisionShown is what a post said before, with its file.
type RevisionShown struct {
	foro.Revision
	Object *media.Object // nil: none, or it is gone
}

// History is what a post that the reader may see said before.
type History struct {
	core   *Core
	postID int64
}

// History looks for it.
//
// Errors: errs.ErrNotFound, also for a post that the reader may not see.
func (c *Core) History(ctx context.Context, postID int64) (History, error) {
	p, err := c.seen(ctx, postID)
	return History{c, p.ID}, err
}

// Count counts the versions up to limit.
func (h History) Count(ctx context.Context, limit int) (int64, error) {
	return h.core.store.CountRevisions(ctx, h.postID, limit)
}

// Rows returns a part of them, the last first, and whether more follow. The span's ids are versions.
func (h History) Rows(ctx context.Context, span store.IDSpan) ([]RevisionShown, bool, error) {
	rows, more, err := pg.Peek(span.Limit, func(limit int) ([]foro.Revision, error) {
		span.Limit = limit
		return h.core.store.Revisions(ctx, h.postID, span)
	})
	if err != nil {
		return nil, false, err
	}
	var files []int64
	for _, r := range rows {
		files = append(files, one(r.MediaID)...)
	}
	objects := h.core.objects(ctx, distinct(files))
	out := make([]RevisionShown, len(rows))
	for i, r := range rows {
		out[i].Revision = r
		if o, ok := objects[r.MediaID]; ok {
			out[i].Object = &o
		}
	}
	return out, more, nil
}
