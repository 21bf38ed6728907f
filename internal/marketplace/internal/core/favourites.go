package core

import (
	"context"
	"slices"

	"agrovet/internal/marketplace"
	"agrovet/internal/marketplace/internal/store"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/errs"
)

// FavouriteShown is a favourite with its advert.
type FavouriteShown struct {
	store.Favourite
	Add *Shown // nil: the caller does not see the advert any more
}

// Favour makes an advert one of the caller's favourites, which it may be already.
//
// Errors: errs.ErrNotFound for what the caller does not see; marketplace.ErrTooManyFavourites.
func (c *Core) Favour(ctx context.Context, addID int64) error {
	me := authn.UserID(ctx)
	row, ok, err := c.store.Get(ctx, addID, false)
	if err == nil && (!ok || !knows(ctx, row.Add)) {
		err = errs.ErrNotFound
	}
	if err != nil {
		return err
	}
	return c.DB.Tx(ctx, func(ctx context.Context) error {
		gone, err := c.store.LockPerson(ctx, me)
		if err == nil && gone {
			err = errs.ErrForbidden
		}
		if err != nil {
			return err
		}
		return c.favours(ctx, me, addID)
	})
}

// favours makes a favourite of a person who is locked.
func (c *Core) favours(ctx context.Context, me, addID int64) error {
	ok, err := c.store.AddFavourite(ctx, me, addID)
	if err != nil || !ok {
		return err
	}
	n, err := c.store.CountFavourites(ctx, me, marketplace.MaxFavourites+1)
	if err == nil && n > marketplace.MaxFavourites {
		err = marketplace.ErrTooManyFavourites
	}
	return err
}

// Unfavour takes an advert out of the caller's favourites, also one that they do not see any more.
func (c *Core) Unfavour(ctx context.Context, addID int64) error {
	return c.store.DeleteFavourite(ctx, authn.UserID(ctx), addID)
}

// Favourites returns a part of the caller's, the last first, and whether more follows. Those whose
// adverts are sold, paused or gone stay in the list, without them: what disappears silently is looked
// for again and again.
func (c *Core) Favourites(ctx context.Context, span store.IDSpan) ([]FavouriteShown, bool, error) {
	rows, more, err := part(span, func(span store.IDSpan) ([]store.Favourite, error) {
		return c.store.Favourites(ctx, authn.UserID(ctx), span)
	})
	if err != nil {
		return nil, false, err
	}
	adds, err := c.visible(ctx, rows)
	if err != nil {
		return nil, false, err
	}
	out := make([]FavouriteShown, len(rows))
	for i, f := range rows {
		out[i] = FavouriteShown{f, adds[f.AddID]}
	}
	return out, more, nil
}

// visible are the adverts of favourites that the caller sees: none of those whom they have blocked.
func (c *Core) visible(ctx context.Context, favourites []store.Favourite) (map[int64]*Shown, error) {
	ids := make([]int64, len(favourites))
	for i, f := range favourites {
		ids[i] = f.AddID
	}
	blocked, err := c.Blocked(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := c.store.ByIDs(ctx, ids...)
	if err != nil {
		return nil, err
	}
	rows = slices.DeleteFunc(rows, func(r store.Row) bool { return !knows(ctx, r.Add) || slices.Contains(blocked, r.PublisherID) })
	shown, err := c.showAll(ctx, rows)
	adds := make(map[int64]*Shown, len(shown))
	for i := range shown {
		adds[shown[i].ID] = &shown[i]
	}
	return adds, err
}

// CountFavourites counts the caller's up to limit.
func (c *Core) CountFavourites(ctx context.Context, limit int) (int64, error) {
	return c.store.CountFavourites(ctx, authn.UserID(ctx), limit)
}

// favouritesAmong tells which adverts are the caller's favourites; nil when nobody is signed in.
func (c *Core) favouritesAmong(ctx context.Context, rows []store.Row) (map[int64]bool, error) {
	me := authn.UserID(ctx)
	if me == 0 || len(rows) == 0 {
		return nil, nil
	}
	ids := make([]int64, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	return c.store.FavouritesAmong(ctx, me, ids)
}
