package core

import (
	"context"

	"agrovet/internal/marketplace"
	"agrovet/internal/marketplace/internal/store"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/errs"
)

// Edit is what somebody does to an advert.
type Edit struct {
	Version int // only when the advert is this version; 0: whatever it is
	Change  func(*marketplace.Add)
}

// Change changes an advert, its status included. Whoever changes one does so one after another, so that
// no change is lost and the statuses follow each other as they may.
//
// Errors: errs.ErrNotFound, errs.ErrForbidden; marketplace.ErrChanged; marketplace.ErrTransition,
// ErrRemoved and ErrMayNotPublish for the status; marketplace.ErrMediaUnavailable; wrong fields.
func (c *Core) Change(ctx context.Context, id int64, e Edit) (Shown, error) {
	if err := c.claimFor(ctx, id, e); err != nil {
		return Shown{}, err
	}
	by, _ := authn.From(ctx)
	row, err := c.changeLocked(ctx, id, by.UserID, func(r *store.Row) error {
		before := *r
		if err := c.allowed(ctx, before, e.Version); err != nil {
			return err
		}
		if err := c.apply(ctx, before, r, e); err != nil {
			return err
		}
		if before.Status != marketplace.StatusActive && r.Status == marketplace.StatusActive {
			return c.mayPublish(ctx)
		}
		return nil
	})
	if err != nil {
		return Shown{}, err
	}
	return c.show(ctx, row)
}

// claimFor makes the pictures that the edit adds the publisher's, before anything is locked.
func (c *Core) claimFor(ctx context.Context, id int64, e Edit) error {
	before, err := c.mine(ctx, id, e.Version)
	if err != nil {
		return err
	}
	after := before
	if err := c.apply(ctx, before, &after, e); err != nil {
		return err
	}
	return c.claimPictures(ctx, before.PublisherID, before.Add, after.Add)
}

// apply makes the edit. What its writer cannot change stays as it is.
func (c *Core) apply(ctx context.Context, before store.Row, r *store.Row, e Edit) error {
	e.Change(&r.Add)
	fixed := before.Add
	r.ID, r.PublisherID, r.Version, r.Removed = fixed.ID, fixed.PublisherID, fixed.Version, fixed.Removed
	r.CreatedAt, r.UpdatedAt, r.ExpiresAt = fixed.CreatedAt, fixed.UpdatedAt, fixed.ExpiresAt
	if err := mayBecome(fixed, r.Status); err != nil {
		return err
	}
	return c.shape(ctx, before, r)
}

// mine is an advert that the caller may change.
//
// Errors: errs.ErrNotFound for one that is not there or that others do not see; errs.ErrForbidden for
// somebody else's; marketplace.ErrChanged when it is not of the version, unless that is 0.
func (c *Core) mine(ctx context.Context, id int64, version int) (store.Row, error) {
	row, ok, err := c.store.Get(ctx, id, false)
	if err == nil && !ok {
		err = errs.ErrNotFound
	}
	if err == nil {
		err = c.allowed(ctx, row, version)
	}
	return row, err
}

func (c *Core) allowed(ctx context.Context, r store.Row, version int) error {
	switch {
	case !knows(ctx, r.Add):
		return errs.ErrNotFound
	case !owns(ctx, r.Add):
		return errs.ErrForbidden
	case version != 0 && version != r.Version:
		return marketplace.ErrChanged
	}
	return nil
}

// owns says whether the caller is the advert's publisher, or staff.
func owns(ctx context.Context, a marketplace.Add) bool {
	p, _ := authn.From(ctx)
	return p.Staff || p.Superuser || p.Is(a.PublisherID)
}

// knows says whether the caller may know that the advert is there.
func knows(ctx context.Context, a marketplace.Add) bool {
	return a.Status == marketplace.StatusActive || owns(ctx, a)
}

// Renew gives an advert a whole lifetime from now on, also one that has expired.
//
// Errors: as Change.
func (c *Core) Renew(ctx context.Context, id int64) (Shown, error) {
	by, _ := authn.From(ctx)
	row, err := c.changeLocked(ctx, id, by.UserID, func(r *store.Row) error {
		if err := c.allowed(ctx, *r, 0); err != nil {
			return err
		}
		if r.Status != marketplace.StatusActive && r.Status != marketplace.StatusExpired {
			return marketplace.ErrTransition
		}
		if err := mayBecome(r.Add, marketplace.StatusActive); err != nil {
			return err
		}
		r.Status = marketplace.StatusActive
		c.start(r)
		return c.mayPublish(ctx)
	})
	if err != nil {
		return Shown{}, err
	}
	return c.show(ctx, row)
}

// Delete removes an advert for good.
//
// Errors: errs.ErrNotFound, errs.ErrForbidden, marketplace.ErrChanged.
func (c *Core) Delete(ctx context.Context, id int64, version int) error {
	return c.DB.Tx(ctx, func(ctx context.Context) error {
		row, ok, err := c.store.Get(ctx, id, true)
		if err == nil && !ok {
			err = errs.ErrNotFound
		}
		if err == nil {
			err = c.allowed(ctx, row, version)
		}
		if err != nil {
			return err
		}
		return c.remove(ctx, row)
	})
}

// remove deletes an advert that is locked.
func (c *Core) remove(ctx context.Context, r store.Row) error {
	if err := c.store.Delete(ctx, r.ID); err != nil {
		return err
	}
	if err := c.showPictures(ctx, r.ID, pictures(r.Add), nil); err != nil {
		return err
	}
	return c.publish(ctx, marketplace.Deleted{AddID: r.ID, PublisherID: r.PublisherID})
}
