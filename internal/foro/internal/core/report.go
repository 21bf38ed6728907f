package core

import (
	"context"
	"strings"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store"
	"agrovet/internal/platform/authn"
)

// Report stores what the caller reports about a post or comment, and puts it into the moderators' queue. Who
// has reported it and waits gets that report again; fresh is false then. What many report is hidden until
// somebody decides.
//
// Errors: errs.ErrNotFound for what the caller may not see; foro.ErrOwnReport, ErrAccountGone.
func (c *Core) Report(ctx context.Context, t foro.Target, r store.Report) (out store.Report, fresh bool, err error) {
	r.ReporterID, r.Note, r.At = authn.UserID(ctx), strings.TrimSpace(r.Note), c.Now()
	err = c.DB.Tx(ctx, func(ctx context.Context) error {
		if _, err := c.present(ctx); err != nil {
			return err
		}
		x, err := c.seenContent(ctx, t, true)
		if err != nil {
			return err
		}
		if is(ctx, x.author()) {
			return foro.ErrOwnReport
		}
		out, fresh, err = c.report(ctx, x, r)
		return err
	})
	return out, fresh, err
}

// report adds a report of what is locked to its case.
func (c *Core) report(ctx context.Context, x content, r store.Report) (_ store.Report, fresh bool, err error) {
	open, ok, err := c.store.OpenCase(ctx, x.target(), false)
	if err != nil {
		return r, false, err
	}
	if ok {
		if before, ok, err := c.store.ReportOf(ctx, open.ID, r.ReporterID); err != nil || ok {
			return before, false, err
		}
	} else if open, err = c.openCase(ctx, x, store.Case{Kind: store.Reported, Rank: store.Urgent}); err != nil {
		return r, false, err
	}
	r.CaseID = open.ID
	if err := c.store.InsertReport(ctx, &r); err != nil {
		return r, false, err
	}
	open.Kind, open.Rank = store.Reported, store.Urgent
	if open.Hid, err = c.hideReported(ctx, x, open.ID); err != nil {
		return r, false, err
	}
	return r, true, c.store.GrowCase(ctx, open)
}

// hideReported hides what so many have reported, and says whether it did.
func (c *Core) hideReported(ctx context.Context, x content, caseID int64) (bool, error) {
	if c.cfg.HideAfter <= 0 || x.state() != foro.Visible {
		return false, nil
	}
	n, err := c.store.ReportCount(ctx, caseID, c.cfg.HideAfter)
	if err != nil || n < c.cfg.HideAfter {
		return false, err
	}
	return true, c.setState(ctx, x, foro.Hidden)
}

// openCase begins a case about what is locked.
func (c *Core) openCase(ctx context.Context, x content, in store.Case) (store.Case, error) {
	in.Target, in.AuthorID, in.OpenedAt = x.target(), x.author(), c.Now()
	if in.Kind != store.Appeal {
		in.CommunityID = x.post.CommunityID
	}
	err := c.store.InsertCase(ctx, &in)
	return in, err
}
