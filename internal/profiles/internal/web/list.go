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
	if in.ObjectID != 0 {
		page, err = k.single(ctx, in)
	} else {
		page, err = httpx.List(ctx, in.PageParams, from.list(), k.all)
	}
	if err != nil {
		return nil, err
	}
	return httpx.OK(page), nil
}

// beforeAll is a distance that is nearer than any.
const beforeAll = -1

func (from source[T]) list() httpx.Source[core.Shown[T], position] {
	return httpx.Source[core.Shown[T], position]{
		Count: from.count,
		Rows: func(ctx context.Context, s httpx.Span[position]) ([]core.Shown[T], bool, error) {
			span := store.Span{AfterKM: beforeAll, Skip: s.Skip, Limit: s.Limit}
			if s.After != nil {
				span.After = s.After.ID
				if from.byDistance {
					span.AfterKM = *s.After.KM
				}
			}
			return from.page(ctx, span)
		},
		End:  func(last core.Shown[T]) position { return position{last.ID, last.KM} },
		Fits: func(p position) bool { return from.byDistance == (p.KM != nil) }, // a cursor of a list in another order
	}
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
