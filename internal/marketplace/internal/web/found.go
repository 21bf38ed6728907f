package web

import (
	"context"

	"agrovet/internal/marketplace/internal/core"
	"agrovet/internal/marketplace/internal/store"
	"agrovet/internal/platform/httpx"
	"agrovet/internal/platform/search"
)

// hit is an advert that was found, with where it stands.
type hit struct {
	Add
	end httpx.WindowPosition
}

// found is a page of a search.
func (h handlers) found(ctx context.Context, p httpx.PageParams, w core.Wanted, order store.Order, given bool) (out AddPage, err error) {
	rank := store.Order("")
	if given {
		rank = order
	}
	out.Page, err = httpx.ListWindows(ctx, p, httpx.Windows[hit]{
		Size: store.Window,
		Find: func(ctx context.Context, at httpx.WindowPosition, limit int) ([]hit, int, error) {
			r, err := h.core.Find(ctx, w, store.FindSpan{Below: at.Below, Skip: at.Skip, Limit: limit, Order: rank, Now: at.Began})
			out.Corrections = r.Corrected
			return hits(ctx, r, at), r.Total, err
		},
		End: func(last hit) httpx.WindowPosition { return last.end },
	}, httpx.Each(func(_ context.Context, h hit) Add { return h.Add }))
	return out, err
}

// AddPage is a page of adverts.
type AddPage struct {
	httpx.Page[Add]
	Corrections []search.Correction `json:"corrections,omitempty" doc:"Words of the search that were found nowhere."`
}

func hits(ctx context.Context, r core.Result, at httpx.WindowPosition) []hit {
	out := make([]hit, len(r.Rows))
	for i, s := range r.Rows {
		out[i] = hit{add(ctx, s), at.Behind(i+1, r.Total, r.Oldest)}
		if r.Snippets != nil {
			out[i].Snippet = r.Snippets[i]
		}
	}
	return out
}
