package core

import (
	"context"
	"errors"
	"fmt"

	"agrovet/internal/foro"
	"agrovet/internal/media"
)

// claim makes a file that is to be shown its writer's, unless it is none. It asks media before the transaction
// begins, so that nothing is locked meanwhile.
//
// Errors: a wrong field, the same for what is not there and for what is somebody else's; ErrMediaUnavailable.
func (c *Core) claim(ctx context.Context, userID, id int64) error {
	switch {
	case id == 0:
		return nil
	case c.Media == nil:
		return foro.ErrMediaUnavailable
	}
	objects, err := c.Media.Objects(ctx, id)
	if err != nil {
		return foro.ErrMediaUnavailable.Wrap(err)
	}
	if o, ok := objects[id]; !ok || o.OwnerID != 0 && o.OwnerID != userID || o.Private {
		return noKey("media_id", id)
	}
	var others *media.NotOwned
	switch err := c.Media.Claim(ctx, userID, id); {
	case errors.As(err, &others): // somebody was faster
		return noKey("media_id", id)
	case err != nil:
		return foro.ErrMediaUnavailable.Wrap(err)
	}
	return nil
}

func postPlace(id int64) string    { return fmt.Sprintf("foro/posts/%d", id) }
func commentPlace(id int64) string { return fmt.Sprintf("foro/comments/%d", id) }

// showFiles tells media what a place shows from now on, where that has changed.
func (c *Core) showFiles(ctx context.Context, place string, before, after int64) error {
	if before == after {
		return nil
	}
	return c.publish(ctx, media.Shown{Module: "foro", Place: place, IDs: one(after)})
}

// MediaDeleted takes a file that is gone out of all that shows it.
func (c *Core) MediaDeleted(ctx context.Context, e media.Deleted) error {
	if err := c.communityMediaDeleted(ctx, e.MediaID); err != nil {
		return err
	}
	return c.store.ForgetMedia(ctx, e.MediaID)
}
