package core

import (
	"context"
	"slices"

	"agrovet/internal/auth"
	"agrovet/internal/marketplace"
	"agrovet/internal/marketplace/internal/store"
	"agrovet/internal/platform/authn"
)

// Publish makes an advert of the caller: active, or a draft when it says so.
//
// Errors: marketplace.ErrMayNotPublish; marketplace.ErrTooMany; marketplace.ErrMediaUnavailable; wrong
// fields.
func (c *Core) Publish(ctx context.Context, a marketplace.Add) (Shown, error) {
	userID := authn.UserID(ctx)
	if err := c.mayPublish(ctx); err != nil {
		return Shown{}, err
	}
	r := store.Row{Add: a}
	r.ID, r.PublisherID = 0, userID
	if r.Status != marketplace.StatusDraft {
		r.Status = marketplace.StatusActive
	}
	if err := c.shape(ctx, store.Row{}, &r); err != nil {
		return Shown{}, err
	}
	if err := c.claimPictures(ctx, userID, marketplace.Add{}, r.Add); err != nil {
		return Shown{}, err
	}
	err := c.DB.Tx(ctx, func(ctx context.Context) error {
		if err := c.admit(ctx, userID); err != nil {
			return err
		}
		return c.insert(ctx, &r)
	})
	if err != nil {
		return Shown{}, err
	}
	return c.show(ctx, r)
}

// mayPublish says whether the caller may make an advert be shown: by their role, or as staff.
//
// Errors: marketplace.ErrMayNotPublish.
func (c *Core) mayPublish(ctx context.Context) error {
	p, _ := authn.From(ctx)
	if c.cfg.Everyone || p.Staff || p.Superuser || slices.Contains(c.cfg.Roles, auth.Role(p.Role)) {
		return nil
	}
	return marketplace.ErrMayNotPublish
}

// admit takes one of a newcomer's adverts of the day. The person's row is locked until the commit, so
// that requests that come together are counted one after the other, and nothing is made for somebody who
// is going.
//
// Errors: marketplace.ErrTooMany with the time to wait; marketplace.ErrMayNotPublish for who is gone.
func (c *Core) admit(ctx context.Context, userID int64) error {
	p, err := c.store.LockPublisher(ctx, userID, c.Now())
	switch {
	case err != nil:
		return err
	case p.Gone:
		return marketplace.ErrMayNotPublish
	case c.cfg.PerDay > 0 && c.Now().Sub(p.Since) < c.cfg.Newcomer && p.Today >= c.cfg.PerDay:
		return marketplace.ErrTooMany.After(p.DayEnds.Sub(c.Now()))
	}
	return c.store.CountPublished(ctx, userID)
}

// insert stores a new advert and what follows from it.
func (c *Core) insert(ctx context.Context, r *store.Row) error {
	if err := c.roughen(ctx, r.PublisherID, &r.Place); err != nil {
		return err
	}
	if r.Status == marketplace.StatusActive {
		r.ExpiresAt = c.Now().Add(c.cfg.Lifetime)
	}
	if err := c.store.Insert(ctx, r); err != nil {
		return c.categoryGone(err, r.CategoryID)
	}
	return c.follow(ctx, r.PublisherID, store.Row{}, r)
}
