package web

import (
	"context"
	"encoding/json"
	"reflect"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"agrovet/internal/marketplace"
	"agrovet/internal/marketplace/internal/core"
	"agrovet/internal/marketplace/internal/store"
	"agrovet/internal/media"
	"agrovet/internal/media/mediajson"
	"agrovet/internal/platform/geo"
	"agrovet/internal/platform/httpx"
	"agrovet/internal/platform/search"
)

// Add is an advert as REST answers show it (contract: rest.md §5).
type Add struct {
	ID               int64             `json:"id"`
	PublisherID      int64             `json:"publisher_id"`
	Publisher        int64             `json:"publisher" doc:"The same as publisher_id, for older clients."`
	PublisherName    string            `json:"publisher_name" doc:"The publisher's full name, else User and the id."`
	PublisherPicture *string           `json:"publisher_picture"`
	Title            string            `json:"title"`
	Description      string            `json:"description"`
	Price            string            `json:"price" doc:"Decimal, of one unit; 0.00 when it is on request."`
	Currency         string            `json:"currency" doc:"ISO 4217"`
	Unit             string            `json:"unit" doc:"What the price is for; see units/."`
	Country          string            `json:"country" doc:"ISO 3166: whose arroba or quintal it is; empty when it is not known."`
	Quantity         *string           `json:"quantity" doc:"Decimal: how many units there are; null: not said."`
	Negotiable       bool              `json:"negotiable"`
	Swap             bool              `json:"swap" doc:"Something else is taken in exchange."`
	OnRequest        bool              `json:"on_request" doc:"A convenir: the price is not said."`
	BasePrice        *string           `json:"base_price" doc:"Decimal: price of one base_unit, to compare with; null when it does not compare."`
	BaseUnit         *string           `json:"base_unit"`
	Category         *int64            `json:"category"`
	Condition        string            `json:"condition"`
	LocationName     *string           `json:"location_name"`
	Latitude         *float64          `json:"latitude" doc:"Exact for the publisher and staff; others get a place 0.5 to 2 km away, always the same."`
	Longitude        *float64          `json:"longitude"`
	DistanceKM       *float64          `json:"distance_km,omitempty" doc:"From where the reader asked, to the place that others see."`
	Attributes       Attributes        `json:"attributes" doc:"By the category's attributes."`
	MainImage        *mediajson.Media  `json:"main_image"`
	SecondaryImages  []mediajson.Media `json:"secondary_images" nullable:"false"`
	Status           string            `json:"status" doc:"draft, active, paused, sold, archived or expired. Others see active adverts alone."`
	Removed          bool              `json:"removed,omitempty" doc:"By staff; for the publisher and staff."`
	Views            int64             `json:"views" doc:"By people and days, without the publisher and staff."`
	IsFavourite      *bool             `json:"is_favourite" doc:"Of the reader; null when nobody is signed in."`
	Version          int               `json:"version" doc:"Grows with every change; If-Match takes it."`
	CreatedAt        string            `json:"created_at" format:"date-time"`
	UpdatedAt        string            `json:"updated_at" format:"date-time"`
	ExpiresAt        *string           `json:"expires_at" format:"date-time" doc:"Null while it was never active."`
	Snippet          []search.Part     `json:"snippet,omitempty" doc:"In searches: where the words stand."`
}

// Attributes are those of an advert, as JSON.
type Attributes json.RawMessage

// attributesOf are a row's, which hold texts, numbers, truths and lists of texts alone.
func attributesOf(r store.Row) Attributes {
	if r.Written != nil {
		return Attributes(r.Written)
	}
	if len(r.Attributes) == 0 {
		return Attributes("{}")
	}
	written, err := json.Marshal(r.Attributes)
	if err != nil {
		panic(err)
	}
	return written
}

// MarshalJSON writes them.
func (a Attributes) MarshalJSON() ([]byte, error) { return a, nil }

// Schema says that they are an object.
func (a Attributes) Schema(r huma.Registry) *huma.Schema {
	return r.Schema(reflect.TypeFor[map[string]any](), true, "")
}

// timeFormat is the original's: ISO 8601, microseconds, UTC.
const timeFormat = "2006-01-02T15:04:05.000000Z"

func written(t time.Time) string { return t.UTC().Format(timeFormat) }

// add makes the JSON of an advert for whoever reads it.
func add(ctx context.Context, s core.Shown) Add {
	p := s.Price
	a := Add{ID: s.ID, PublisherID: s.PublisherID, Publisher: s.PublisherID, PublisherName: s.Publisher.DisplayName(),
		PublisherPicture: text(httpx.Absolute(ctx, s.Publisher.Picture)), Title: s.Title, Description: s.Description,
		Price: p.Amount, Currency: p.Currency, Unit: p.Unit, Country: p.Country, Quantity: text(p.Quantity),
		Negotiable: p.Negotiable, Swap: p.Swap, OnRequest: p.OnRequest, BasePrice: text(p.Base), BaseUnit: text(p.BaseUnit),
		Category: some(s.CategoryID), Condition: string(s.Condition), LocationName: text(s.Place.Name),
		Attributes: attributesOf(s.Row), SecondaryImages: mediajson.List(ctx, s.Pictures, s.ImageIDs),
		Status: string(s.Status), Removed: s.Removed && s.Owner, Views: s.Views, IsFavourite: s.Favourite, Version: s.Version, CreatedAt: written(s.CreatedAt), UpdatedAt: written(s.UpdatedAt)}
	a.Latitude, a.Longitude = degrees(place(s.Place, s.Owner))
	if s.KM != nil {
		a.DistanceKM = new(tenths(*s.KM))
	}
	if o, ok := s.Pictures[s.MainImageID]; ok {
		a.MainImage = picture(ctx, o)
	}
	if !s.ExpiresAt.IsZero() {
		a.ExpiresAt = new(written(s.ExpiresAt))
	}
	return a
}

func adds(ctx context.Context, rows []core.Shown) []Add {
	out := make([]Add, len(rows))
	for i, r := range rows {
		out[i] = add(ctx, r)
	}
	return out
}

func picture(ctx context.Context, o media.Object) *mediajson.Media {
	m := mediajson.New(ctx, o)
	return &m
}

func place(p marketplace.Place, owner bool) *geo.Point {
	if owner {
		return p.Exact
	}
	return p.Rough
}

func degrees(p *geo.Point) (latitude, longitude *float64) {
	if p == nil {
		return nil, nil
	}
	return &p.Latitude, &p.Longitude
}

func text(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func some(id int64) *int64 {
	if id == 0 {
		return nil
	}
	return &id
}
