package core

import (
	"context"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/pg"
)

// Membership is a member with how they are shown.
type Membership struct {
	store.Member
	Who Who
}

// Members is a part of the list of a community's members, who has been there for longest first, and says whether
// more follow; with a role, of those who have it.
//
// Errors: errs.ErrNotFound.
func (c *Core) Members(ctx context.Context, id int64, role foro.Role, span store.SinceSpan) ([]Membership, bool, error) {
	if err := c.there(ctx, id); err != nil {
		return nil, false, err
	}
	rows, more, err := pg.Peek(span.Limit, func(limit int) ([]store.Member, error) {
		span.Limit = limit
		return c.store.Members(ctx, id, role, span)
	})
	if err != nil {
		return nil, false, err
	}
	return c.showMembers(ctx, rows), more, nil
}

// CountMembers counts a community's members, with a role those who have it, up to limit.
func (c *Core) CountMembers(ctx context.Context, id int64, role foro.Role, limit int) (int64, error) {
	all, err := c.store.Communities(ctx, id)
	n := int64(all[id].Members)
	if err != nil || role == "" {
		return min(n, int64(limit)), err
	}
	special, err := c.store.CountSpecial(ctx, id)
	if role == foro.JustMember {
		return max(0, min(n-special[foro.Owner]-special[foro.Moderator], int64(limit))), err
	}
	return min(special[role], int64(limit)), err
}

func (c *Core) there(ctx context.Context, id int64) error {
	all, err := c.store.Communities(ctx, id)
	if err == nil && len(all) == 0 {
		err = errs.ErrNotFound
	}
	return err
}

func (c *Core) showMembers(ctx context.Context, rows []store.Member) []Membership {
	ids := make([]int64, len(rows))
	for i, m := range rows {
		ids[i] = m.UserID
	}
	people := c.people(ctx, ids)
	out := make([]Membership, len(rows))
	for i, m := range rows {
		out[i] = Membership{m, people[m.UserID]}
	}
	return out
}

// Exclusion is a ban with how both people are shown.
type Exclusion struct {
	store.Ban
	Who, By Who
}

// Bans is a part of the list of who is kept out of a community, the newest first, for those who moderate it.
//
// Errors: errs.ErrNotFound; errs.ErrForbidden.
func (c *Core) Bans(ctx context.Context, id int64, span store.SinceSpan) ([]Exclusion, bool, error) {
	if err := c.mayReadBans(ctx, id); err != nil {
		return nil, false, err
	}
	rows, more, err := pg.Peek(span.Limit, func(limit int) ([]store.Ban, error) {
		span.Limit = limit
		return c.store.Bans(ctx, id, span)
	})
	if err != nil {
		return nil, false, err
	}
	var ids []int64
	for _, b := range rows {
		ids = append(ids, b.UserID)
		ids = append(ids, one(b.ByID)...)
	}
	people := c.people(ctx, ids)
	out := make([]Exclusion, len(rows))
	for i, b := range rows {
		out[i] = Exclusion{b, people[b.UserID], people[b.ByID]}
	}
	return out, more, nil
}

// CountBans counts them up to limit.
//
// Errors: errs.ErrNotFound; errs.ErrForbidden.
func (c *Core) CountBans(ctx context.Context, id int64, limit int) (int64, error) {
	if err := c.mayReadBans(ctx, id); err != nil {
		return 0, err
	}
	return c.store.CountBans(ctx, id, limit)
}

func (c *Core) mayReadBans(ctx context.Context, id int64) error {
	if err := c.there(ctx, id); err != nil {
		return err
	}
	return c.mustModerate(ctx, id)
}
