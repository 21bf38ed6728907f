package core

import (
	"context"
	"errors"
	"math"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store"
	"agrovet/internal/platform/errs"
)

const (
	hidingAtOnce  = 200    // posts or comments that a transaction hides or shows again
	showingAtOnce = 50     // fewer, since each may be hidden for another reason
	purgedAtOnce  = 10_000 // rows
)

// PurgeCounts forgets what counts for a day alone.
func (c *Core) PurgeCounts(ctx context.Context) error {
	return c.store.Purge(ctx, c.Now().Add(-day), purgedAtOnce)
}

// Withhold hides what those wrote under their name who were suspended so, and shows it again when it is over. Nobody writes
// while they are suspended, so going once over what they wrote is enough.
func (c *Core) Withhold(ctx context.Context) error {
	for {
		ids, err := c.store.SuspensionsHiding(ctx, c.Now(), hidingAtOnce)
		if err != nil || len(ids) == 0 {
			return err
		}
		for _, id := range ids {
			if err := c.withholdOf(ctx, id); err != nil {
				return err
			}
		}
	}
}

func (c *Core) withholdOf(ctx context.Context, id int64) error {
	for _, pass := range []func(context.Context, store.Suspension, int64, int) (int64, error){c.store.WithholdPosts, c.store.WithholdComments} {
		for below := int64(math.MaxInt64); below > 0; {
			err := c.DB.Tx(ctx, func(ctx context.Context) (err error) {
				below, err = c.hideBelow(ctx, id, below, pass)
				return err
			})
			if errors.Is(err, errOver) {
				return c.endWithholding(ctx, id)
			}
			if err != nil {
				return err
			}
		}
	}
	return c.store.SetHiding(ctx, id, store.HidingDone)
}

// errOver says that a suspension ended while its hiding was under way.
var errOver = errors.New("the suspension is over")

// hideBelow hides some. The suspension is locked after the posts, as by whoever decides an appeal, so that it
// may have ended meanwhile: then nothing is hidden.
func (c *Core) hideBelow(ctx context.Context, id, below int64, pass func(context.Context, store.Suspension, int64, int) (int64, error)) (last int64, err error) {
	in, ok, err := c.store.Suspension(ctx, id)
	if err == nil && ok && in.In(c.Now()) {
		if last, err = pass(ctx, in, below, hidingAtOnce); err == nil {
			in, ok, err = c.store.LockSuspension(ctx, id)
		}
	}
	if err == nil && (!ok || !in.In(c.Now())) {
		err = errOver
	}
	return last, err
}

// endWithholding shows what a suspension hid, a few at a time.
func (c *Core) endWithholding(ctx context.Context, id int64) error {
	for {
		n := 0
		err := c.DB.Tx(ctx, func(ctx context.Context) error {
			hidden, err := c.store.Withheld(ctx, id, showingAtOnce)
			if n = len(hidden); err != nil {
				return err
			}
			posts := make([]int64, n)
			for i, t := range hidden {
				posts[i] = t.PostID
			}
			if err := c.store.LockPosts(ctx, posts); err != nil {
				return err
			}
			for _, t := range hidden {
				if err := c.release(ctx, t, id); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		if n == 0 {
			return c.store.SetHiding(ctx, id, store.NotHiding)
		}
	}
}

// release shows again what a suspension hid, unless a moderator has decided about it meanwhile. The post is
// locked.
func (c *Core) release(ctx context.Context, t foro.Target, suspensionID int64) error {
	still, err := c.store.EndWithholding(ctx, t)
	if err != nil || !still {
		return err
	}
	x, err := c.content(ctx, t, true)
	switch {
	case errors.Is(err, errs.ErrNotFound):
		return nil
	case err != nil || x.state() != foro.Hidden:
		return err
	}
	return c.reveal(ctx, x, suspensionID)
}

// reveal shows something that is hidden, unless another suspension than this hides it.
func (c *Core) reveal(ctx context.Context, x content, but int64) error {
	in, ok, err := c.store.Withholding(ctx, x.author(), x.post.CommunityID, but, c.Now())
	if err != nil {
		return err
	}
	if ok {
		return c.store.Withhold(ctx, in, x.target())
	}
	return c.setState(ctx, x, foro.Visible)
}
