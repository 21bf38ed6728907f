package core

import (
	"context"

	"agrovet/internal/foro"
	"agrovet/internal/platform/errs"
)

// ChangeCommunity has its owner or staff change a community. change is told first whether they may.
//
// Errors: errs.ErrNotFound; errs.ErrForbidden; foro.ErrStandard; wrong fields; those of change.
func (c *Core) ChangeCommunity(ctx context.Context, id int64, change func(*foro.Community) error) (Place, error) {
	var m foro.Community
	err := c.DB.Tx(ctx, func(ctx context.Context) (err error) {
		if m, err = c.lockedToRun(ctx, id); err != nil {
			return err
		}
		before := m
		if err := change(&m); err != nil {
			return err
		}
		return c.saveCommunity(ctx, before, m)
	})
	return c.showPlace(ctx, m, true, err)
}

func (c *Core) saveCommunity(ctx context.Context, before, m foro.Community) error {
	if m.Slug == "" {
		m.Slug = before.Slug
	}
	if err := checkCommunity(m); err != nil || m == before {
		return err
	}
	if m.Name != before.Name || m.Slug != before.Slug {
		name, slug, err := c.store.Taken(ctx, m)
		if err == nil {
			err = taken(name, slug)
		}
		if err != nil {
			return err
		}
	}
	if err := c.store.UpdateCommunity(ctx, m); err != nil {
		return orTaken(err)
	}
	if m.Name == before.Name && m.ShortDescription == before.ShortDescription {
		return nil
	}
	return c.store.PutWords(ctx, m)
}

// EndCommunity has its owner or staff delete a community: it vanishes at once, and is taken apart in the
// background.
//
// Errors: errs.ErrNotFound; errs.ErrForbidden; foro.ErrStandard.
func (c *Core) EndCommunity(ctx context.Context, id int64) error {
	return c.DB.Tx(ctx, func(ctx context.Context) error {
		m, err := c.lockedToRun(ctx, id)
		if err != nil {
			return err
		}
		for _, p := range []Picture{Cover, Avatar} {
			if err := c.showFiles(ctx, p.place(id), *p.of(&m), 0); err != nil {
				return err
			}
		}
		return c.store.EndCommunity(ctx, id)
	})
}

// takenOut is how many posts or members one transaction takes out of a community.
const takenOut = 300

// RemoveCommunities takes apart the communities that were deleted: their posts go on in none.
func (c *Core) RemoveCommunities(ctx context.Context) error {
	for {
		ids, err := c.store.Ended(ctx, takenOut)
		if err != nil || len(ids) == 0 {
			return err
		}
		for _, id := range ids {
			if err := c.removeCommunity(ctx, id); err != nil {
				return err
			}
		}
	}
}

func (c *Core) removeCommunity(ctx context.Context, id int64) error {
	for _, takeOut := range []func(context.Context, int64, int) (int64, error){c.store.TakeOutPosts, c.store.TakeOutMembers} {
		for n := int64(takenOut); n == takenOut; {
			err := c.DB.Tx(ctx, func(ctx context.Context) (err error) {
				n, err = takeOut(ctx, id, takenOut)
				return err
			})
			if err != nil {
				return err
			}
		}
	}
	return c.store.RemoveCommunity(ctx, id)
}

// mayRun says whether the caller may change a community, before anything costly is done for it.
//
// Errors: errs.ErrNotFound; errs.ErrForbidden; foro.ErrStandard.
func (c *Core) mayRun(ctx context.Context, id int64) error {
	all, err := c.store.Communities(ctx, id)
	if err != nil {
		return err
	}
	m, ok := all[id]
	if !ok {
		return errs.ErrNotFound
	}
	return runs(ctx, m)
}
