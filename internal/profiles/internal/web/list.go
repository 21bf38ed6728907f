package web

import (
	"context"
	"errors"

	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/httpx"
	"agrovet/internal/profiles/internal/core"
	"agrovet/internal/profiles/internal/store"
)

type listInput struct {
	httpx.PageParams
	ObjectID int64 `query:"object_id" doc:"Only the profile of the user with this id."`
}

// position is where a page of a cursor's walk ended.
type position struct {
	ID int64 `json:"id"`
}

func (k kind[T, J]) list(ctx context.Context, in *listInput) (*httpx.Body[httpx.Page[J]], error) {
	var page httpx.Page[J]
	var err error
	switch {
	case in.ObjectID != 0:
		page, err = k.filtered(ctx, in)
	case in.ByCursor():
		page, err = k.cursor(ctx, in)
	default:
		page, err = k.numbered(ctx, in)
	}
	if err != nil {
		return nil, err
	}
	return httpx.OK(page), nil
}

// numbered is a page by its number.
func (k kind[T, J]) numbered(ctx context.Context, in *listInput) (page httpx.Page[J], err error) {
	count, err := k.profiles.Count(ctx, httpx.MaxCount)
	if err != nil {
		return page, err
	}
	w, err := in.Window(count)
	if err != nil {
		return page, err
	}
	rows, _, err := k.profiles.Page(ctx, store.Span{Skip: w.Offset, Limit: w.Limit})
	return httpx.NumberedPage(ctx, w, count, k.all(ctx, rows)), err
}

// cursor is the page behind a cursor.
func (k kind[T, J]) cursor(ctx context.Context, in *listInput) (page httpx.Page[J], err error) {
	var from position
	if err := in.Position(&from); err != nil {
		return page, err
	}
	rows, more, err := k.profiles.Page(ctx, store.Span{After: from.ID, Limit: in.Size()})
	end := ""
	if more {
		end = httpx.EncodeCursor(position{rows[len(rows)-1].ID})
	}
	return httpx.CursorPage(ctx, end, k.all(ctx, rows)), err
}

// filtered is the list with one user's profile, or empty.
func (k kind[T, J]) filtered(ctx context.Context, in *listInput) (page httpx.Page[J], err error) {
	var rows []core.Shown[T]
	s, err := k.profiles.Get(ctx, in.ObjectID)
	var e *errs.Error
	switch {
	case err == nil:
		rows = append(rows, s)
	case !errors.As(err, &e) || e.Kind != errs.NotFound:
		return page, err
	}
	if in.ByCursor() {
		return httpx.CursorPage(ctx, "", k.all(ctx, rows)), nil
	}
	w, err := in.Window(int64(len(rows)))
	if err != nil {
		return page, err
	}
	return httpx.NumberedPage(ctx, w, int64(len(rows)), k.all(ctx, rows)), nil
}

func (k kind[T, J]) all(ctx context.Context, rows []core.Shown[T]) []J {
	out := make([]J, len(rows))
	for i, r := range rows {
		out[i] = k.show(ctx, r)
	}
	return out
}
