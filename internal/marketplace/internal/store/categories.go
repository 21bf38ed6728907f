package store

import (
	"context"
	"encoding/json"
	"fmt"

	"agrovet/internal/marketplace/internal/catalog"
	"agrovet/internal/marketplace/internal/store/marketplacedb"
)

// Category is a kind of adverts.
type Category struct {
	ID          int64
	ParentID    int64 // 0: it stands at the top
	Name        string
	Description *string
	Position    int // in lists, then by id
	Aliases     []string
	Attributes  []catalog.Attribute // its own
	All         []catalog.Attribute // with its parent's; set by the core
}

// Root is the id of the category at the top: its own or its parent's.
func (c Category) Root() int64 {
	if c.ParentID != 0 {
		return c.ParentID
	}
	return c.ID
}

// Categories are all of them, in their order: there are some dozens.
func (s Store) Categories(ctx context.Context) ([]Category, error) {
	rows, err := queries.Categories(ctx, s.DB.Q(ctx))
	if err != nil {
		return nil, err
	}
	return categoriesOf(rows)
}

// LockCategory returns one and keeps others from changing it until the commit; ok is false when there is
// none.
func (s Store) LockCategory(ctx context.Context, id int64) (c Category, ok bool, err error) {
	rows, err := queries.CategoryForUpdate(ctx, s.DB.Q(ctx), id)
	if err != nil || len(rows) == 0 {
		return c, false, err
	}
	all, err := categoriesOf(rows)
	return all[0], true, err
}

// PutCategory stores a changed category, or a new one, whose ID is 0.
func (s Store) PutCategory(ctx context.Context, c *Category) error {
	attributes, err := json.Marshal(notNil(c.Attributes))
	if err != nil {
		return err
	}
	if c.ID != 0 {
		_, err := queries.CategoryUpdate(ctx, s.DB.Q(ctx), marketplacedb.CategoryUpdateParams{ID: c.ID, ParentID: some(c.ParentID), Name: c.Name,
			Description: c.Description, Position: int32(c.Position), Aliases: notNil(c.Aliases), Attributes: attributes})
		return err
	}
	row, err := queries.CategoryInsert(ctx, s.DB.Q(ctx), marketplacedb.CategoryInsertParams{ParentID: some(c.ParentID), Name: c.Name,
		Description: c.Description, Position: int32(c.Position), Aliases: notNil(c.Aliases), Attributes: attributes})
	c.ID = row.ID
	return err
}

// SeedCategory stores a category unless there is one of its name, and returns its id.
func (s Store) SeedCategory(ctx context.Context, c Category) (int64, error) {
	attributes, err := json.Marshal(notNil(c.Attributes))
	if err != nil {
		return 0, err
	}
	return queries.CategorySeed(ctx, s.DB.Q(ctx), marketplacedb.CategorySeedParams{ParentID: some(c.ParentID), Name: c.Name,
		Description: c.Description, Position: int32(c.Position), Aliases: notNil(c.Aliases), Attributes: attributes})
}

// DeleteCategory removes a category that is not used.
func (s Store) DeleteCategory(ctx context.Context, id int64) error {
	return queries.CategoryDelete(ctx, s.DB.Q(ctx), id)
}

// CategoryUsed says whether an advert or another category refers to it.
func (s Store) CategoryUsed(ctx context.Context, id int64) (bool, error) {
	return queries.CategoryUsed(ctx, s.DB.Q(ctx), id)
}

func categoriesOf(rows []marketplacedb.Category) ([]Category, error) {
	all := make([]Category, len(rows))
	for i, r := range rows {
		c := Category{ID: r.ID, ParentID: or(r.ParentID), Name: r.Name, Description: r.Description, Position: int(r.Position), Aliases: r.Aliases}
		if err := json.Unmarshal(r.Attributes, &c.Attributes); err != nil {
			return nil, fmt.Errorf("attributes of category %d: %w", r.ID, err)
		}
		all[i] = c
	}
	return all, nil
}

func notNil[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// HasChildren says whether other categories stand below one.
func (s Store) HasChildren(ctx context.Context, id int64) (bool, error) {
	return queries.CategoryHasChildren(ctx, s.DB.Q(ctx), id)
}
