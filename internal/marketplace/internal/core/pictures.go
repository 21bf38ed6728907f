package core

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"agrovet/internal/marketplace"
	"agrovet/internal/marketplace/internal/store"
	"agrovet/internal/media"
	"agrovet/internal/platform/errs"
)

// pictures are all files that an advert shows, the main one first.
func pictures(a marketplace.Add) []int64 {
	if a.MainImageID == 0 {
		return slices.Clone(a.ImageIDs)
	}
	return append([]int64{a.MainImageID}, a.ImageIDs...)
}

// claimPictures makes the pictures that an advert shows anew its publisher's. It asks media before the
// transaction begins, so that nothing is locked meanwhile. What the advert shows already is not asked
// about again: clients send whole objects back.
//
// Errors: wrong fields; marketplace.ErrMediaUnavailable.
func (c *Core) claimPictures(ctx context.Context, userID int64, before, after marketplace.Add) error {
	had := pictures(before)
	added := slices.DeleteFunc(pictures(after), func(id int64) bool { return slices.Contains(had, id) })
	switch {
	case len(added) == 0:
		return nil
	case c.Media == nil:
		return marketplace.ErrMediaUnavailable
	}
	objects, err := c.Media.Objects(ctx, added...)
	if err != nil {
		return marketplace.ErrMediaUnavailable.Wrap(err)
	}
	unfit := slices.DeleteFunc(slices.Clone(added), func(id int64) bool {
		o, ok := objects[id]
		return ok && (o.OwnerID == 0 || o.OwnerID == userID) && o.Kind == media.Image && !o.Private
	})
	if len(unfit) > 0 {
		return noPicture(after, unfit)
	}
	var others *media.NotOwned
	switch err := c.Media.Claim(ctx, userID, added...); {
	case errors.As(err, &others): // somebody was faster
		return noPicture(after, others.IDs)
	case err != nil:
		return marketplace.ErrMediaUnavailable.Wrap(err)
	}
	return nil
}

// noPicture tells the fields of pictures that may not be shown, in the contract's words. All reasons
// read the same, so that nobody learns what others have.
func noPicture(a marketplace.Add, unfit []int64) error {
	var wrong []errs.Field
	if slices.Contains(unfit, a.MainImageID) {
		wrong = append(wrong, errs.Field{Name: "main_image_id", Scalar: true, Text: errs.Text{ES: "Media principal no encontrada.", EN: "Main media not found."}})
	}
	for _, id := range a.ImageIDs {
		if slices.Contains(unfit, id) {
			wrong = append(wrong, errs.Field{Name: "secondary_image_ids", Scalar: true, Text: errs.Text{
				ES: fmt.Sprintf("Media %d no encontrada.", id), EN: fmt.Sprintf("Media %d not found.", id)}})
			break // one text fits into the field
		}
	}
	return errs.InvalidFields(wrong...)
}

// showPictures tells media what an advert shows from now on, where that has changed.
func (c *Core) showPictures(ctx context.Context, id int64, before, after []int64) error {
	slices.Sort(before)
	slices.Sort(after)
	if slices.Equal(before, after) {
		return nil
	}
	return c.publish(ctx, shownBy(id, after))
}

func shownBy(id int64, pictures []int64) media.Shown {
	return media.Shown{Module: "marketplace", Place: fmt.Sprintf("marketplace/adds/%d", id), IDs: pictures}
}

// MediaDeleted takes a file that is gone out of the adverts that show it.
func (c *Core) MediaDeleted(ctx context.Context, e media.Deleted) error {
	ids, err := c.store.WithImage(ctx, e.MediaID)
	if err != nil {
		return err
	}
	for _, id := range ids { // in the order of their ids: everybody locks in the same
		_, err := c.changeLocked(ctx, id, 0, func(a *store.Row) error {
			if a.MainImageID == e.MediaID {
				a.MainImageID = 0
			}
			a.ImageIDs = slices.DeleteFunc(slices.Clone(a.ImageIDs), func(id int64) bool { return id == e.MediaID })
			return nil
		})
		if err != nil && !errors.Is(err, errs.ErrNotFound) {
			return err
		}
	}
	return nil
}
