package web

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"agrovet/internal/marketplace/internal/catalog"
	"agrovet/internal/marketplace/internal/core"
	"agrovet/internal/marketplace/internal/store"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/httpx"
)

const categoriesRoot = "/api/categories/"

// Category is a kind of adverts as REST answers show it.
type Category struct {
	ID          int64       `json:"id"`
	Name        string      `json:"name"`
	Description *string     `json:"description"`
	Parent      *int64      `json:"parent" doc:"Null: it stands at the top."`
	Position    int         `json:"position" doc:"In lists, then by id."`
	Aliases     []string    `json:"aliases" nullable:"false" doc:"Other names under which its adverts are found."`
	Attributes  []Attribute `json:"attributes" nullable:"false" doc:"What can be said of its adverts: its own attributes and its parent's."`
}

// Attribute is something that can be said of the adverts of a category.
type Attribute struct {
	Key       string           `json:"key"`
	Label     catalog.Label    `json:"label"`
	Kind      string           `json:"kind" doc:"text, integer, decimal, boolean, choice, choices, date or year"`
	Required  bool             `json:"required,omitempty"`
	Unit      string           `json:"unit,omitempty" doc:"Shown behind a number."`
	MaxLength int              `json:"max_length,omitempty" doc:"Of a text, in characters."`
	Min       *float64         `json:"min,omitempty"`
	Max       *float64         `json:"max,omitempty"`
	Decimals  int              `json:"decimals,omitempty"`
	Options   []catalog.Option `json:"options,omitempty" doc:"Of a choice."`
}

func attribute(a catalog.Attribute) Attribute {
	return Attribute{Key: a.Key, Label: a.Label, Kind: string(a.Kind), Required: a.Required, Unit: a.Unit, MaxLength: a.MaxLength,
		Min: bound(a.Min), Max: bound(a.Max), Decimals: a.Decimals, Options: a.Options}
}

// bound is nil where there is none.
func bound(n json.Number) *float64 {
	v, err := n.Float64()
	if err != nil {
		return nil
	}
	return &v
}

func category(c store.Category) Category {
	out := Category{ID: c.ID, Name: c.Name, Description: c.Description, Parent: some(c.ParentID), Position: c.Position, Aliases: c.Aliases, Attributes: []Attribute{}}
	if out.Aliases == nil {
		out.Aliases = []string{}
	}
	for _, a := range c.All {
		out.Attributes = append(out.Attributes, attribute(a))
	}
	return out
}

// CategoryBody is what staff sends of a category.
type CategoryBody struct {
	Name        httpx.Opt[string]   `json:"name,omitempty" nullable:"false" minLength:"1" maxLength:"120"`
	Description httpx.Opt[string]   `json:"description,omitempty" maxLength:"2000"`
	Parent      httpx.Opt[int64]    `json:"parent,omitempty" doc:"A category at the top; null: it stands there itself."`
	Position    httpx.Opt[int]      `json:"position,omitempty" nullable:"false" minimum:"0" maximum:"1000000"`
	Aliases     httpx.Opt[[]string] `json:"aliases,omitempty" nullable:"false" maxItems:"50"`
	Attributes  httpx.Opt[[]any]    `json:"attributes,omitempty" nullable:"false" maxItems:"40" doc:"Its own attributes, as in answers; all of them at once."`
}

// apply returns the change, once everything is clear.
func (b CategoryBody) apply(whole bool) (func(*store.Category), error) {
	if whole && !b.Name.Sent {
		return nil, errs.InField("name", "Este campo es requerido.", "This field is required.")
	}
	raw, err := json.Marshal(b.Attributes.Value)
	if err != nil {
		return nil, err
	}
	attributes, fields := catalog.ParseDefinitions(raw)
	if len(fields) > 0 {
		return nil, errs.InvalidFields(fields...)
	}
	return func(c *store.Category) {
		set(&c.Name, b.Name)
		set(&c.ParentID, b.Parent)
		set(&c.Position, b.Position)
		set(&c.Aliases, b.Aliases)
		if b.Description.Sent {
			c.Description = b.Description.Ptr()
		}
		if b.Attributes.Sent {
			c.Attributes = attributes
		}
	}, nil
}

func registerCategories(r *httpx.Router, c *core.Core) {
	h, one := categories{c}, categoriesRoot+"{id}/"
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: categoriesRoot, ID: "marketplace.categories.list", Summary: "List categories",
		Doc: "The tree's top first, in its order, with `ordering` by id, name or position.", Access: httpx.Anyone}, h.list)
	httpx.Handle(r, httpx.Route{Method: http.MethodPost, Path: categoriesRoot, ID: "marketplace.categories.create", Summary: "Make a category",
		Access: httpx.Staff, Status: http.StatusCreated}, h.create)
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: one, ID: "marketplace.categories.get", Summary: "Show a category", Access: httpx.Anyone}, h.get)
	httpx.Handle(r, httpx.Route{Method: http.MethodPut, Path: one, ID: "marketplace.categories.replace", Summary: "Replace a category", Access: httpx.Staff}, h.replace)
	httpx.Handle(r, httpx.Route{Method: http.MethodPatch, Path: one, ID: "marketplace.categories.change", Summary: "Change a category", Access: httpx.Staff}, h.change)
	httpx.Handle(r, httpx.Route{Method: http.MethodDelete, Path: one, ID: "marketplace.categories.delete", Summary: "Delete a category that nothing uses",
		Doc: "409 with code `marketplace.category_used` while adverts or other categories refer to it.", Access: httpx.Staff}, h.delete)
}

