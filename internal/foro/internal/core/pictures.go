package core

import (
	"context"
	"errors"
	"fmt"

	"agrovet/internal/foro"
	"agrovet/internal/media"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/errs"
)

// Picture is one of those that a community shows.
type Picture string

// The pictures.
const (
	Cover  Picture = "cover"
	Avatar Picture = "avatar"
)

// of is where a community keeps its picture.
func (p Picture) of(m *foro.Community) *int64 {
	if p == Cover {
		return &m.CoverID
	}
	return &m.AvatarID
}

// place is where media knows the picture to be shown.
func (p Picture) place(communityID int64) string {
	return fmt.Sprintf("foro/communities/%d/%s", communityID, p)
}

// SetPicture has its owner or staff give a community another picture. The file is stored before the transaction
// begins; media sweeps it when the community does not show it in the end, and the one that it replaces.
//
// Errors: errs.ErrNotFound; errs.ErrForbidden; foro.ErrStandard; foro.ErrFileRequired for an upload without
// content; foro.ErrUpload; foro.ErrMediaUnavailable; what media says of the file, at the field file.
func (c *Core) SetPicture(ctx context.Context, id int64, p Picture, u media.Upload) (o media.Object, err error) {
	if err := c.mayRun(ctx, id); err != nil {
		return o, err
	}
	switch {
	case u.Content == nil:
		return o, foro.ErrFileRequired
	case c.Media == nil:
		return o, foro.ErrMediaUnavailable
	}
	u.OwnerID, u.Folder = authn.UserID(ctx), media.FolderCommunities
	if o, err = c.Media.Upload(ctx, u); err != nil {
		return o, uploadFailed(err)
	}
	if o.Kind != media.Image {
		return o, media.ErrNotAnImage.At("file")
	}
	return o, c.DB.Tx(ctx, func(ctx context.Context) error {
		m, err := c.lockedToRun(ctx, id)
		if err != nil {
			return err
		}
		return c.putPicture(ctx, m, p, o.ID)
	})
}

// putPicture gives a community, which is locked, a picture or none (0), and tells media.
func (c *Core) putPicture(ctx context.Context, m foro.Community, p Picture, mediaID int64) error {
	shown := p.of(&m)
	before := *shown
	*shown = mediaID
	if err := c.store.UpdateCommunity(ctx, m); err != nil {
		return err
	}
	return c.showFiles(ctx, p.place(m.ID), before, mediaID)
}

// uploadFailed is what a community's owner is told when media does not take a file.
func uploadFailed(err error) error {
	var told *errs.Error
	switch {
	case !errors.As(err, &told):
		return foro.ErrUpload.Wrap(err)
	case told.Kind == errs.Invalid || told.Kind == errs.TooLarge:
		return told.At("file")
	case told.Kind == errs.Unavailable:
		return err
	}
	return foro.ErrUpload.Wrap(err)
}

// communityMediaDeleted takes a file that is gone out of the communities that show it.
func (c *Core) communityMediaDeleted(ctx context.Context, id int64) error {
	all, err := c.store.WithPicture(ctx, id)
	if err != nil {
		return err
	}
	for _, m := range all {
		for _, p := range []Picture{Cover, Avatar} {
			if *p.of(&m) != id {
				continue
			}
			if err := c.putPicture(ctx, m, p, 0); err != nil {
				return err
			}
			*p.of(&m) = 0
		}
	}
	return nil
}
