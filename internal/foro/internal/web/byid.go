package web

import (
	"context"

	"agrovet/internal/foro/internal/store"
	"agrovet/internal/platform/httpx"
)

// idPosition is where a page of a list against the order of ids ends.
type idPosition struct {
	ID int64 `json:"id"`
}

// byID is where such a list comes from.
func byID[R any](count func(context.Context, int) (int64, error), rows func(context.Context, store.IDSpan) ([]R, bool, error), id func(R) int64) httpx.Source[R, idPosition] {
	return httpx.Source[R, idPosition]{
		Count: count,
		Rows: func(ctx context.Context, s httpx.Span[idPosition]) ([]R, bool, error) {
			span := store.IDSpan{Skip: s.Skip, Limit: s.Limit}
			if s.After != nil {
				span.Before = s.After.ID
			}
			return rows(ctx, span)
		},
		End:  func(last R) idPosition { return idPosition{id(last)} },
		Fits: func(p idPosition) bool { return p.ID > 0 },
	}
}

// nothing is the list of what there cannot be.
func nothing[R, P any]() httpx.Source[R, P] {
	return httpx.Source[R, P]{
		Count: func(context.Context, int) (int64, error) { return 0, nil },
		Rows:  func(context.Context, httpx.Span[P]) ([]R, bool, error) { return nil, false, nil },
	}
}
