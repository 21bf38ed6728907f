package core

import (
	"context"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store"
	"agrovet/internal/media"
)

// effect does to what is locked what a decision says. against is what it may undo.
//
// Errors: foro.ErrNothingToDecide when it is so already.
func (c *Core) effect(ctx context.Context, x content, in store.Case, d store.Decision, v Verdict, against store.Decision) error {
	switch d.Decision {
	case foro.Hide:
		if x.state() == foro.Removed || x.state() == foro.Deleted || x.state() == foro.Hidden && in.Kind == store.Direct {
			return foro.ErrNothingToDecide
		}
		return c.settle(ctx, x, foro.Hidden)
	case foro.Remove:
		return c.removeContent(ctx, x)
	case foro.Restore:
		return c.undo(ctx, x, in, against)
	case foro.Lock, foro.Unlock:
		locked := d.Decision == foro.Lock
		if x.post.Locked == locked {
			return foro.ErrNothingToDecide
		}
		if err := c.store.SetLocked(ctx, x.post.ID, locked); err != nil {
			return err
		}
	case foro.Suspend:
		if err := c.suspend(ctx, x, d, v.HideContent); err != nil {
			return err
		}
	}
	return c.showAgain(ctx, x, in)
}

// setState changes who sees what is locked, unless its author has deleted it. All that moderators do goes
// through it.
func (c *Core) setState(ctx context.Context, x content, s foro.State) error {
	if x.state() == s || x.state() == foro.Deleted {
		return nil
	}
	return c.store.SetState(ctx, x.target(), s)
}

// settle is setState for what somebody has decided: a suspension of its author has no say any more.
func (c *Core) settle(ctx context.Context, x content, s foro.State) error {
	if _, err := c.store.EndWithholding(ctx, x.target()); err != nil {
		return err
	}
	return c.setState(ctx, x, s)
}

// removeContent takes something away, and has its files deleted at once and for good, also those that it had
// before it was changed.
func (c *Core) removeContent(ctx context.Context, x content) error {
	if x.state() == foro.Removed {
		return foro.ErrNothingToDecide
	}
	if err := c.settle(ctx, x, foro.Removed); err != nil {
		return err
	}
	files, err := c.store.Strip(ctx, x.target())
	if err != nil || len(files) == 0 {
		return err
	}
	return c.publish(ctx, media.Withdrawn{Module: "foro", Place: x.place(), IDs: files})
}

// undo makes a decision undone: what was taken away is shown again, without its files. Of an appeal, whatever
// it is against.
func (c *Core) undo(ctx context.Context, x content, in store.Case, against store.Decision) error {
	if in.Appeals != 0 {
		switch against.Decision {
		case foro.Lock:
			return c.store.SetLocked(ctx, x.post.ID, false)
		case foro.Suspend:
			return c.liftBy(ctx, against.ID)
		case foro.Warn:
			return nil
		}
	} else if x.state() == foro.Visible || x.state() == foro.Deleted {
		return foro.ErrNothingToDecide
	}
	return c.settle(ctx, x, foro.Visible)
}

// showAgain shows what was hidden until somebody decides, unless its author is suspended and what they wrote
// is hidden.
func (c *Core) showAgain(ctx context.Context, x content, in store.Case) error {
	if !in.Hid || x.state() != foro.Hidden {
		return nil
	}
	return c.reveal(ctx, x, 0)
}
