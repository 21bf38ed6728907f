package core

import (
	"bytes"
	"context"
	"encoding/json"
	"reflect"
	"slices"

	"agrovet/internal/marketplace"
	"agrovet/internal/marketplace/internal/store"
	"agrovet/internal/platform/errs"
)

// changeLocked changes an advert that nobody else can change meanwhile, and stores what really changed
// with everything that follows from it. The actor is 0 for the clock and for events.
//
// Errors: errs.ErrNotFound; those of change.
func (c *Core) changeLocked(ctx context.Context, id, actor int64, change func(*store.Row) error) (row store.Row, err error) {
	err = c.DB.Tx(ctx, func(ctx context.Context) error {
		var ok bool
		if row, ok, err = c.store.Get(ctx, id, true); err != nil {
			return err
		}
		if !ok {
			return errs.ErrNotFound
		}
		before := row
		if err := change(&row); err != nil {
			return err
		}
		return c.save(ctx, actor, before, &row)
	})
	return row, err
}

func (c *Core) save(ctx context.Context, actor int64, before store.Row, r *store.Row) error {
	if !reflect.DeepEqual(before.Place.Exact, r.Place.Exact) {
		if err := c.roughen(ctx, r.PublisherID, &r.Place); err != nil {
			return err
		}
	}
	if before.Status != marketplace.StatusActive && r.Status == marketplace.StatusActive {
		c.start(r)
	}
	if same(before, *r) {
		*r = before
		return nil
	}
	images := !reflect.DeepEqual(pictures(before.Add), pictures(r.Add)) || before.MainImageID != r.MainImageID
	if err := c.store.Update(ctx, r, images); err != nil {
		return c.categoryGone(err, r.CategoryID)
	}
	return c.follow(ctx, actor, before, r)
}

// same says whether two rows are the same advert in the same state.
func same(a, b store.Row) bool {
	equal := slices.Equal(a.ImageIDs, b.ImageIDs) && sameAttributes(a.Attributes, b.Attributes)
	a.ImageIDs, a.Attributes, b.ImageIDs, b.Attributes = nil, nil, nil, nil
	return equal && reflect.DeepEqual(a, b)
}

// sameAttributes compares what was stored with what clients send back, as JSON: numbers and lists have
// other Go types in the one than in the other.
func sameAttributes(a, b map[string]any) bool {
	if len(a) == 0 || len(b) == 0 {
		return len(a) == len(b)
	}
	x, _ := json.Marshal(a) // both came from JSON
	y, _ := json.Marshal(b)
	return bytes.Equal(x, y)
}

// start gives an active advert a whole lifetime.
func (c *Core) start(r *store.Row) { r.ExpiresAt, r.WarnedAt = c.Now().Add(c.cfg.Lifetime), zero }

// follow is what follows from a stored change: history, search document, what staff should look at, and
// events.
func (c *Core) follow(ctx context.Context, actor int64, before store.Row, r *store.Row) error {
	if err := c.remember(ctx, actor, before, r); err != nil {
		return err
	}
	if err := c.list(ctx, before, r); err != nil {
		return err
	}
	if err := c.examine(ctx, before, r); err != nil {
		return err
	}
	if err := c.showPictures(ctx, r.ID, pictures(before.Add), pictures(r.Add)); err != nil {
		return err
	}
	return c.tell(ctx, before, r)
}

// remember writes the history of status and price.
func (c *Core) remember(ctx context.Context, actor int64, before store.Row, r *store.Row) error {
	if before.Status != r.Status {
		if err := c.store.AddTransition(ctx, r, actor, before.Status); err != nil {
			return err
		}
	}
	was, is := before.Price, r.Price
	if was.Amount != is.Amount || was.Currency != is.Currency || was.Unit != is.Unit || was.OnRequest != is.OnRequest {
		return c.store.AddPrice(ctx, r)
	}
	return nil
}

// list keeps the search document of an active advert in step, and removes that of others. What it was
// is kept for the alerts, which tell news from what was there before.
func (c *Core) list(ctx context.Context, before store.Row, r *store.Row) error {
	if before.Status == marketplace.StatusActive {
		if err := c.store.KeepBefore(ctx, before, r.Version); err != nil {
			return err
		}
	}
	switch {
	case r.Status != marketplace.StatusActive && before.Status != marketplace.StatusActive:
		return nil
	case r.Status != marketplace.StatusActive:
		return c.store.Unlist(ctx, r.ID)
	}
	doc, err := c.document(ctx, r)
	if err != nil {
		return err
	}
	return c.store.Enlist(ctx, r.ID, doc)
}

// tell publishes what happened. What was never shown, a draft or one that was archived as such, is nobody
// else's business: it is created when it is shown for the first time.
func (c *Core) tell(ctx context.Context, before store.Row, r *store.Row) error {
	switch {
	case r.ExpiresAt.IsZero():
		return nil
	case before.ExpiresAt.IsZero():
		return c.publish(ctx, marketplace.Created{AddID: r.ID, PublisherID: r.PublisherID, Title: r.Title})
	}
	if err := c.publish(ctx, marketplace.Updated{AddID: r.ID, PublisherID: r.PublisherID, Status: r.Status, Version: r.Version}); err != nil {
		return err
	}
	if before.Status != r.Status && r.Status == marketplace.StatusSold {
		return c.publish(ctx, marketplace.Sold{AddID: r.ID, PublisherID: r.PublisherID})
	}
	return nil
}
