package core

import (
	"context"
	"strings"

	"agrovet/internal/marketplace"
	"agrovet/internal/marketplace/internal/store"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/errs"
)

// Report stores what the caller reports about an advert, and puts it into staff's queue. Who has an open
// report about it gets that one again; fresh is false then.
//
// Errors: errs.ErrNotFound for an advert that the caller may not see; marketplace.ErrOwnReport;
// errs.ErrForbidden for who is gone.
func (c *Core) Report(ctx context.Context, r store.Report) (out store.Report, fresh bool, err error) {
	r.ReporterID, r.Note, r.At = authn.UserID(ctx), strings.TrimSpace(r.Note), c.Now()
	err = c.DB.Tx(ctx, func(ctx context.Context) error {
		// The person first and the advert second, as whoever forgets a person locks them.
		gone, err := c.store.LockPerson(ctx, r.ReporterID)
		if err == nil && gone {
			err = errs.ErrForbidden
		}
		if err != nil {
			return err
		}
		row, err := c.reportable(ctx, r.AddID)
		if err != nil {
			return err
		}
		var ok bool
		if out, ok, err = c.store.OpenReport(ctx, r.AddID, r.ReporterID); err != nil || ok {
			fresh = false
			return err
		}
		fresh = true
		if out, err = c.store.AddReport(ctx, r); err != nil {
			return err
		}
		return c.store.OpenCase(ctx, row, store.Urgent, r.At)
	})
	return out, fresh, err
}

// reportable is an advert that the caller may report, locked: what is said against it and what staff
// decides come one after the other.
func (c *Core) reportable(ctx context.Context, id int64) (store.Row, error) {
	row, ok, err := c.store.Get(ctx, id, true)
	switch {
	case err != nil:
		return row, err
	case !ok || !knows(ctx, row.Add):
		return row, errs.ErrNotFound
	case row.PublisherID == authn.UserID(ctx):
		return row, marketplace.ErrOwnReport
	}
	return row, nil
}
