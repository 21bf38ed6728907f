package core

import (
	"context"

	"agrovet/internal/auth"
	"agrovet/internal/foro/internal/store"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/pg"
)

// Notice is what the reader is told, with whom they see in it.
type Notice struct {
	store.Notice
	Actor auth.User // of id 0: nobody, or somebody who does not show their name, or whose account is gone
}

// Notices is a part of what the reader is told, newest activity first, and whether more follows.
func (c *Core) Notices(ctx context.Context, span store.NoticeSpan) ([]Notice, bool, error) {
	rows, more, err := pg.Peek(span.Limit, func(limit int) ([]store.Notice, error) {
		span.Limit = limit
		return c.store.Notices(ctx, authn.UserID(ctx), span)
	})
	if err != nil {
		return nil, false, err
	}
	return c.showNotices(ctx, rows), more, nil
}

// showNotices asks auth for everybody on a page at once.
func (c *Core) showNotices(ctx context.Context, rows []store.Notice) []Notice {
	var actors []int64
	for _, n := range rows {
		actors = append(actors, one(n.ActorID)...)
	}
	users, out := c.users(ctx, actors), make([]Notice, len(rows))
	for i, n := range rows {
		actor, ok := users[n.ActorID]
		if !ok {
			actor.ID = n.ActorID
		}
		out[i] = Notice{n, actor}
	}
	return out
}

// CountNotices counts what the reader is told, or what they have not read of it, up to limit.
func (c *Core) CountNotices(ctx context.Context, unread bool, limit int) (int64, error) {
	return c.store.CountNotices(ctx, authn.UserID(ctx), unread, limit)
}

// Notice returns one of the reader's.
//
// Errors: errs.ErrNotFound, also for others'.
func (c *Core) Notice(ctx context.Context, id int64) (Notice, error) {
	n, ok, err := c.store.Notice(ctx, authn.UserID(ctx), id)
	if err == nil && !ok {
		err = errs.ErrNotFound
	}
	if err != nil {
		return Notice{}, err
	}
	return c.showNotices(ctx, []store.Notice{n})[0], nil
}

// Reading is which of the reader's notifications they have read: those with these ids; all; one and what happened
// before it, in the order of their list.
type Reading struct {
	IDs  []int64
	All  bool
	UpTo int64 // 0: none
}

// ReadNotices marks them as read and says how many were not.
func (c *Core) ReadNotices(ctx context.Context, r Reading) (n int64, err error) {
	me := authn.UserID(ctx)
	err = c.DB.Tx(ctx, func(ctx context.Context) error {
		n, err = c.store.ReadNotices(ctx, me, r.IDs)
		more := int64(0)
		switch {
		case err != nil:
			return err
		case r.All:
			more, err = c.store.ReadAllNotices(ctx, me)
		case r.UpTo != 0:
			more, err = c.store.ReadNoticesUpTo(ctx, me, r.UpTo)
		}
		n += more
		return err
	})
	return n, err
}

// DeleteNotice removes one of the reader's. What it told of is not told again.
//
// Errors: errs.ErrNotFound, also for others'.
func (c *Core) DeleteNotice(ctx context.Context, id int64) error {
	ok, err := c.store.DeleteNotice(ctx, authn.UserID(ctx), id)
	if err == nil && !ok {
		err = errs.ErrNotFound
	}
	return err
}

// noticesAtOnce is how many notifications a job goes through in one transaction.
const noticesAtOnce = 5000

// PurgeNotices removes notifications in which nothing has happened for as long as they are kept.
func (c *Core) PurgeNotices(ctx context.Context) error {
	since, after := c.Now().Add(-c.cfg.KeepNotices), int64(0)
	for {
		old, last, err := c.store.OldNotices(ctx, since, after, noticesAtOnce)
		if err == nil && len(old) > 0 {
			err = c.store.DeleteNotices(ctx, old)
		}
		if err != nil || last == 0 {
			return err
		}
		after = last
	}
}
