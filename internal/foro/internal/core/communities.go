package core

import (
	"context"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store"
	"agrovet/internal/media"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/pg"
)

// Place is a community with what a reader sees beside it.
type Place struct {
	foro.Community
	Cover, Avatar *media.Object // nil: none, or media does not answer
	Asked         bool          // whether Role was asked for: not for the anonymous, nor beside posts
	Role          foro.Role     // the reader's; empty: none
}

// Communities is a part of the list of communities, and says whether more follow. Nobody's own are none.
func (c *Core) Communities(ctx context.Context, d store.Directory, span store.SizeSpan) ([]Place, bool, error) {
	rows, more, err := pg.Peek(span.Limit, func(limit int) ([]foro.Community, error) {
		span.Limit = limit
		return c.store.Directory(ctx, d, span)
	})
	if err != nil {
		return nil, false, err
	}
	places, err := c.showPlaces(ctx, rows)
	return places, more, err
}

// CountCommunities counts the list up to limit.
func (c *Core) CountCommunities(ctx context.Context, d store.Directory, limit int) (int64, error) {
	return c.store.CountDirectory(ctx, d, limit)
}

// Community returns one.
//
// Errors: errs.ErrNotFound.
func (c *Core) Community(ctx context.Context, id int64) (Place, error) {
	all, err := c.store.Communities(ctx, id)
	m, ok := all[id]
	return c.showPlace(ctx, m, ok, err)
}

// CommunityBySlug returns one.
//
// Errors: errs.ErrNotFound.
func (c *Core) CommunityBySlug(ctx context.Context, slug string) (Place, error) {
	if !slugPattern.MatchString(slug) {
		return Place{}, errs.ErrNotFound
	}
	m, ok, err := c.store.CommunityBySlug(ctx, slug)
	return c.showPlace(ctx, m, ok, err)
}

func (c *Core) showPlace(ctx context.Context, m foro.Community, ok bool, err error) (Place, error) {
	if err == nil && !ok {
		err = errs.ErrNotFound
	}
	if err != nil {
		return Place{}, err
	}
	places, err := c.showPlaces(ctx, []foro.Community{m})
	if err != nil {
		return Place{}, err
	}
	return places[0], nil
}

// showPlaces asks for everything beside the communities of a page at once.
func (c *Core) showPlaces(ctx context.Context, all []foro.Community) ([]Place, error) {
	var ids, files []int64
	for _, m := range all {
		ids, files = append(ids, m.ID), append(files, pictures(m)...)
	}
	var roles map[int64]foro.Role
	me := authn.UserID(ctx)
	if me != 0 && len(ids) > 0 {
		var err error
		if roles, err = c.store.RolesIn(ctx, me, ids...); err != nil {
			return nil, err
		}
	}
	objects := c.objects(ctx, files)
	places := make([]Place, len(all))
	for i, m := range all {
		places[i] = placeOf(m, objects)
		places[i].Asked, places[i].Role = me != 0, roles[m.ID]
	}
	return places, nil
}

// pictures are the files that a community shows.
func pictures(m foro.Community) []int64 { return append(one(m.CoverID), one(m.AvatarID)...) }

func placeOf(m foro.Community, objects map[int64]media.Object) Place {
	p := Place{Community: m}
	if o, ok := objects[m.CoverID]; ok {
		p.Cover = &o
	}
	if o, ok := objects[m.AvatarID]; ok {
		p.Avatar = &o
	}
	return p
}

// runs refuses whoever does not decide about a community itself: its owner does, and staff; of a standard one
// staff alone.
//
// Errors: errs.ErrForbidden, foro.ErrStandard.
func runs(ctx context.Context, m foro.Community) error {
	switch {
	case staff(ctx):
		return nil
	case m.Standard:
		return foro.ErrStandard
	case !is(ctx, m.CreatedBy):
		return errs.ErrForbidden
	}
	return nil
}

// lockedToRun is a community that the caller decides about, locked.
//
// Errors: errs.ErrNotFound and those of runs.
func (c *Core) lockedToRun(ctx context.Context, id int64) (foro.Community, error) {
	m, err := c.lockedCommunity(ctx, id)
	if err == nil {
		err = runs(ctx, m)
	}
	return m, err
}

// lockedCommunity is a community, locked.
//
// Errors: errs.ErrNotFound.
func (c *Core) lockedCommunity(ctx context.Context, id int64) (foro.Community, error) {
	m, ok, err := c.store.LockCommunity(ctx, id)
	if err == nil && !ok {
		err = errs.ErrNotFound
	}
	return m, err
}
