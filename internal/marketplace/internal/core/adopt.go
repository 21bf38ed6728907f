package core

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"agrovet/internal/marketplace"
	"agrovet/internal/marketplace/internal/store"
	"agrovet/internal/platform/search/pgindex"
)

// Adopt stores adverts that another system has published, with their ids, times and statuses, and with all
// that publishing would have left but events: nobody is told, and the rules do not look at them.
// Their texts, numbers and pictures must be fit for the tables. It runs in a transaction, and should.
func (c *Core) Adopt(ctx context.Context, adds []marketplace.Add) error {
	b, err := c.newAdoption(ctx)
	if err != nil {
		return err
	}
	rows := make([]store.BulkRow, len(adds))
	for i, a := range adds {
		if rows[i], err = b.row(a); err != nil {
			return fmt.Errorf("advert %d: %w", a.ID, err)
		}
	}
	if err := c.store.Copy(ctx, rows); err != nil {
		return err
	}
	return b.count(ctx, rows)
}

// adoption is what adopting adverts needs to know.
type adoption struct {
	*Core
	categories map[int64]store.Category
	key        uuid.UUID
}

func (c *Core) newAdoption(ctx context.Context) (b adoption, err error) {
	b = adoption{Core: c, categories: map[int64]store.Category{}}
	all, err := c.Categories(ctx)
	if err != nil {
		return b, err
	}
	for _, one := range all {
		b.categories[one.ID] = one
	}
	b.key, err = c.store.PlaceKey(ctx)
	return b, err
}

// row is the advert as it is stored.
func (b adoption) row(a marketplace.Add) (store.BulkRow, error) {
	r := store.BulkRow{Row: store.Row{Add: a}}
	if wrong := b.shapePrice(&r.Price); len(wrong) > 0 {
		return r, fmt.Errorf("%s: %s", wrong[0].Name, wrong[0].Text.EN)
	}
	category := b.categories[a.CategoryID]
	if r.CategoryID = category.ID; category.ID != 0 {
		r.RootID = category.Root()
	}
	if r.Place.Exact != nil {
		r.Place.Rough = new(rough(b.key, r.PublisherID, *r.Place.Exact))
	}
	r.ExpiresAt = r.CreatedAt.Add(b.cfg.Lifetime)
	if r.Status == marketplace.StatusActive {
		r.ExpiresAt = b.adoptedUntil(a.ID)
		r.Document = b.documentIn(&r.Row, category, b.categories[category.ParentID])
	}
	return r, nil
}

// adoptedUntil is when an active one expires: between half a lifetime and a whole one from now, so that not
// all publishers are warned on one day.
func (b adoption) adoptedUntil(id int64) time.Time {
	half := b.cfg.Lifetime / 2
	return b.Now().Add(half + half*time.Duration(id%100+1)/100)
}

// count counts the words of those whose ids lie below what CountWords has counted: it would never come to them.
func (b adoption) count(ctx context.Context, rows []store.BulkRow) error {
	counted, err := b.store.CountedUpTo(ctx)
	if err != nil {
		return err
	}
	var t pgindex.Tally
	late := false
	for _, r := range rows {
		if r.Document.Terms != nil && r.ID <= counted {
			late = true
			t.Add(r.Document.Terms, b.vocabulary(r.Title, r.Description))
		}
	}
	if !late {
		return nil
	}
	return b.store.Index().Counted(ctx, &t, counted)
}

// AdoptChange brings an advert that was adopted up to what the other system says of it now, like any other change,
// unless somebody has changed it here: then its version is not the given one any more. It returns the
// version that it has now.
//
// Errors: errs.ErrNotFound; wrong fields.
func (c *Core) AdoptChange(ctx context.Context, a marketplace.Add, version int) (int, error) {
	row, err := c.changeLocked(ctx, a.ID, a.PublisherID, func(r *store.Row) error {
		if r.Version != version {
			return nil
		}
		category, _, err := c.category(ctx, a.CategoryID)
		if err != nil {
			return err
		}
		r.Title, r.Description, r.Condition, r.Status = a.Title, a.Description, a.Condition, a.Status
		r.MainImageID, r.ImageIDs, r.Place.Name, r.Place.Exact = a.MainImageID, a.ImageIDs, a.Place.Name, a.Place.Exact
		if r.CategoryID, r.RootID = category.ID, 0; category.ID != 0 {
			r.RootID = category.Root()
		}
		r.Price.Amount, r.Price.OnRequest = a.Price.Amount, a.Price.OnRequest
		if wrong := c.shapePrice(&r.Price); len(wrong) > 0 {
			return fmt.Errorf("%s: %s", wrong[0].Name, wrong[0].Text.EN)
		}
		return nil
	})
	return row.Version, err
}
