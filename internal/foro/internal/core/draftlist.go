package core

import (
	"context"

	"agrovet/internal/auth"
	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store"
	"agrovet/internal/media"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/pg"
)

// DraftShown is a draft with what its writer sees beside it.
type DraftShown struct {
	foro.Draft
	Community *Place
	Object    *media.Object
	Mentioned []auth.User
}

// Draft returns one of the caller's.
//
// Errors: errs.ErrNotFound.
func (c *Core) Draft(ctx context.Context, id int64) (DraftShown, error) {
	d, err := c.draft(ctx, id, 0, false)
	if err != nil {
		return DraftShown{}, err
	}
	return c.showDraft(ctx, d)
}

// Drafts returns a part of the caller's, the last first, and whether more follow.
func (c *Core) Drafts(ctx context.Context, span store.IDSpan) ([]DraftShown, bool, error) {
	rows, more, err := pg.Peek(span.Limit, func(limit int) ([]foro.Draft, error) {
		span.Limit = limit
		return c.store.Drafts(ctx, authn.UserID(ctx), span)
	})
	if err != nil {
		return nil, false, err
	}
	shown, err := c.showDrafts(ctx, rows)
	return shown, more, err
}

// CountDrafts counts them up to limit.
func (c *Core) CountDrafts(ctx context.Context, limit int) (int64, error) {
	return c.store.CountDrafts(ctx, authn.UserID(ctx), limit)
}

func (c *Core) showDraft(ctx context.Context, d foro.Draft) (DraftShown, error) {
	shown, err := c.showDrafts(ctx, []foro.Draft{d})
	if err != nil {
		return DraftShown{}, err
	}
	return shown[0], nil
}

// showDrafts shows drafts with what their posts would be shown with.
func (c *Core) showDrafts(ctx context.Context, drafts []foro.Draft) ([]DraftShown, error) {
	posts := make([]foro.Post, len(drafts))
	for i, d := range drafts {
		posts[i] = d.Post()
	}
	shown, err := c.showAll(ctx, posts)
	out := make([]DraftShown, len(shown))
	for i, s := range shown {
		out[i] = DraftShown{drafts[i], s.Community, s.Object, s.Mentioned}
	}
	return out, err
}
