package web

import (
	"context"
	"math"

	"agrovet/internal/marketplace/internal/core"
	"agrovet/internal/platform/httpx"
)

// Alert is an advert that a saved search has found.
type Alert struct {
	ID     int64       `json:"id"`
	At     string      `json:"at" format:"date-time"`
	Read   bool        `json:"read"`
	Search NamedSearch `json:"search"`
	Add    Add         `json:"add"`
}

// NamedSearch says which saved search it was.
type NamedSearch struct {
	ID   int64  `json:"id"`
	Name string `json:"name"`
}

func alerts(ctx context.Context, rows []core.Alert) []Alert {
	out := make([]Alert, len(rows))
	for i, r := range rows {
		out[i] = Alert{r.ID, written(r.At), r.Read, NamedSearch{r.SearchID, r.Search}, add(ctx, r.Add)}
	}
	return out
}

type alertsInput struct{ httpx.PageParams }

func (h searches) alerts(ctx context.Context, in *alertsInput) (*httpx.Body[httpx.Page[Alert]], error) {
	page, err := httpx.List(ctx, in.PageParams, httpx.Source[core.Alert, idPosition]{
		Count: func(ctx context.Context, limit int) (int64, error) { return h.core.CountAlerts(ctx, false, limit) },
		Rows: func(ctx context.Context, s httpx.Span[idPosition]) ([]core.Alert, bool, error) {
			return h.core.Alerts(ctx, below(s.After), s.Skip, s.Limit)
		},
		End: func(last core.Alert) idPosition { return idPosition{last.ID} },
	}, alerts)
	if err != nil {
		return nil, err
	}
	return httpx.OK(page), nil
}

// Unread is how many alerts are unread.
type Unread struct {
	Count int64 `json:"count"`
}

func (h searches) unread(ctx context.Context, _ *struct{}) (*httpx.Body[Unread], error) {
	n, err := h.core.CountAlerts(ctx, true, httpx.MaxCount)
	if err != nil {
		return nil, err
	}
	return httpx.OK(Unread{n}), nil
}

// ReadBody says which alerts were read.
type ReadBody struct {
	UpTo httpx.Opt[int64] `json:"up_to,omitempty" minimum:"1" doc:"An alert's id; null: all."`
}

type readInput struct{ Body ReadBody }

func (h searches) read(ctx context.Context, in *readInput) (*httpx.Body[Unread], error) {
	if err := h.core.ReadAlerts(ctx, in.Body.UpTo.Or(math.MaxInt64)); err != nil {
		return nil, err
	}
	return h.unread(ctx, nil)
}
