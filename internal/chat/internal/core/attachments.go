package core

import (
	"context"
	"errors"
	"fmt"

	"agrovet/internal/chat"
	"agrovet/internal/media"
	"agrovet/internal/platform/errs"
)

// claim makes a file the sender's, if it is nobody's, so that a message may show it.
//
// Errors: a wrong media_id; chat.ErrMediaUnavailable.
func (c *Core) claim(ctx context.Context, userID, mediaID int64) error {
	switch {
	case mediaID == 0:
		return nil
	case c.Media == nil:
		return chat.ErrMediaUnavailable
	}
	files, err := c.Media.Objects(ctx, mediaID)
	if err != nil {
		return chat.ErrMediaUnavailable.Wrap(err)
	}
	if o, ok := files[mediaID]; !ok || o.Private {
		return noMedia(mediaID)
	}
	var others *media.NotOwned
	switch err := c.Media.Claim(ctx, userID, mediaID); {
	case errors.As(err, &others):
		return noMedia(mediaID)
	case err != nil:
		return chat.ErrMediaUnavailable.Wrap(err)
	}
	return nil
}

// noMedia reads the same whether there is no such file or it is somebody else's.
func noMedia(id int64) error {
	return errs.InField("media_id", fmt.Sprintf("Clave primaria \"%d\" inválida - objeto no existe.", id), fmt.Sprintf("Invalid pk \"%d\" - object does not exist.", id))
}

// Attach takes in a file that a member of a room is about to send there.
//
// Errors: chat.ErrNoRoom, chat.ErrNotMember, chat.ErrMediaUnavailable; those of media.
func (c *Core) Attach(ctx context.Context, roomID int64, u media.Upload) (mediaID int64, err error) {
	if _, _, err := c.Member(ctx, roomID, u.OwnerID); err != nil {
		return 0, err
	}
	if c.Media == nil {
		return 0, chat.ErrMediaUnavailable
	}
	u.Folder = media.FolderChat
	o, err := c.Media.Upload(ctx, u)
	return o.ID, err
}

// showsMedia tells media what a message shows from now on.
func showsMedia(messageID int64, ids ...int64) media.Shown {
	return media.Shown{Module: "chat", Place: fmt.Sprintf("chat/messages/%d", messageID), IDs: append([]int64{}, ids...)}
}

// MediaDeleted takes a file that is gone out of the messages that show it.
func (c *Core) MediaDeleted(ctx context.Context, e media.Deleted) error {
	return c.store.ForgetMedia(ctx, e.MediaID)
}
