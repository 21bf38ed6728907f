package core

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"agrovet/internal/marketplace"
	"agrovet/internal/marketplace/internal/store"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/errs"
)

const (
	maxSearches = 50 // of one person
	maxName     = 120
)

// Search is a saved search.
type Search struct {
	store.Search
	Wanted Wanted
}

// SearchEdit is what somebody does to a search; nil: nothing.
type SearchEdit struct {
	Name   *string
	Wanted *Wanted
	Alerts *bool
}

func (e SearchEdit) apply(s *Search) error {
	if e.Name != nil {
		s.Name = strings.TrimSpace(*e.Name)
		if fields := checkText("name", s.Name, maxName, true); len(fields) > 0 {
			return errs.InvalidFields(fields...)
		}
	}
	if e.Wanted != nil {
		s.Wanted = *e.Wanted
	}
	if e.Alerts != nil {
		s.Alerts = *e.Alerts
	}
	return nil
}

// pin writes down what the installation's configuration would add: a search stands as it was saved.
func (c *Core) pin(w *Wanted) {
	if w != nil {
		*w = c.inCurrency(*w)
	}
}

// SaveSearch saves a search of the caller's. From then on it finds what is published.
//
// Errors: marketplace.ErrTooManySearches; errs.ErrForbidden for who is gone; a wrong name.
func (c *Core) SaveSearch(ctx context.Context, e SearchEdit) (s Search, err error) {
	s.UserID = authn.UserID(ctx)
	c.pin(e.Wanted)
	if err := e.apply(&s); err != nil {
		return s, err
	}
	version, err := c.version(ctx, s.Wanted)
	if err != nil {
		return s, err
	}
	s.Search.Wanted = version.Wanted
	err = c.DB.Tx(ctx, func(ctx context.Context) error {
		if err := c.admitSearch(ctx, s.UserID); err != nil {
			return err
		}
		if err := c.store.InsertSearch(ctx, &s.Search); err != nil || !s.Alerts {
			return err
		}
		return c.store.BeginVersion(ctx, s.ID, version, nil)
	})
	return s, err
}

func (c *Core) admitSearch(ctx context.Context, userID int64) error {
	gone, err := c.store.LockPerson(ctx, userID)
	if err == nil && gone {
		err = errs.ErrForbidden
	}
	if err != nil {
		return err
	}
	if n, err := c.store.CountSearches(ctx, userID); err != nil || n < maxSearches {
		return err
	}
	return marketplace.ErrTooManySearches
}

// DeleteSearch removes a search of the caller's with its alerts.
//
// Errors: errs.ErrNotFound.
func (c *Core) DeleteSearch(ctx context.Context, id int64) error {
	return c.DB.Tx(ctx, func(ctx context.Context) error {
		if _, err := c.search(ctx, id, true); err != nil {
			return err
		}
		return c.store.DeleteSearch(ctx, id)
	})
}

// Search returns one of the caller's.
//
// Errors: errs.ErrNotFound, also for somebody else's: nobody learns what others look for.
func (c *Core) Search(ctx context.Context, id int64) (Search, error) { return c.search(ctx, id, false) }

func (c *Core) search(ctx context.Context, id int64, lock bool) (s Search, err error) {
	row, ok, err := c.store.Search(ctx, id, lock)
	if err == nil && (!ok || row.UserID != authn.UserID(ctx)) {
		err = errs.ErrNotFound
	}
	if err != nil {
		return s, err
	}
	return searchOf(row)
}

func searchOf(row store.Search) (s Search, err error) {
	s.Search = row
	if err := json.Unmarshal(row.Wanted, &s.Wanted); err != nil {
		return s, fmt.Errorf("search %d: %w", row.ID, err)
	}
	return s, nil
}

// Searches are the caller's with ids below one, newest first, and whether more follow.
func (c *Core) Searches(ctx context.Context, below int64, skip, limit int) (out []Search, more bool, err error) {
	rows, err := c.store.Searches(ctx, authn.UserID(ctx), below, skip, limit+1)
	for _, row := range rows[:min(len(rows), limit)] {
		s, err := searchOf(row)
		if err != nil {
			return nil, false, err
		}
		out = append(out, s)
	}
	return out, len(rows) > limit, err
}

// CountSearches counts the caller's.
func (c *Core) CountSearches(ctx context.Context) (int64, error) {
	return c.store.CountSearches(ctx, authn.UserID(ctx))
}
