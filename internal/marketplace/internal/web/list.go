package web

import (
	"context"
	"slices"
	"strings"

	"agrovet/internal/marketplace"
	"agrovet/internal/marketplace/internal/core"
	"agrovet/internal/marketplace/internal/measure"
	"agrovet/internal/marketplace/internal/store"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/httpx"
	"agrovet/internal/platform/search"
)

// ListInput is what the list is asked with.
type ListInput struct {
	httpx.PageParams
	FilterInput
	Ordering string `query:"ordering" doc:"-created_at, created_at, price, -price; with category and base_unit also base_price and -base_price. Anything else is ignored."`
}

var orders = []store.Order{store.Newest, store.Oldest, store.Cheapest, store.Dearest, store.BaseUp, store.BaseDown}

// order is the first that is known, as in the original.
func (in *ListInput) order() (store.Order, bool) {
	for part := range strings.SplitSeq(in.Ordering, ",") {
		if o := store.Order(strings.TrimSpace(part)); slices.Contains(orders, o) {
			return o, true
		}
	}
	return store.Newest, false
}

func (h handlers) list(ctx context.Context, in *ListInput) (*httpx.Body[AddPage], error) {
	w, status, err := h.wanted(ctx, &in.FilterInput)
	if err != nil {
		return nil, err
	}
	order, given := in.order()
	var page AddPage
	switch byBase := order == store.BaseUp || order == store.BaseDown; {
	case byBase && (w.CategoryID == 0 || in.BaseUnit == ""):
		return nil, errs.InField("ordering", "Para ordenar por precio comparable elija una categoría y base_unit.", "To order by comparable price choose a category and base_unit.")
	case status != marketplace.StatusActive:
		page.Page, err = h.own(ctx, in.PageParams, status, w, order)
	case w.Plain() || given && byBase && w.PlainBut(in.Currency):
		page.Page, err = h.indexed(ctx, in.PageParams, w, order, in)
	default:
		page, err = h.found(ctx, in.PageParams, w, order, given)
	}
	if err != nil {
		return nil, err
	}
	return httpx.OK(page), nil
}

// indexed is a list that an index has in its order.
func (h handlers) indexed(ctx context.Context, p httpx.PageParams, w core.Wanted, order store.Order, in *ListInput) (httpx.Page[Add], error) {
	l, err := h.core.Scope(ctx, store.List{Status: marketplace.StatusActive, PublisherID: w.PublisherID, Without: w.Without, Order: order,
		Currency: in.Currency, BaseUnit: in.BaseUnit}, w.CategoryID)
	if err != nil {
		return httpx.Page[Add]{}, err
	}
	return httpx.List(ctx, p, h.source(l), adds)
}

// own is a list of the reader's own adverts of a status that others do not see: there are no search
// documents of them, but they are few.
func (h handlers) own(ctx context.Context, p httpx.PageParams, status marketplace.Status, w core.Wanted, order store.Order) (httpx.Page[Add], error) {
	me := authn.UserID(ctx)
	if me == 0 || w.PublisherID != 0 && w.PublisherID != me {
		return httpx.List(ctx, p, nothing, adds)
	}
	l, err := h.core.Scope(ctx, store.List{Status: status, PublisherID: me, Condition: w.Condition, Words: words(w.Text), Order: order,
		Currency: w.Currency, BaseUnit: w.BaseUnit}, w.CategoryID)
	if err != nil {
		return httpx.Page[Add]{}, err
	}
	return httpx.List(ctx, p, h.source(l), adds)
}

// words are the first words of a text, as the original looked for them: anywhere in title or description.
func words(text string) []string {
	all := strings.Fields(search.Fold(text))
	return all[:min(len(all), search.MaxQueryWords)]
}

func (h handlers) source(l store.List) httpx.Source[core.Shown, store.Position] {
	return httpx.Source[core.Shown, store.Position]{
		Count: func(ctx context.Context, limit int) (int64, error) { return h.core.Count(ctx, l, limit) },
		Rows: func(ctx context.Context, s httpx.Span[store.Position]) ([]core.Shown, bool, error) {
			return h.core.List(ctx, l, store.Span(s))
		},
		End:  func(last core.Shown) store.Position { return last.End(l.Order) },
		Fits: func(p store.Position) bool { return p.Fits(l.Order) && (p.Price == "" || isPrice(p.Price)) },
	}
}

// isPrice says whether a cursor, which anybody can write, holds what the database can compare with prices.
func isPrice(text string) bool {
	d, ok := measure.ParseDecimal(text)
	return ok && d.Check(20, 4) == errs.Text{}
}

// nothing is the list of what nobody may see.
var nothing = httpx.Source[core.Shown, store.Position]{
	Count: func(context.Context, int) (int64, error) { return 0, nil },
	Rows: func(context.Context, httpx.Span[store.Position]) ([]core.Shown, bool, error) {
		return nil, false, nil
	},
}

type mineInput struct{ httpx.PageParams }

func (h handlers) mine(ctx context.Context, in *mineInput) (*httpx.Body[httpx.ArrayOrPage[Add]], error) {
	return httpx.ListOrArray(ctx, in.PageParams, h.source(store.List{PublisherID: authn.UserID(ctx), Order: store.Newest}), adds)
}
