package core

import (
	"context"

	"agrovet/internal/foro/internal/store"
	"agrovet/internal/platform/pg"
)

// Ruling is a decision with what staff sees beside it.
type Ruling struct {
	store.Decision
	Actor *Who // who decided; nil: for others than staff, and of who is gone
}

// Decisions is a part of the log of all, newest first, and whether more follows. It is for everybody.
func (c *Core) Decisions(ctx context.Context, span store.IDSpan) (page []Ruling, more bool, err error) {
	rows, more, err := pg.Peek(span.Limit, func(limit int) ([]store.Decision, error) {
		span.Limit = limit
		return c.store.Log(ctx, span)
	})
	if err != nil {
		return nil, false, err
	}
	return c.rulings(ctx, rows), more, nil
}

// DecisionsCount counts the log up to limit.
func (c *Core) DecisionsCount(ctx context.Context, limit int) (int64, error) {
	return c.store.LogCount(ctx, limit)
}

func (c *Core) rulings(ctx context.Context, rows []store.Decision) []Ruling {
	out := make([]Ruling, len(rows))
	var ids []int64
	for i, d := range rows {
		out[i].Decision = d
		if staff(ctx) {
			ids = append(ids, one(d.ActorID)...)
		}
	}
	people := c.people(ctx, ids)
	for i, d := range rows {
		if w, ok := people[d.ActorID]; ok {
			out[i].Actor = &w
		}
	}
	return out
}

func (c *Core) rulingsByID(ctx context.Context, ids []int64) (map[int64]*Ruling, error) {
	byID := map[int64]*Ruling{}
	if len(ids) == 0 {
		return byID, nil
	}
	rows, err := c.store.DecisionsByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	var all []store.Decision
	for _, d := range rows {
		all = append(all, d)
	}
	for _, r := range c.rulings(ctx, all) {
		byID[r.ID] = &r
	}
	return byID, nil
}

// forgetModeration takes somebody who is gone out of what moderators see and of the log. They are locked alone.
func (c *Core) forgetModeration(ctx context.Context, userID int64) error {
	return c.store.ForgetModeration(ctx, userID)
}
