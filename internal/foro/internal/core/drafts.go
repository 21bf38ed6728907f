package core

import (
	"context"
	"fmt"

	"agrovet/internal/foro"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/errs"
)

// DraftEdit is what somebody does to a draft.
type DraftEdit struct {
	Version int               // only when the draft is this version; 0: whatever it is
	Change  func(*foro.Draft) // writes into a copy, perhaps several times
}

func draftPlace(id int64) string { return fmt.Sprintf("foro/drafts/%d", id) }

// SaveDraft keeps a new draft of the caller.
//
// Errors: foro.ErrTooManyDrafts, ErrAccountGone, ErrMediaUnavailable, ErrAuthUnavailable; wrong fields.
func (c *Core) SaveDraft(ctx context.Context, d foro.Draft) (DraftShown, error) {
	d.UserID = authn.UserID(ctx)
	if err := c.prepareDraft(ctx, foro.Draft{UserID: d.UserID}, &d); err != nil {
		return DraftShown{}, err
	}
	err := c.DB.Tx(ctx, func(ctx context.Context) error {
		if _, err := c.admitAlone(ctx); err != nil {
			return err
		}
		n, err := c.store.CountDrafts(ctx, d.UserID, foro.MaxDrafts)
		if err == nil && n >= foro.MaxDrafts {
			err = foro.ErrTooManyDrafts
		}
		if err != nil {
			return err
		}
		if err := c.inCommunity(ctx, d.CommunityID, d.UserID); err != nil {
			return err
		}
		if err := c.store.InsertDraft(ctx, &d); err != nil {
			return err
		}
		return c.showFiles(ctx, draftPlace(d.ID), 0, d.MediaID)
	})
	if err != nil {
		return DraftShown{}, err
	}
	return c.showDraft(ctx, d)
}

// ChangeDraft changes a draft of the caller.
//
// Errors: errs.ErrNotFound, also for somebody else's; foro.ErrChanged, ErrMediaUnavailable, ErrAuthUnavailable;
// wrong fields.
func (c *Core) ChangeDraft(ctx context.Context, id int64, e DraftEdit) (DraftShown, error) {
	before, err := c.draft(ctx, id, e.Version, false)
	if err != nil {
		return DraftShown{}, err
	}
	after := before
	e.Change(&after)
	if err := c.prepareDraft(ctx, before, &after); err != nil {
		return DraftShown{}, err
	}
	err = c.DB.Tx(ctx, func(ctx context.Context) error {
		before, err := c.draft(ctx, id, e.Version, true)
		if err != nil {
			return err
		}
		after = before
		e.Change(&after)
		if err := shapeDraft(&after); err != nil {
			return err
		}
		if err := c.inCommunity(ctx, after.CommunityID, after.UserID); err != nil {
			return err
		}
		if err := c.store.UpdateDraft(ctx, &after); err != nil {
			return err
		}
		return c.showFiles(ctx, draftPlace(id), before.MediaID, after.MediaID)
	})
	if err != nil {
		return DraftShown{}, err
	}
	return c.showDraft(ctx, after)
}

// prepareDraft is prepare for a draft: a draft refers to nothing that its post could not.
func (c *Core) prepareDraft(ctx context.Context, before foro.Draft, d *foro.Draft) error {
	if err := shapeDraft(d); err != nil {
		return err
	}
	was, p := before.Post(), d.Post()
	return c.prepare(ctx, was, &p)
}

// shapeDraft is shape for a draft. Its tags follow the text once it is published.
func shapeDraft(d *foro.Draft) error {
	p := d.Post()
	if p.Tags == nil {
		p.Tags = []string{}
	}
	err := shape(foro.Post{}, &p)
	d.Tags, d.Mentions, d.Species, d.Place = p.Tags, p.Mentions, p.Species, p.Place
	return err
}

// draft is one of the caller's.
func (c *Core) draft(ctx context.Context, id int64, version int, lock bool) (foro.Draft, error) {
	d, ok, err := c.store.Draft(ctx, authn.UserID(ctx), id, lock)
	switch {
	case err != nil:
		return d, err
	case !ok:
		return d, errs.ErrNotFound
	case version != 0 && version != d.Version:
		return d, foro.ErrChanged
	}
	return d, nil
}

// DeleteDraft removes a draft of the caller.
//
// Errors: errs.ErrNotFound; foro.ErrChanged.
func (c *Core) DeleteDraft(ctx context.Context, id int64, version int) error {
	return c.DB.Tx(ctx, func(ctx context.Context) error {
		d, err := c.draft(ctx, id, version, true)
		if err != nil {
			return err
		}
		return c.removeDraft(ctx, d)
	})
}

// removeDraft deletes a draft that is locked.
func (c *Core) removeDraft(ctx context.Context, d foro.Draft) error {
	if err := c.store.DeleteDraft(ctx, d.ID); err != nil {
		return err
	}
	return c.showFiles(ctx, draftPlace(d.ID), d.MediaID, 0)
}
