package web

import (
	"context"
	"errors"

	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/httpx"
	"agrovet/internal/profiles/internal/core"
	"agrovet/internal/profiles/internal/store"
)

// ListInput is what a list of profiles is asked with.
type ListInput struct {
	httpx.PageParams
	ObjectID int64 `query:"object_id" doc:"Only the profile of the user with this id."`
}

// source is where a list's rows come from.
type source[T any] struct {
	page       func(context.Context, store.Span) (rows []core.Shown[T], more bool, err error)
	count      func(ctx context.Context, limit int) (int64, error)
	byDistance bool // else by id
}

// position is where a page of a cursor's walk ended.
type position struct {
	ID int64    `json:"id"`
	KM *float64 `json:"km,omitempty"` // in lists by distance
}

func (k kind[T, J]) list(ctx context.Context, in *ListInput) (*httpx.Body[httpx.Page[J]], error) {
	return k.listOf(ctx, in, source[T]{page: k.profiles.Page, count: k.profiles.Count})
}

func (k kind[T, J]) listOf(ctx context.Context, in *ListInput, from source[T]) (*httpx.Body[httpx.Page[J]], error) {
	var page httpx.Page[J]
	var err error
	switch {
	case in.ObjectID != 0:
		page, err = k.single(ctx, in)
	case in.ByCursor():
		page, err = k.cursor(ctx, in, from)
	default:
		page, err = k.numbered(ctx, in, from)
	}
	if err != nil {
		return nil, err
	}
	return httpx.OK(page), nil
}

// numbered is a page by its number.
func (k kind[T, J]) numbered(ctx context.Context, in *ListInput, from source[T]) (page httpx.Page[J], err error) {
	count, err := from.count(ctx, httpx.MaxCount)
	if err != nil {
		return page, err
	}
	w, err := in.Window(count)
	if err != nil {
		return page, err
	}
	rows, _, err := from.page(ctx, store.Span{AfterKM: beforeAll, Skip: w.Offset, Limit: w.Limit})
	return httpx.NumberedPage(ctx, w, count, k.all(ctx, rows)), err
}

// beforeAll is a distance that is nearer than any.
const beforeAll = -1

// cursor is the page behind a cursor.
func (k kind[T, J]) cursor(ctx context.Context, in *ListInput, from source[T]) (page httpx.Page[J], err error) {
	span, err := in.span(from.byDistance)
	if err != nil {
		return page, err
	}
	rows, more, err := from.page(ctx, span)
	end := ""
	if more {
		last := rows[len(rows)-1]
		end = httpx.EncodeCursor(position{last.ID, last.KM})
	}
	return httpx.CursorPage(ctx, end, k.all(ctx, rows)), err
}

// span is the part of the list that the cursor asks for.
//
// Errors: errs.ErrCursor, also for a cursor of a list in another order.
func (in *ListInput) span(byDistance bool) (store.Span, error) {
	at := position{}
	if in.Cursor == "*" && byDistance {
		at.KM = new(float64(beforeAll))
	}
	if err := in.Position(&at); err != nil {
		return store.Span{}, err
	}
	if byDistance != (at.KM != nil) {
		return store.Span{}, errs.ErrCursor
	}
	span := store.Span{After: at.ID, Limit: in.Size()}
	if byDistance {
		span.AfterKM = *at.KM
	}
	return span, nil
}

// single is the list with one user's profile, or empty.
func (k kind[T, J]) single(ctx context.Context, in *ListInput) (page httpx.Page[J], err error) {
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
