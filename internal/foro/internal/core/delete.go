package core

import (
	"context"

	"agrovet/internal/foro"
	"agrovet/internal/media"
	"agrovet/internal/platform/bus"
)

// Delete removes a post with everything on it.
//
// Errors: errs.ErrNotFound, errs.ErrForbidden; foro.ErrChanged.
func (c *Core) Delete(ctx context.Context, id int64, version int) error {
	return c.DB.Tx(ctx, func(ctx context.Context) error {
		p, ok, err := c.store.Post(ctx, id, true)
		if err = c.owned(ctx, p, ok, version, err); err != nil {
			return err
		}
		if err := c.unaffine(ctx, []int64{p.ID}, nil); err != nil {
			return err
		}
		return c.remove(ctx, p)
	})
}

// remove deletes a post that is locked. Media learns that nothing of it shows a file any more.
func (c *Core) remove(ctx context.Context, p foro.Post) error {
	comments, err := c.store.CommentsWithFiles(ctx, p.ID)
	if err != nil {
		return err
	}
	if err := c.store.DeletePost(ctx, p.ID); err != nil {
		return err
	}
	events := []bus.Payload{foro.PostDeleted{PostID: p.ID}}
	if p.MediaID != 0 {
		events = append(events, media.Shown{Module: "foro", Place: postPlace(p.ID)})
	}
	for _, id := range comments {
		events = append(events, media.Shown{Module: "foro", Place: commentPlace(id)})
	}
	return c.publish(ctx, events...)
}