// categories are the routes of categories.
type categories struct{ core *core.Core }

type categoriesInput struct {
	httpx.PageParams
	Ordering string `query:"ordering" doc:"id, name or position, with - downwards. Anything else is ignored."`
	Parent   string `query:"parent" doc:"Only those below this category; 0: only those at the top."`
}

func (h categories) list(ctx context.Context, in *categoriesInput) (*httpx.Body[httpx.Page[Category]], error) {
	all, err := h.core.Categories(ctx)
	if err != nil {
		return nil, err
	}
	all, err = in.of(all)
	if err != nil {
		return nil, err
	}
	page, err := httpx.List(ctx, in.PageParams, httpx.Source[store.Category, int]{
		Count: func(context.Context, int) (int64, error) { return int64(len(all)), nil },
		Rows: func(_ context.Context, s httpx.Span[int]) ([]store.Category, bool, error) {
			from := s.Skip
			if s.After != nil {
				from = *s.After
			}
			from = min(from, len(all))
			to := min(from+s.Limit, len(all))
			return all[from:to], to < len(all), nil
		},
		End: func(last store.Category) int {
			return 1 + slices.IndexFunc(all, func(c store.Category) bool { return c.ID == last.ID })
		},
		Fits: func(at int) bool { return at >= 0 },
	}, func(_ context.Context, rows []store.Category) []Category {
		out := make([]Category, len(rows))
		for i, c := range rows {
			out[i] = category(c)
		}
		return out
	})
	if err != nil {
		return nil, err
	}
	return httpx.OK(page), nil
}

// of narrows and orders the categories.
func (in *categoriesInput) of(all []store.Category) ([]store.Category, error) {
	all = slices.Clone(all)
	if in.Parent != "" {
		var parent int64
		if f := identifier("parent", in.Parent, &parent); f != nil && in.Parent != "0" {
			return nil, errs.InvalidFields(*f)
		}
		all = slices.DeleteFunc(all, func(c store.Category) bool { return c.ParentID != parent })
	}
	if compare, down := categoryOrder(in.Ordering); compare != nil {
		slices.SortStableFunc(all, compare)
		if down {
			slices.Reverse(all)
		}
	}
	return all, nil
}

// categoryOrder is the first that is known, as for adverts; nil when none is.
func categoryOrder(ordering string) (compare func(a, b store.Category) int, down bool) {
	for part := range strings.SplitSeq(ordering, ",") {
		column, down := strings.CutPrefix(strings.TrimSpace(part), "-")
		switch column {
		case "id":
			return func(a, b store.Category) int { return cmp.Compare(a.ID, b.ID) }, down
		case "name":
			return func(a, b store.Category) int { return strings.Compare(a.Name, b.Name) }, down
		case "position":
			return func(a, b store.Category) int { return cmp.Compare(a.Position, b.Position) }, down
		}
	}
	return nil, false
}

type categoryInput struct {
	ID int64 `path:"id"`
}

func (h categories) get(ctx context.Context, in *categoryInput) (*httpx.Body[Category], error) {
	c, err := h.core.Category(ctx, in.ID)
	return shownCategory(c, err)
}

func shownCategory(c store.Category, err error) (*httpx.Body[Category], error) {
	if err != nil {
		return nil, err
	}
	return httpx.OK(category(c)), nil
}

type newCategoryInput struct{ Body CategoryBody }

func (h categories) create(ctx context.Context, in *newCategoryInput) (*httpx.Body[Category], error) {
	return h.put(ctx, 0, in.Body, true)
}

type changeCategoryInput struct {
	ID   int64 `path:"id"`
	Body CategoryBody
}

func (h categories) replace(ctx context.Context, in *changeCategoryInput) (*httpx.Body[Category], error) {
	return h.put(ctx, in.ID, in.Body, true)
}

func (h categories) change(ctx context.Context, in *changeCategoryInput) (*httpx.Body[Category], error) {
	return h.put(ctx, in.ID, in.Body, false)
}

func (h categories) put(ctx context.Context, id int64, body CategoryBody, whole bool) (*httpx.Body[Category], error) {
	change, err := body.apply(whole)
	if err != nil {
		return nil, err
	}
	c, err := h.core.PutCategory(ctx, id, change)
	return shownCategory(c, err)
}

func (h categories) delete(ctx context.Context, in *categoryInput) (*struct{}, error) {
	return nil, h.core.DeleteCategory(ctx, in.ID)
}
