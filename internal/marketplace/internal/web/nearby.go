package web

import (
	"context"

	"agrovet/internal/marketplace/internal/core"
	"agrovet/internal/marketplace/internal/store"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/httpx"
)

type nearbyInput struct {
	httpx.PageParams
	Lat      string `query:"lat" doc:"Needed: latitude in degrees." example:"-17.78"`
	Lon      string `query:"lon" doc:"Needed: longitude in degrees." example:"-63.18"`
	RadiusKM string `query:"radius_km" doc:"More than 0, at most 500; 5 when it is not said."`
	Category string `query:"category" doc:"A category's id; one at the top stands for those below it, too."`
}

// nearPosition is where a page of a list by distance ends.
type nearPosition struct {
	KM   float64 `json:"km"`
	ID   int64   `json:"id"`
	Seen int     `json:"seen"`
}

func (h handlers) nearby(ctx context.Context, in *nearbyInput) (*httpx.Body[httpx.ArrayOrPage[Add]], error) {
	n, err := h.nearWanted(ctx, in)
	if err != nil {
		return nil, err
	}
	seen := 0
	return httpx.ListOrArray(ctx, in.PageParams, httpx.Source[core.Shown, nearPosition]{
		Count: func(ctx context.Context, limit int) (int64, error) { return h.core.NearCount(ctx, n, limit) },
		Rows: func(ctx context.Context, s httpx.Span[nearPosition]) ([]core.Shown, bool, error) {
			span := store.NearSpan{AfterKM: -1, Skip: s.Skip, Limit: s.Limit}
			if s.After != nil {
				span.AfterKM, span.AfterID, span.Seen = s.After.KM, s.After.ID, s.After.Seen
			}
			rows, more, err := h.core.Near(ctx, n, span)
			seen = span.Seen + len(rows)
			return rows, more && seen < maxNear, err
		},
		End:  func(last core.Shown) nearPosition { return nearPosition{*last.KM, last.ID, seen} },
		Fits: func(p nearPosition) bool { return p.Seen >= 0 && p.Seen <= maxNear },
	}, adds)
}

// maxNear is how far a list by distance can be walked: its cost grows with the way.
const maxNear = httpx.MaxCount

func (h handlers) nearWanted(ctx context.Context, in *nearbyInput) (n store.Near, err error) {
	if in.Lat == "" || in.Lon == "" {
		return n, errLatLon
	}
	c, err := circle(param{"lat", in.Lat}, param{"lon", in.Lon}, param{"radius_km", in.RadiusKM}, 5)
	if err != nil {
		return n, err
	}
	var category int64
	_, field, err := h.category(ctx, in.Category, &category)
	if err != nil {
		return n, err
	}
	if field != nil {
		return n, errs.InvalidFields(*field)
	}
	l, err := h.core.Scope(ctx, store.List{}, category)
	if err != nil {
		return n, err
	}
	blocked, err := h.core.Blocked(ctx)
	return store.Near{Circle: *c, CategoryID: l.CategoryID, RootID: l.RootID, Without: blocked}, err
}

// errLatLon is the contract's (rest.md §5).
var errLatLon = errs.New(errs.Invalid, "marketplace.lat_lon_required", "lat and lon are required params", "lat and lon are required params")
