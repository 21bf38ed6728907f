package core

import (
	"context"

	"agrovet/internal/media"
)

// AdoptFile gives an object, which has no file yet, one that another system kept, as if its owner had uploaded it.
// A file that everybody may read gives way to the same as a private one.
//
// Errors: errs.ErrNotFound when the object is gone or has a file; those of Create.
func (c *Core) AdoptFile(ctx context.Context, id int64, u media.Upload) error {
	f, err := c.take(ctx, u)
	if err != nil {
		return err
	}
	err = c.tx(ctx, func(ctx context.Context) error {
		if _, err := c.store.Lock(ctx, id); err != nil {
			return err
		}
		old, err := c.store.Object(ctx, id)
		if err != nil || old.FileID != nil && (old.Private || !f.new.Private) {
			return orNotFound(err)
		}
		_, err = c.update(ctx, id, Change{File: &u}, f)
		return err
	})
	f.settle(ctx, err)
	return err
}

// AdoptPicture makes an object of a picture that another system kept and that a place shows.
//
// Errors: media.ErrNotAnImage; those of Create.
func (c *Core) AdoptPicture(ctx context.Context, place string, u media.Upload, also func(ctx context.Context, id int64) error) error {
	_, err := c.create(ctx, u, Details{Name: u.Name, Price: noPrice()}, func(ctx context.Context, id int64) error {
		o, err := c.store.Object(ctx, id)
		switch {
		case err != nil:
			return err
		case o.Kind != string(media.Image):
			return media.ErrNotAnImage
		}
		if err := c.store.Show(ctx, place, []int64{id}, nil); err != nil {
			return err
		}
		return also(ctx, id)
	})
	return err
}

// AddressPrefix is what addresses of public files begin with; their keys follow.
func (c *Core) AddressPrefix() string { return c.cfg.PublicURL }
