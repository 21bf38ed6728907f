package web

import (
	"context"
	"time"

	"agrovet/internal/marketplace/internal/core"
	"agrovet/internal/marketplace/internal/store"
	"agrovet/internal/platform/httpx"
)

// foundPosition is where a page of a search ends: in which window of adverts that are ranked together,
// and how far in it. Freshness is reckoned from when the walk began, so that the rank stays the same.
type foundPosition struct {
	Below int64     `json:"below,omitempty"`
	Skip  int       `json:"skip,omitempty"`
	Began time.Time `json:"began"`
}

// hit is an advert that was found, with where it stands.
type hit struct {
	Add
	next foundPosition
}

// found is a page of a search.
func (h handlers) found(ctx context.Context, p httpx.PageParams, w core.Wanted, order store.Order, given bool) (AddPage, error) {
	rank := store.Order("")
	if given {
		rank = order
	}
	var read *core.Result // the page that was read last: the first one also says how many there are
	find := func(ctx context.Context, at foundPosition, limit int) ([]hit, int, bool, error) {
		r, err := h.core.Find(ctx, w, store.FindSpan{Below: at.Below, Skip: at.Skip, Limit: limit, Order: rank, Now: at.Began})
		read = &r
		return hits(ctx, r, at), r.Total, err == nil && (at.Skip+len(r.Rows) < r.Total || r.Total == store.Window), err
	}
	began := time.Now()
	page, err := httpx.List(ctx, p, httpx.Source[hit, foundPosition]{
		Count: func(ctx context.Context, limit int) (int64, error) {
			_, total, _, err := find(ctx, foundPosition{Began: began}, p.Size())
			return int64(total), err
		},
		Rows: func(ctx context.Context, s httpx.Span[foundPosition]) ([]hit, bool, error) {
			if s.After == nil && s.Skip == 0 && read != nil {
				return hits(ctx, *read, foundPosition{Began: began}), false, nil
			}
			at := foundPosition{Began: began, Skip: s.Skip}
			if s.After != nil {
				at = *s.After
			}
			rows, _, more, err := find(ctx, at, s.Limit)
			return rows, more && len(rows) > 0, err
		},
		End:  func(last hit) foundPosition { return last.next },
		Fits: func(p foundPosition) bool { return p.Skip >= 0 && p.Skip <= store.Window && !p.Began.IsZero() },
	}, func(_ context.Context, rows []hit) []Add {
		out := make([]Add, len(rows))
		for i, r := range rows {
			out[i] = r.Add
		}
		return out
	})
	out := AddPage{Page: page}
	if read != nil {
		for _, c := range read.Corrected {
			out.Corrections = append(out.Corrections, Correction{c.Word, c.Instead})
		}
	}
	return out, err
}

// AddPage is a page of adverts.
type AddPage struct {
	httpx.Page[Add]
	Corrections []Correction `json:"corrections,omitempty" doc:"Words of the search that were found nowhere."`
}

// Correction is a word of the search that was found nowhere, and what was looked for in its place.
type Correction struct {
	Word    string   `json:"word"`
	Instead []string `json:"instead" nullable:"false"`
}

func hits(ctx context.Context, r core.Result, at foundPosition) []hit {
	out := make([]hit, len(r.Rows))
	for i, s := range r.Rows {
		next := foundPosition{Below: at.Below, Skip: at.Skip + i + 1, Began: at.Began}
		if next.Skip >= r.Total {
			next.Below, next.Skip = r.Oldest, 0
		}
		out[i] = hit{add(ctx, s), next}
		if r.Snippets != nil {
			out[i].Snippet = parts(r.Snippets[i])
		}
	}
	return out
}
