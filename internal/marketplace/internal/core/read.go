package core

import (
	"context"
	"slices"
	"time"

	"agrovet/internal/auth"
	"agrovet/internal/marketplace/internal/measure"
	"agrovet/internal/marketplace/internal/store"
	"agrovet/internal/media"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/pg"
)

var zero time.Time

// Shown is an advert with what a reader sees beside it.
type Shown struct {
	store.Row
	Publisher auth.User
	Owner     bool // the reader may see all of it
	Pictures  map[int64]media.Object
	Favourite *bool // whether it is one of the reader's; nil: nobody is signed in
}

// Get returns one advert.
//
// Errors: errs.ErrNotFound, also for one that the reader may not see.
func (c *Core) Get(ctx context.Context, id int64) (Shown, error) {
	row, ok, err := c.store.Get(ctx, id, false)
	if err == nil && (!ok || !knows(ctx, row.Add)) {
		err = errs.ErrNotFound
	}
	if err != nil {
		return Shown{}, err
	}
	return c.show(ctx, row)
}

// tries is how often a part of a list is read anew when everything in it has gone meanwhile.
const tries = 3

// List returns a part of a list, and whether more follows. Only the last part is empty.
func (c *Core) List(ctx context.Context, l store.List, span store.Span) (rows []Shown, more bool, err error) {
	limit := span.Limit
	for range tries {
		ids, more, err := pg.Peek(limit, func(limit int) ([]int64, error) {
			span.Limit = limit
			return c.store.IDs(ctx, l, span)
		})
		if err != nil {
			return nil, false, err
		}
		rows, err = c.byIDs(ctx, ids)
		if err != nil || len(rows) > 0 || !more {
			return rows, more, err
		}
	}
	return nil, false, nil
}

// Near returns a part of what is near, nearest first, and whether more follows. Only the last part is
// empty.
func (c *Core) Near(ctx context.Context, n store.Near, span store.NearSpan) (rows []Shown, more bool, err error) {
	limit := span.Limit
	for range tries {
		near, more, err := pg.Peek(limit, func(limit int) ([]store.NearRow, error) {
			span.Limit = limit
			return c.store.Near(ctx, n, span)
		})
		if err != nil {
			return nil, false, err
		}
		rows, err = c.away(ctx, near)
		if err != nil || len(rows) > 0 || !more {
			return rows, more, err
		}
	}
	return nil, false, nil
}

// away are adverts with their distances.
func (c *Core) away(ctx context.Context, near []store.NearRow) ([]Shown, error) {
	ids, km := make([]int64, len(near)), make(map[int64]float64, len(near))
	for i, one := range near {
		ids[i], km[one.ID] = one.ID, one.KM
	}
	rows, err := c.byIDs(ctx, ids)
	for i := range rows {
		rows[i].KM = new(km[rows[i].ID])
	}
	return rows, err
}

// byIDs are those of the adverts that the caller may see: one that an index has just found can have been
// paused since.
func (c *Core) byIDs(ctx context.Context, ids []int64) ([]Shown, error) {
	rows, err := c.store.ByIDs(ctx, ids...)
	if err != nil {
		return nil, err
	}
	return c.showAll(ctx, slices.DeleteFunc(rows, func(r store.Row) bool { return !knows(ctx, r.Add) }))
}

func (c *Core) show(ctx context.Context, r store.Row) (Shown, error) {
	shown, err := c.showAll(ctx, []store.Row{r})
	if err != nil {
		return Shown{}, err
	}
	return shown[0], nil
}

// showAll asks auth for all publishers and media for all pictures of a page at once. What cannot be had
// now is left out: an advert without its picture says more than an error.
func (c *Core) showAll(ctx context.Context, rows []store.Row) ([]Shown, error) {
	favourites, err := c.favouritesAmong(ctx, rows)
	if err != nil {
		return nil, err
	}
	var people, files []int64
	for _, r := range rows {
		people, files = append(people, r.PublisherID), append(files, pictures(r.Add)...)
	}
	users, objects := c.people(ctx, people), c.objects(ctx, files)
	shown := make([]Shown, len(rows))
	for i, r := range rows {
		shown[i] = Shown{Row: r, Publisher: known(users, r.PublisherID), Owner: owns(ctx, r.Add), Pictures: objects}
		if favourites != nil {
			shown[i].Favourite = new(favourites[r.ID])
		}
	}
	return shown, nil
}

func (c *Core) people(ctx context.Context, ids []int64) map[int64]auth.User {
	if len(ids) == 0 {
		return nil
	}
	users, err := c.Users.Users(ctx, ids...)
	if err != nil {
		c.Log.WarnContext(ctx, "auth does not say who these users are, showing their ids", "users", len(ids), "error", err)
	}
	return users
}

func (c *Core) objects(ctx context.Context, ids []int64) map[int64]media.Object {
	if len(ids) == 0 || c.Media == nil {
		return nil
	}
	objects, err := c.Media.Objects(ctx, ids...)
	if err != nil {
		c.Log.WarnContext(ctx, "media does not answer, showing adverts without pictures", "objects", len(ids), "error", err)
	}
	return objects
}

// History is the steps of an advert's life, newest first, for its publisher and staff.
//
// Errors: errs.ErrNotFound, errs.ErrForbidden.
func (c *Core) History(ctx context.Context, id int64, before, limit int) ([]store.Transition, error) {
	if _, err := c.mine(ctx, id, 0); err != nil {
		return nil, err
	}
	return c.store.Transitions(ctx, id, before, limit)
}

// Prices is what was asked for an advert, newest first, for whoever may see it.
//
// Errors: errs.ErrNotFound.
func (c *Core) Prices(ctx context.Context, id int64, limit int) ([]store.Price, error) {
	row, ok, err := c.store.Get(ctx, id, false)
	if err == nil && (!ok || !knows(ctx, row.Add)) {
		err = errs.ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	return c.store.Prices(ctx, id, limit)
}

// Scope narrows a list to a category: one at the top stands for those below it, too.
//
// Errors: errs.ErrNotFound for a category that is not there, unless it is 0.
func (c *Core) Scope(ctx context.Context, l store.List, categoryID int64) (store.List, error) {
	if categoryID == 0 {
		return l, nil
	}
	category, err := c.Category(ctx, categoryID)
	if category.ParentID == 0 {
		l.RootID = category.ID
	} else {
		l.CategoryID = category.ID
	}
	return l, err
}

// MaxNearCount is how many adverts are counted by distance: each has to be found first.
const MaxNearCount = 2000

// NearCount counts what is near, up to limit and to MaxNearCount.
func (c *Core) NearCount(ctx context.Context, n store.Near, limit int) (int64, error) {
	return c.store.NearCount(ctx, n, min(limit, MaxNearCount))
}

// Mine says whether the caller may change an advert.
//
// Errors: errs.ErrNotFound, errs.ErrForbidden.
func (c *Core) Mine(ctx context.Context, id int64) error {
	_, err := c.mine(ctx, id, 0)
	return err
}

// Sizes are those of the units that differ by country.
func (c *Core) Sizes() []measure.Row { return c.cfg.Table.Rows() }
