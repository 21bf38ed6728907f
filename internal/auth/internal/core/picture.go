package core

import (
	"context"
	"fmt"

	"agrovet/internal/auth/internal/store"
	"agrovet/internal/media"
	"agrovet/internal/platform/authn"
)

// Pictures are objects of media. A picture is uploaded before the transaction that uses it begins; one
// that is not used in the end is swept by media, like the one that a new picture replaces.

// Media is what auth asks of media.
type Media interface {
	Upload(ctx context.Context, u media.Upload) (media.Object, error)
	Claim(ctx context.Context, userID int64, ids ...int64) error
}

// Picture is an uploaded picture; the zero value is none.
type Picture struct {
	ID  int64
	URL string
}

// UploadPicture takes a picture in. owner is 0 for somebody who is just registering.
//
// Errors: media.ErrUnavailable when media is not there; media's about the file, among them
// media.ErrNotAnImage.
func (c *Core) UploadPicture(ctx context.Context, u media.Upload) (p Picture, err error) {
	if c.deps.Media == nil {
		return p, media.ErrUnavailable
	}
	u.Folder = media.FolderProfiles
	o, err := c.deps.Media.Upload(ctx, u)
	switch {
	case err != nil:
		return p, err
	case o.Kind != media.Image:
		return p, media.ErrNotAnImage
	}
	return Picture{o.ID, o.URL}, nil
}

// place is where media knows a user's picture to be shown.
func place(userID int64) string { return fmt.Sprintf("auth/picture/%d", userID) }

// SetPicture gives a user, in the name of by, another picture or none.
//
// Errors: auth.ErrUserUnknown, errs.ErrForbidden.
func (c *Core) SetPicture(ctx context.Context, by authn.Principal, id int64, p Picture) (u store.User, err error) {
	err = c.tx(ctx, func(ctx context.Context) error {
		old, err := c.lockFor(ctx, by, id)
		if err != nil {
			return err
		}
		u, err = c.setPicture(ctx, old, p)
		return err
	})
	return u, err
}

// setPicture writes the picture of a user, who is locked, and tells of it.
func (c *Core) setPicture(ctx context.Context, old store.User, p Picture) (store.User, error) {
	if old.Picture == p.URL && old.PictureID == p.ID {
		return old, nil
	}
	u, err := c.store.SetPicture(ctx, old.ID, p.URL, p.ID)
	if err != nil {
		return u, err
	}
	return u, c.publish(ctx, shown(u), showsPicture(u))
}

func showsPicture(u store.User) media.Shown {
	e := media.Shown{Module: "auth", Place: place(u.ID), IDs: []int64{}}
	if u.PictureID != 0 {
		e.IDs = append(e.IDs, u.PictureID)
	}
	return e
}

// firstPicture gives a user who has just been made the picture that was uploaded before.
func (c *Core) firstPicture(ctx context.Context, u store.User, p Picture) (store.User, error) {
	if p.ID == 0 {
		return u, nil
	}
	if err := c.deps.Media.Claim(ctx, u.ID, p.ID); err != nil {
		return u, err
	}
	return c.setPicture(ctx, u, p)
}

// MediaDeleted takes a picture that is gone from whoever has it.
func (c *Core) MediaDeleted(ctx context.Context, e media.Deleted) error {
	ids, err := c.store.WithPicture(ctx, e.MediaID)
	if err != nil {
		return err
	}
	for _, id := range ids {
		old, err := c.store.Lock(ctx, id)
		if err != nil {
			return err
		}
		if old.PictureID != e.MediaID { // another one meanwhile
			continue
		}
		if _, err := c.setPicture(ctx, old, Picture{}); err != nil {
			return err
		}
	}
	return nil
}
