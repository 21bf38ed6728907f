package web

import (
	"slices"
	"strings"

	"agrovet/internal/marketplace"
	"agrovet/internal/marketplace/internal/measure"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/geo"
	"agrovet/internal/platform/httpx"
)

// AddBody is what clients send of an advert. Clients send whole adverts back, so every other field of an
// answer may come along: it is ignored.
type AddBody struct {
	Title        httpx.Opt[string]         `json:"title,omitempty" nullable:"false" minLength:"1" maxLength:"200"`
	Description  httpx.Opt[string]         `json:"description,omitempty" nullable:"false" minLength:"1" maxLength:"10000"`
	Price        httpx.Opt[string]         `json:"price,omitempty" nullable:"false" format:"decimal" doc:"Of one unit: at most 12 digits, 2 of them decimals; a number or a text." example:"100.00"`
	Category     httpx.Opt[int64]          `json:"category,omitempty" doc:"Null: none."`
	Condition    httpx.Opt[string]         `json:"condition,omitempty" nullable:"false" enum:"new,used,semi_new"`
	LocationName httpx.Opt[string]         `json:"location_name,omitempty" maxLength:"255"`
	Latitude     httpx.Opt[float64]        `json:"latitude,omitempty" minimum:"-90" maximum:"90" doc:"Others see a place near it. Null, with longitude, removes it."`
	Longitude    httpx.Opt[float64]        `json:"longitude,omitempty" minimum:"-180" maximum:"180"`
	MainImageID  httpx.Opt[int64]          `json:"main_image_id,omitempty" minimum:"0" doc:"A picture of the publisher's, as media id; 0 or null: none."`
	ImageIDs     httpx.Opt[[]int64]        `json:"secondary_image_ids,omitempty" doc:"At most 4, each counts once; null: none."`
	Currency     httpx.Opt[string]         `json:"currency,omitempty" nullable:"false" maxLength:"3" doc:"ISO 4217; the installation's when it is not said." example:"BOB"`
	Unit         httpx.Opt[string]         `json:"unit,omitempty" nullable:"false" maxLength:"20" doc:"What the price is for, one of units/; unidad when it is not said." example:"arroba"`
	Country      httpx.Opt[string]         `json:"country,omitempty" nullable:"false" maxLength:"2" doc:"ISO 3166: whose arroba or quintal it is; the installation's when it is not said." example:"BO"`
	Quantity     httpx.Opt[string]         `json:"quantity,omitempty" format:"decimal" doc:"How many units there are: at most 14 digits, 3 of them decimals."`
	Negotiable   httpx.Opt[bool]           `json:"negotiable,omitempty" nullable:"false"`
	Swap         httpx.Opt[bool]           `json:"swap,omitempty" nullable:"false"`
	OnRequest    httpx.Opt[bool]           `json:"on_request,omitempty" nullable:"false" doc:"A convenir: the price is not said, and stored as 0."`
	Attributes   httpx.Opt[map[string]any] `json:"attributes,omitempty" doc:"By the category's attributes; all of them at once."`
	Status       httpx.Opt[string]         `json:"status,omitempty" nullable:"false" enum:"draft,active,paused,sold,archived,expired" doc:"A new advert is active, unless it says draft."`
}

// check tells what the types of the fields do not say, all at once; of a whole advert also what is missing.
func (b AddBody) check(whole bool) error {
	var wrong []errs.Field
	if whole {
		wrong = b.missing()
	}
	if _, text := measure.ParseAmount(b.Price.Value); b.Price.Sent && text != (errs.Text{}) && (b.Price.Value != "" || !b.OnRequest.Or(false)) {
		wrong = append(wrong, errs.Field{Name: "price", Text: text})
	}
	if b.Latitude.Sent != b.Longitude.Sent || (b.Latitude.Ptr() == nil) != (b.Longitude.Ptr() == nil) {
		wrong = append(wrong, errs.Field{Name: "longitude", Text: errs.Text{
			ES: "Envíe latitud y longitud juntas.", EN: "Send latitude and longitude together."}})
	}
	if len(wrong) > 0 {
		return errs.InvalidFields(wrong...)
	}
	return nil
}

// missing are the fields that a whole advert needs.
func (b AddBody) missing() (all []errs.Field) {
	for _, f := range []struct {
		name string
		sent bool
	}{{"title", b.Title.Sent}, {"description", b.Description.Sent}, {"price", b.Price.Sent || b.OnRequest.Or(false)}, {"condition", b.Condition.Sent}} {
		if !f.sent {
			all = append(all, errs.Field{Name: f.name, Text: errs.Text{ES: "Este campo es requerido.", EN: "This field is required."}})
		}
	}
	return all
}

// apply takes over what was sent of a body that was checked.
func (b AddBody) apply(a *marketplace.Add) {
	set(&a.Title, b.Title)
	set(&a.Description, b.Description)
	set(&a.CategoryID, b.Category)
	set(&a.MainImageID, b.MainImageID)
	set(&a.Attributes, b.Attributes)
	set(&a.Place.Name, b.LocationName)
	if b.ImageIDs.Sent {
		a.ImageIDs = slices.Clone(b.ImageIDs.Value)
	}
	if b.Condition.Sent {
		a.Condition = marketplace.Condition(b.Condition.Value)
	}
	if b.Status.Sent {
		a.Status = marketplace.Status(b.Status.Value)
	}
	if b.Latitude.Sent {
		a.Place.Exact = nil
		if lat, lon := b.Latitude.Ptr(), b.Longitude.Ptr(); lat != nil && lon != nil {
			a.Place.Exact = &geo.Point{Latitude: *lat, Longitude: *lon}
		}
	}
	b.applyPrice(&a.Price)
}

func (b AddBody) applyPrice(p *marketplace.Price) {
	set(&p.Amount, b.Price)
	set(&p.Unit, b.Unit)
	set(&p.Quantity, b.Quantity)
	set(&p.Negotiable, b.Negotiable)
	set(&p.Swap, b.Swap)
	set(&p.OnRequest, b.OnRequest)
	if b.Currency.Sent {
		p.Currency = strings.ToUpper(b.Currency.Value)
	}
	if b.Country.Sent {
		p.Country = strings.ToUpper(b.Country.Value)
	}
	if p.Amount == "" && p.OnRequest {
		p.Amount = "0"
	}
}

// set takes over what was sent; null is the zero value.
func set[T any](to *T, from httpx.Opt[T]) {
	if from.Sent {
		*to = from.Value
	}
}
