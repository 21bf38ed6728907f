package core

import (
	"context"
	"strings"
	"sync"
	"time"

	"agrovet/internal/marketplace"
	"agrovet/internal/marketplace/internal/catalog"
	"agrovet/internal/marketplace/internal/store"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/pg"
)

// Categories are few and hardly ever change, and nearly every request needs one: each process keeps
// them for some seconds.
const categoriesLife = 5 * time.Second

type categories struct {
	mu   sync.Mutex
	all  []store.Category
	byID map[int64]store.Category
	read time.Time
}

// Categories are all of them in their order, with the attributes that they have and inherit.
func (c *Core) Categories(ctx context.Context) ([]store.Category, error) {
	k := &c.categories
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.byID != nil && time.Since(k.read) < categoriesLife && !c.DB.InTx(ctx) {
		return k.all, nil
	}
	all, err := c.store.Categories(ctx)
	if err != nil {
		return nil, err
	}
	byID := make(map[int64]store.Category, len(all))
	for _, one := range all {
		byID[one.ID] = one
	}
	for i, one := range all {
		all[i].All = catalog.Inherited(byID[one.ParentID].Attributes, one.Attributes)
		byID[one.ID] = all[i]
	}
	k.all, k.byID, k.read = all, byID, time.Now()
	return all, nil
}

// Category returns one; ok is false when there is none.
func (c *Core) category(ctx context.Context, id int64) (one store.Category, ok bool, err error) {
	if _, err := c.Categories(ctx); err != nil {
		return one, false, err
	}
	c.categories.mu.Lock()
	defer c.categories.mu.Unlock()
	one, ok = c.categories.byID[id]
	return one, ok, nil
}

// Category returns one.
//
// Errors: errs.ErrNotFound.
func (c *Core) Category(ctx context.Context, id int64) (store.Category, error) {
	one, ok, err := c.category(ctx, id)
	if err == nil && !ok {
		err = errs.ErrNotFound
	}
	return one, err
}

// PutCategory makes a category, when id is 0, or changes one.
//
// Errors: errs.ErrNotFound; marketplace.ErrCategoryUsed for one that would move with its adverts; wrong
// fields.
func (c *Core) PutCategory(ctx context.Context, id int64, change func(*store.Category)) (out store.Category, err error) {
	err = c.DB.Tx(ctx, func(ctx context.Context) error {
		out = store.Category{Position: 1000}
		if id != 0 {
			var ok bool
			if out, ok, err = c.store.LockCategory(ctx, id); err != nil {
				return err
			}
			if !ok {
				return errs.ErrNotFound
			}
		}
		parent := out.ParentID
		change(&out)
		out.Name = strings.TrimSpace(out.Name)
		if err := c.mayMove(ctx, out, parent); err != nil {
			return err
		}
		if err := c.checkCategory(ctx, out); err != nil {
			return err
		}
		return nameTaken(c.store.PutCategory(ctx, &out))
	})
	c.forgetCategories()
	if err != nil {
		return out, err
	}
	return c.Category(ctx, out.ID)
}

// checkCategory sees to it that the tree has two levels.
func (c *Core) checkCategory(ctx context.Context, one store.Category) error {
	if fields := checkText("name", one.Name, 120, true); len(fields) > 0 {
		return errs.InvalidFields(fields...)
	}
	if one.ParentID == 0 {
		return nil
	}
	parent, ok, err := c.store.LockCategory(ctx, one.ParentID)
	if err != nil {
		return err
	}
	children := false
	if one.ID != 0 {
		children, err = c.store.HasChildren(ctx, one.ID)
	}
	switch {
	case err != nil:
		return err
	case !ok || parent.ID == one.ID:
		return errs.InvalidFields(wrong("parent", "Esta categoría no existe.", "There is no such category.")...)
	case parent.ParentID != 0 || children:
		return errs.InvalidFields(wrong("parent", "Las categorías tienen dos niveles.", "Categories have two levels.")...)
	}
	return nil
}

// mayMove refuses to move a category that adverts have: each knows the top that it was published under.
func (c *Core) mayMove(ctx context.Context, one store.Category, parent int64) error {
	if one.ID == 0 || one.ParentID == parent {
		return nil
	}
	used, err := c.store.CategoryUsed(ctx, one.ID)
	if err == nil && used {
		err = marketplace.ErrCategoryUsed
	}
	return err
}

func nameTaken(err error) error {
	if pg.Violates(err, "category_name") {
		return errs.InvalidFields(wrong("name", "Ya existe category con este name.", "A category with this name already exists.")...)
	}
	return err
}

// DeleteCategory removes a category that neither adverts nor other categories use.
//
// Errors: errs.ErrNotFound, marketplace.ErrCategoryUsed.
func (c *Core) DeleteCategory(ctx context.Context, id int64) error {
	err := c.DB.Tx(ctx, func(ctx context.Context) error {
		if _, ok, err := c.store.LockCategory(ctx, id); err != nil || !ok {
			if err == nil {
				err = errs.ErrNotFound
			}
			return err
		}
		used, err := c.store.CategoryUsed(ctx, id)
		if err != nil {
			return err
		}
		if used {
			return marketplace.ErrCategoryUsed
		}
		return c.store.DeleteCategory(ctx, id)
	})
	c.forgetCategories()
	return err
}

func (c *Core) forgetCategories() {
	c.categories.mu.Lock()
	defer c.categories.mu.Unlock()
	c.categories.byID = nil
}

// SeedCategories makes the tree that a new installation has. Where there is any category already,
// staff has had its say: nothing is made.
func (c *Core) SeedCategories(ctx context.Context) error {
	defer c.forgetCategories()
	return c.DB.Tx(ctx, func(ctx context.Context) error {
		all, err := c.store.Categories(ctx)
		if err != nil || len(all) > 0 {
			return err
		}
		ids := map[string]int64{}
		for i, k := range catalog.Standard() {
			one := store.Category{ParentID: ids[k.Parent], Name: k.Name, Position: i + 1, Aliases: k.Aliases, Attributes: k.Attributes}
			if k.Description != "" {
				one.Description = &k.Description
			}
			if ids[k.Name], err = c.store.SeedCategory(ctx, one); err != nil {
				return err
			}
		}
		return nil
	})
}
