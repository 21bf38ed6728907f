package core

import (
	"bytes"
	"context"
	"encoding/json"

	"agrovet/internal/marketplace/internal/store"
)

// ChangeSearch changes a search of the caller's. What was published before is found as the search was
// then, what comes later as it is now; a search that was renamed is the same.
//
// Errors: errs.ErrNotFound; a wrong name.
func (c *Core) ChangeSearch(ctx context.Context, id int64, e SearchEdit) (s Search, err error) {
	var version store.Version
	if c.pin(e.Wanted); e.Wanted != nil {
		if version, err = c.version(ctx, *e.Wanted); err != nil {
			return s, err
		}
	}
	err = c.DB.Tx(ctx, func(ctx context.Context) error {
		before, err := c.search(ctx, id, true)
		if err != nil {
			return err
		}
		s = before
		if err := e.apply(&s); err != nil {
			return err
		}
		return c.replaceSearch(ctx, before, &s, version)
	})
	return s, err
}

// replaceSearch stores a search that was changed. One that looks for something else, or that is to find
// again what is published, gets a new version; without alerts none stands.
func (c *Core) replaceSearch(ctx context.Context, before Search, s *Search, version store.Version) (err error) {
	old, err := json.Marshal(before.Wanted)
	if err != nil {
		return err
	}
	if version.Wanted == nil && s.Alerts && !before.Alerts {
		if version, err = c.version(ctx, s.Wanted); err != nil {
			return err
		}
	}
	same := version.Wanted == nil || bytes.Equal(old, version.Wanted)
	if !same {
		s.Search.Wanted = version.Wanted
	}
	if err := c.store.UpdateSearch(ctx, &s.Search); err != nil || same && s.Alerts == before.Alerts {
		return err
	}
	ended, err := c.store.EndVersion(ctx, s.ID)
	if err != nil || !s.Alerts {
		return err
	}
	return c.store.BeginVersion(ctx, s.ID, version, ended)
}

// version is what is stored of what is wanted.
func (c *Core) version(ctx context.Context, w Wanted) (v store.Version, err error) {
	f, _, err := c.find(ctx, w)
	if err != nil {
		return v, err
	}
	if v.Wanted, err = json.Marshal(w); err != nil {
		return v, err
	}
	return v, c.anchored(ctx, &v, w, f)
}
