package core

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"agrovet/internal/media"
	"agrovet/internal/platform/errs"
	"agrovet/internal/profiles"
)

// Upload is a picture on its way into a profile. Owner and folder are filled in here.
type Upload struct {
	Field string // of the request, for its errors
	media.Upload
}

// maxUploads is how many pictures come at once at most.
const maxUploads = 10

// AddWorkImages stores pictures and appends them to the specialist's work images: all, or none.
//
// Errors: profiles.ErrNoFiles; profiles.ErrMediaUnavailable; wrong fields: too many, or what media
// refuses; and those of [Profiles.Change].
func (c *Core) AddWorkImages(ctx context.Context, userID int64, files []Upload) ([]media.Object, error) {
	return c.Specialists.add(ctx, userID, media.FolderProfiles, files, func(s *profiles.Specialist) *[]int64 { return &s.WorkImageIDs })
}

// AddProducts does the same for a businessman's products and services.
func (c *Core) AddProducts(ctx context.Context, userID int64, files []Upload) ([]media.Object, error) {
	return c.Businessmen.add(ctx, userID, media.FolderProducts, files, func(b *profiles.Businessman) *[]int64 { return &b.ProductIDs })
}

func (p *Profiles[T]) add(ctx context.Context, userID int64, folder string, files []Upload, gallery func(*T) *[]int64) ([]media.Object, error) {
	s, err := p.Get(ctx, userID)
	if err != nil {
		return nil, err
	}
	if err := p.room(len(*gallery(&s.Profile)), files); err != nil {
		return nil, err
	}
	objects := make([]media.Object, len(files))
	ids := make([]int64, len(files))
	for i, f := range files {
		f.OwnerID, f.Folder = userID, folder
		if objects[i], err = p.upload(ctx, f); err != nil {
			return nil, err // media sweeps what nobody shows: the ones before
		}
		ids[i] = objects[i].ID
	}
	_, err = p.Change(ctx, userID, func(profile *T) {
		list := gallery(profile)
		*list = slices.Concat(*list, ids)
	})
	return objects, err
}

// room refuses no files, and too many, before any is stored.
func (p *Profiles[T]) room(have int, files []Upload) error {
	switch {
	case len(files) == 0:
		return profiles.ErrNoFiles
	case len(files) > maxUploads:
		return errs.InField(files[0].Field, fmt.Sprintf("Envíe como máximo %d archivos a la vez.", maxUploads),
			fmt.Sprintf("Send at most %d files at a time.", maxUploads))
	case have+len(files) > maxPictures:
		return errs.InField(files[0].Field, textTooMany.ES, textTooMany.EN)
	case p.Media == nil:
		return profiles.ErrMediaUnavailable
	}
	return nil
}

// upload stores one picture. What is wrong with the file is told at its field.
func (p *Profiles[T]) upload(ctx context.Context, f Upload) (media.Object, error) {
	o, err := p.Media.Upload(ctx, f.Upload)
	var told *errs.Error
	switch {
	case err == nil && !isPicture(o):
		return o, media.ErrNotAnImage.At(f.Field)
	case err == nil:
		return o, nil
	case !errors.As(err, &told):
		return o, profiles.ErrMediaUnavailable.Wrap(err)
	case told.Kind == errs.Invalid || told.Kind == errs.TooLarge:
		return o, told.At(f.Field)
	}
	return o, err
}
