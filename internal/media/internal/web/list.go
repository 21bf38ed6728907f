package web

import (
	"context"
	"math"

	"agrovet/internal/media/internal/store"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/httpx"
)

type listInput struct{ httpx.PageParams }

// position is where a page of a cursor's walk ended.
type position struct {
	ID int64 `json:"id"`
}

func (h *handlers) list(ctx context.Context, in *listInput) (*httpx.Body[httpx.Page[OwnMedia]], error) {
	var page httpx.Page[OwnMedia]
	var err error
	if in.ByCursor() {
		page, err = h.cursorPage(ctx, in)
	} else {
		page, err = h.numberedPage(ctx, in)
	}
	if err != nil {
		return nil, err
	}
	return httpx.OK(page), nil
}

func (h *handlers) numberedPage(ctx context.Context, in *listInput) (page httpx.Page[OwnMedia], err error) {
	owner := authn.UserID(ctx)
	count, err := h.core.Count(ctx, owner, httpx.MaxCount)
	if err != nil {
		return page, err
	}
	w, err := in.Window(count)
	if err != nil {
		return page, err
	}
	rows, err := h.all(ctx, owner, store.Span{Before: math.MaxInt64, Skip: w.Offset, Amount: w.Limit})
	return httpx.NumberedPage(ctx, w, count, rows), err
}

func (h *handlers) cursorPage(ctx context.Context, in *listInput) (page httpx.Page[OwnMedia], err error) {
	from := position{math.MaxInt64}
	if err := in.Position(&from); err != nil {
		return page, err
	}
	rows, err := h.all(ctx, authn.UserID(ctx), store.Span{Before: from.ID, Amount: in.Size() + 1})
	end := ""
	if len(rows) > in.Size() {
		rows = rows[:in.Size()]
		end = httpx.EncodeCursor(position{rows[len(rows)-1].ID})
	}
	return httpx.CursorPage(ctx, end, rows), err
}

func (h *handlers) all(ctx context.Context, owner int64, s store.Span) ([]OwnMedia, error) {
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
