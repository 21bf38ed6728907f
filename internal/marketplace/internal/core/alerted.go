package core

import (
	"context"
	"slices"

	"agrovet/internal/marketplace"
	"agrovet/internal/marketplace/internal/store"
	"agrovet/internal/platform/authn"
)

// Alert is an advert that a search of the reader's has found.
type Alert struct {
	store.Alert
	Add Shown
}

// Alerts are the reader's with ids below one, newest first, and whether more follow. Those of adverts
// that they cannot see now are left out: they can do nothing with them.
func (c *Core) Alerts(ctx context.Context, below int64, skip, limit int) ([]Alert, bool, error) {
	without, err := c.Blocked(ctx)
	if err != nil {
		return nil, false, err
	}
	rows, err := c.store.Alerts(ctx, authn.UserID(ctx), below, without, skip, limit+1)
	if err != nil {
		return nil, false, err
	}
	out, err := c.showAlerts(ctx, rows[:min(len(rows), limit)])
	return out, len(rows) > limit && len(out) > 0, err
}

func (c *Core) showAlerts(ctx context.Context, rows []store.Alert) ([]Alert, error) {
	ids := make([]int64, len(rows))
	for i, r := range rows {
		ids[i] = r.AddID
	}
	adverts, err := c.byIDs(ctx, slices.Compact(slices.Sorted(slices.Values(ids))))
	shown := make(map[int64]Shown, len(adverts))
	for _, a := range adverts {
		shown[a.ID] = a
	}
	out := make([]Alert, 0, len(rows))
	for _, r := range rows {
		if a, ok := shown[r.AddID]; ok && a.Status == marketplace.StatusActive { // it may have gone meanwhile
			out = append(out, Alert{r, a})
		}
	}
	return out, err
}

// CountAlerts counts the reader's, or only the unread ones, up to limit.
func (c *Core) CountAlerts(ctx context.Context, unread bool, limit int) (int64, error) {
	without, err := c.Blocked(ctx)
	if err != nil {
		return 0, err
	}
	return c.store.CountAlerts(ctx, authn.UserID(ctx), unread, without, limit)
}

// ReadAlerts marks the reader's alerts with ids up to one as read.
func (c *Core) ReadAlerts(ctx context.Context, upTo int64) error {
	return c.store.ReadAlerts(ctx, authn.UserID(ctx), upTo)
}
