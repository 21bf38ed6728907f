package core

import (
	"context"

	"agrovet/internal/chat"
	"agrovet/internal/chat/internal/store"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/pg"
)

// moderates says whether staff asks.
func moderates(ctx context.Context) bool {
	p, _ := authn.From(ctx)
	return p.Staff || p.Superuser
}

// moderate deletes a message for staff, who need not be a member. The log tells the members who it was.
func (c *Core) moderate(ctx context.Context, e chat.Entry, staff int64) error {
	err := c.DB.Tx(ctx, func(ctx context.Context) error {
		r, ok, err := c.store.LockRoom(ctx, e.RoomID)
		if err != nil || !ok {
			return or(err, errs.ErrNotFound)
		}
		entries, err := c.delete(ctx, e.ID, staff)
		if err != nil {
			return err
		}
		return c.append(ctx, &r, entries...)
	})
	if err == nil {
		c.Log.InfoContext(ctx, "staff deleted a message", "staff", staff, "message", e.ID, "room", e.RoomID, "author", e.UserID)
	}
	return err
}

// Revisions are what a message said before, for staff: after a number, oldest first.
//
// Errors: errs.ErrNotFound.
func (c *Core) Revisions(ctx context.Context, id int64, after, skip, limit int) (rows []store.Revision, more bool, err error) {
	if _, err := c.message(ctx, id); err != nil {
		return nil, false, err
	}
	return pg.Peek(limit, func(limit int) ([]store.Revision, error) {
		return c.store.Revisions(ctx, id, after, skip, limit)
	})
}

// CountRevisions counts them, up to most.
//
// Errors: errs.ErrNotFound.
func (c *Core) CountRevisions(ctx context.Context, id int64, most int) (int64, error) {
	if _, err := c.message(ctx, id); err != nil {
		return 0, err
	}
	return c.store.CountRevisions(ctx, id, most)
}
