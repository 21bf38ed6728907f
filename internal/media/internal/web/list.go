package web

import (
	"context"
	"math"

	"agrovet/internal/media/internal/store"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/httpx"
	"agrovet/internal/platform/pg"
)

type listInput struct{ httpx.PageParams }

// position is where a page of a cursor's walk ended.
type position struct {
	ID int64 `json:"id"`
}

func (h *handlers) list(ctx context.Context, in *listInput) (*httpx.Body[httpx.Page[OwnMedia]], error) {
	owner := authn.UserID(ctx)
	page, err := httpx.List(ctx, in.PageParams, httpx.Source[OwnMedia, position]{
		Count: func(ctx context.Context, limit int) (int64, error) { return h.core.Count(ctx, owner, limit) },
		Rows: func(ctx context.Context, s httpx.Span[position]) ([]OwnMedia, bool, error) {
			return pg.Peek(s.Limit, func(limit int) ([]OwnMedia, error) {
				span := store.Span{Before: math.MaxInt64, Skip: s.Skip, Amount: limit}
				if s.After != nil {
					span.Before = s.After.ID
				}
				return h.of(ctx, owner, span)
			})
		},
		End: func(last OwnMedia) position { return position{last.ID} },
	}, func(_ context.Context, rows []OwnMedia) []OwnMedia { return rows })
	if err != nil {
		return nil, err
	}
	return httpx.OK(page), nil
}

func (h *handlers) of(ctx context.Context, owner int64, s store.Span) ([]OwnMedia, error) {
	objects, err := h.core.Of(ctx, owner, s)
	if err != nil {
		return nil, err
	}
	list := make([]OwnMedia, len(objects))
	for i, o := range objects {
		if list[i], err = h.show(ctx, o); err != nil {
			return nil, err
		}
	}
	return list, nil
}
