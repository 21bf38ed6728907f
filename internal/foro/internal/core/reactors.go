package core

import (
	"context"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/pg"
)

// Reactor is a reaction with who reacted.
type Reactor struct {
	foro.Reaction
	Who Who
}

// Reactors is who reacted to a post or comment.
type Reactors struct {
	c  *Core
	on reactedTo
	t  foro.Target
}

// Reactors returns the list of them.
//
// Errors: foro.ErrNoTarget, also for what the reader may not see.
func (c *Core) Reactors(ctx context.Context, t foro.Target) (Reactors, error) {
	on := reactedTo{}
	if t.CommentID != 0 {
		m, ok, err := c.store.Comment(ctx, t.CommentID, false)
		if err != nil {
			return Reactors{}, err
		}
		if !ok || m.State != foro.Visible {
			return Reactors{}, foro.ErrNoTarget
		}
		on.comment, t.PostID = m, m.PostID
	}
	p, err := c.seen(ctx, t.PostID)
	if errs.As(err) == errs.ErrNotFound {
		err = foro.ErrNoTarget
	}
	on.post = p
	return Reactors{c, on, t}, err
}

// Count counts them up to limit.
func (r Reactors) Count(ctx context.Context, limit int) (int64, error) {
	return r.c.store.CountReactions(ctx, r.t, limit)
}

// Rows returns a part of them, newest first, and whether more follows. The asker who does not show their name
// does not show it here.
func (r Reactors) Rows(ctx context.Context, span store.IDSpan) (rows []Reactor, more bool, err error) {
	all, more, err := pg.Peek(span.Limit, func(limit int) ([]foro.Reaction, error) {
		span.Limit = limit
		return r.c.store.Reactions(ctx, r.t, span)
	})
	if err != nil {
		return nil, false, err
	}
	ids := make([]int64, len(all))
	for i, one := range all {
		ids[i] = shownAs(ctx, one.UserID, r.on.asks(one.UserID))
	}
	people := r.c.people(ctx, ids)
	rows = make([]Reactor, len(all))
	for i, one := range all {
		rows[i] = Reactor{one, author(ctx, people, one.UserID, r.on.asks(one.UserID))}
		rows[i].UserID, rows[i].Target = ids[i], r.t
	}
	return rows, more, nil
}
