package core

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"agrovet/internal/marketplace"
	"agrovet/internal/marketplace/internal/catalog"
	"agrovet/internal/marketplace/internal/measure"
	"agrovet/internal/marketplace/internal/store"
	"agrovet/internal/platform/errs"
)

const (
	maxTitle       = 200
	maxDescription = 10_000
	maxPlace       = 255
)

// shape brings what a publisher wrote into the form that is stored: texts trimmed, pictures once each,
// the price comparable, attributes by their definitions. before is the advert as it was, zero for a new
// one: what did not change is not refused, so that an advert written under older rules can be edited.
//
// Errors: wrong fields, all at once.
func (c *Core) shape(ctx context.Context, before store.Row, r *store.Row) error {
	r.Title, r.Description, r.Place.Name = strings.TrimSpace(r.Title), strings.TrimSpace(r.Description), strings.TrimSpace(r.Place.Name)
	wrong := slices.Concat(
		checkText("title", r.Title, maxTitle, true),
		checkText("description", r.Description, maxDescription, true),
		checkText("location_name", r.Place.Name, maxPlace, false),
		checkPlace(r.Place),
		tidyPictures(&r.Add),
		c.shapePrice(&r.Price),
	)
	more, err := c.shapeAttributes(ctx, before, r)
	if err != nil {
		return err
	}
	if wrong = append(wrong, more...); len(wrong) > 0 {
		return errs.InvalidFields(wrong...)
	}
	return nil
}

func checkText(field, text string, most int, required bool) []errs.Field {
	switch {
	case required && text == "":
		return wrong(field, "Este campo no puede estar en blanco.", "This field may not be blank.")
	case utf8.RuneCountInString(text) > most:
		return wrong(field, fmt.Sprintf("Asegúrese de que este campo no tenga más de %d caracteres.", most), fmt.Sprintf("Ensure this field has no more than %d characters.", most))
	}
	return nil
}

func wrong(field, es, en string) []errs.Field {
	return []errs.Field{{Name: field, Text: errs.Text{ES: es, EN: en}}}
}

func checkPlace(p marketplace.Place) []errs.Field {
	switch {
	case p.Exact == nil:
		return nil
	case !(p.Exact.Latitude >= -90 && p.Exact.Latitude <= 90): // also what is no number
		return wrong("latitude", "La latitud va de -90 a 90.", "Latitude goes from -90 to 90.")
	case !(p.Exact.Longitude >= -180 && p.Exact.Longitude <= 180):
		return wrong("longitude", "La longitud va de -180 a 180.", "Longitude goes from -180 to 180.")
	}
	return nil
}

// tidyPictures keeps each picture once.
func tidyPictures(a *marketplace.Add) []errs.Field {
	var ids []int64
	for _, id := range a.ImageIDs {
		if slices.Contains(ids, id) || id == a.MainImageID {
			continue
		}
		if ids = append(ids, id); len(ids) > marketplace.MaxImages { // however many more there are: each costs a look at all
			return wrong("secondary_image_ids", "Solo se permiten hasta 4 imágenes secundarias.", "Only up to 4 secondary images are allowed.")
		}
	}
	a.ImageIDs = ids
	return nil
}

// shapePrice fills in what was not said, and compares.
func (c *Core) shapePrice(p *marketplace.Price) (all []errs.Field) {
	amount, text := measure.ParseAmount(p.Amount)
	if text != (errs.Text{}) {
		all = append(all, errs.Field{Name: "price", Text: text})
	}
	if p.OnRequest {
		amount = 0
	}
	p.Amount = amount.String()
	currency, ok := measure.CurrencyByCode(or(p.Currency, c.cfg.Currency))
	if !ok {
		all = append(all, wrong("currency", "Moneda desconocida.", "Unknown currency.")...)
	}
	p.Currency = currency.Code
	unit, ok := measure.UnitByCode(or(p.Unit, "unidad"))
	if !ok {
		all = append(all, wrong("unit", "Unidad desconocida.", "Unknown unit.")...)
	}
	p.Unit, p.Country = unit.Code, strings.ToUpper(or(p.Country, c.cfg.Country))
	all = append(all, shapeQuantity(p)...)
	p.Base, p.BaseUnit = "", ""
	if p.OnRequest || len(all) > 0 {
		return all
	}
	if rate, base, ok := c.cfg.Table.Comparable(amount, p.Unit, p.Country); ok {
		p.Base, p.BaseUnit = rate.String(), base
	}
	return nil
}

// shapeQuantity checks how many units there are: numeric(14,3).
func shapeQuantity(p *marketplace.Price) []errs.Field {
	if p.Quantity == "" {
		return nil
	}
	d, ok := measure.ParseDecimal(p.Quantity)
	if !ok {
		return []errs.Field{{Name: "quantity", Text: measure.TextNumber}}
	}
	if text := d.Check(14, 3); text != (errs.Text{}) {
		return []errs.Field{{Name: "quantity", Text: text}}
	}
	if d.Negative() {
		return []errs.Field{{Name: "quantity", Text: measure.TextNegative}}
	}
	p.Quantity = d.Plain()
	return nil
}

// shapeAttributes looks the category up and checks what the advert says by its definitions. When only
// the category changed, what its definitions do not know is left out, and what they ask for must be there.
func (c *Core) shapeAttributes(ctx context.Context, before store.Row, r *store.Row) ([]errs.Field, error) {
	if r.CategoryID == 0 {
		r.RootID, r.Attributes = 0, map[string]any{}
		return nil, nil
	}
	category, ok, err := c.category(ctx, r.CategoryID)
	if err != nil {
		return nil, err
	}
	if !ok {
		return noCategory(r.CategoryID), nil
	}
	r.RootID = category.Root()
	values := r.Attributes
	if before.ID != 0 && sameAttributes(before.Attributes, values) {
		values = catalog.Known(category.All, values)
		if r.CategoryID == before.CategoryID {
			r.Attributes = values
			return nil, nil // what is required is asked for when attributes are written, not when something else is
		}
	}
	clean, fields := catalog.Validate(category.All, values)
	r.Attributes = clean
	return fields, nil
}

func or(text, other string) string {
	if text == "" {
		return other
	}
	return text
}
