package web

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"agrovet/internal/marketplace"
	"agrovet/internal/marketplace/internal/catalog"
	"agrovet/internal/marketplace/internal/core"
	"agrovet/internal/marketplace/internal/measure"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/geo"
	"agrovet/internal/platform/httpx"
)

// FilterInput is what adverts are narrowed to.
type FilterInput struct {
	Search    string `query:"search" doc:"Words in title, description, category and attributes; the first 8 count. A word that nobody wrote is taken for the one that was probably meant."`
	Category  string `query:"category" doc:"A category's id; one at the top stands for those below it, too." example:"1"`
	Condition string `query:"condition" doc:"new, used or semi_new"`
	Status    string `query:"status" doc:"active, or another status of one's own adverts"`
	Publisher string `query:"publisher" doc:"A user's id."`
	Currency  string `query:"currency" doc:"ISO 4217"`
	MinPrice  string `query:"min_price" doc:"Decimal, in currency, or the installation's."`
	MaxPrice  string `query:"max_price"`
	BaseUnit  string `query:"base_unit" doc:"kg, litro, ha, cabeza, unidad or a unit that compares with itself: what min_base_price, max_base_price and ordering by base_price are for." example:"kg"`
	MinBase   string `query:"min_base_price"`
	MaxBase   string `query:"max_base_price"`
	Pictures  bool   `query:"pictures" doc:"True: only adverts with a picture."`
	Near      string `query:"near" doc:"Latitude,longitude: only within radius_km, and nearer ones rank higher." example:"-17.78,-63.18"`
	Radius    string `query:"radius_km" doc:"With near: km, more than 0, at most 500; 50 when it is not said."`
}

// wanted reads the filters of a request. The status is active unless another is asked for.
func (h handlers) wanted(ctx context.Context, in *FilterInput) (w core.Wanted, status marketplace.Status, err error) {
	if w, status, err = h.filters(ctx, in, httpx.Query(ctx)); err != nil {
		return w, status, err
	}
	w.Without, err = h.core.Blocked(ctx)
	return w, status, err
}

// filters reads filters, those of attributes from parameters of their own.
func (h handlers) filters(ctx context.Context, in *FilterInput, params url.Values) (w core.Wanted, status marketplace.Status, err error) {
	var wrong []errs.Field
	note := func(f *errs.Field) {
		if f != nil {
			wrong = append(wrong, *f)
		}
	}
	w = core.Wanted{Text: in.Search, Condition: in.Condition, Currency: strings.ToUpper(in.Currency), BaseUnit: in.BaseUnit, Pictures: in.Pictures}
	status = marketplace.Status(in.Status)
	if status == "" {
		status = marketplace.StatusActive
	}
	note(choice("condition", in.Condition, "new", "used", "semi_new"))
	note(choice("status", in.Status, "draft", "active", "paused", "sold", "archived", "expired"))
	note(identifier("publisher", in.Publisher, &w.PublisherID))
	var currencies []string
	for _, c := range measure.Currencies() {
		currencies = append(currencies, c.Code)
	}
	note(choice("currency", w.Currency, currencies...))
	for _, a := range []struct {
		field, text string
		to          *string
	}{{"min_price", in.MinPrice, &w.MinPrice}, {"max_price", in.MaxPrice, &w.MaxPrice}, {"min_base_price", in.MinBase, &w.MinBase}, {"max_base_price", in.MaxBase, &w.MaxBase}} {
		note(amount(a.field, a.text, a.to))
	}
	note(unit(in))
	w.Near, err = near(in.Near, in.Radius, 50)
	wrong = append(wrong, fieldsOf(err)...)
	defs, field, err := h.category(ctx, in.Category, &w.CategoryID)
	if err != nil {
		return w, status, err
	}
	note(field)
	var fields []errs.Field
	w.Attributes, fields = catalog.ParseFilters(defs, params)
	if wrong = append(wrong, fields...); len(wrong) > 0 {
		return w, status, errs.InvalidFields(wrong...)
	}
	return w, status, nil
}

// category reads a category's id and returns its attributes.
func (h handlers) category(ctx context.Context, text string, to *int64) ([]catalog.Attribute, *errs.Field, error) {
	if text == "" {
		return nil, nil, nil
	}
	unknown := &errs.Field{Name: "category", Text: errs.Text{ES: "Escoja una opción válida. Esa opción no está entre las disponibles.",
		EN: "Select a valid choice. That choice is not one of the available choices."}}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return nil, unknown, nil
	}
	category, err := h.core.Category(ctx, n)
	if errors.Is(err, errs.ErrNotFound) {
		return nil, unknown, nil
	}
	*to = category.ID
	return category.All, nil, err
}

// choice tells what is wrong with a filter of a few values, in the contract's words.
func choice(field, value string, values ...string) *errs.Field {
	if value == "" || slices.Contains(values, value) {
		return nil
	}
	return &errs.Field{Name: field, Text: errs.Text{
		ES: fmt.Sprintf("Escoja una opción válida. %s no es una de las opciones disponibles.", value),
		EN: fmt.Sprintf("Select a valid choice. %s is not one of the available choices.", value)}}
}

func identifier(field, text string, to *int64) *errs.Field {
	if text == "" {
		return nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n <= 0 {
		return &errs.Field{Name: field, Text: errs.Text{ES: "Introduzca un número entero válido.", EN: "A valid integer is required."}}
	}
	*to = n
	return nil
}

func amount(field, text string, to *string) *errs.Field {
	if text == "" {
		return nil
	}
	a, wrong := measure.ParseAmount(text)
	if wrong != (errs.Text{}) {
		return &errs.Field{Name: field, Text: wrong}
	}
	*to = a.String()
	return nil
}

func unit(in *FilterInput) *errs.Field {
	u, ok := measure.UnitByCode(in.BaseUnit)
	switch {
	case in.BaseUnit == "" && in.MinBase+in.MaxBase != "":
		return &errs.Field{Name: "base_unit", Text: errs.Text{ES: "Este campo es requerido.", EN: "This field is required."}}
	case in.BaseUnit != "" && (!ok || u.Base != u.Code):
		return choice("base_unit", in.BaseUnit, "")
	}
	return nil
}

func fieldsOf(err error) []errs.Field {
	if err == nil {
		return nil
	}
	return errs.As(err).Fields
}

// near reads where to look and how far.
func near(at, radius string, usual float64) (*geo.Circle, error) {
	if at == "" {
		return nil, nil
	}
	lat, lon, _ := strings.Cut(at, ",")
	return circle(param{"near", lat}, param{"near", lon}, param{"radius_km", radius}, usual)
}

// param is a query parameter.
type param struct{ name, text string }

func circle(lat, lon, radius param, usual float64) (*geo.Circle, error) {
	c := geo.Circle{KM: usual}
	var wrong []errs.Field
	for _, n := range []struct {
		param
		to          *float64
		least, most float64
	}{{lat, &c.Center.Latitude, -90, 90}, {lon, &c.Center.Longitude, -180, 180}, {radius, &c.KM, 0, 500}} {
		if n.param == radius && radius.text == "" {
			continue // the usual one
		}
		f := number(n.name, n.text, n.to, n.least, n.most)
		if f != nil && !slices.ContainsFunc(wrong, func(w errs.Field) bool { return w.Name == f.Name }) {
			wrong = append(wrong, *f)
		}
	}
	if len(wrong) > 0 {
		return nil, errs.InvalidFields(wrong...)
	}
	return &c, nil
}

func number(field, text string, to *float64, least, most float64) *errs.Field {
	v, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	switch {
	case err != nil || v != v:
		return &errs.Field{Name: field, Text: errs.Text{ES: "Se requiere un número válido.", EN: "A valid number is required."}}
	case v > most:
		return &errs.Field{Name: field, Text: errs.Text{ES: fmt.Sprintf("Asegúrese de que este valor es menor o igual a %v.", most), EN: fmt.Sprintf("Ensure this value is less than or equal to %v.", most)}}
	case v < least || least == 0 && v == 0:
		return &errs.Field{Name: field, Text: errs.Text{ES: fmt.Sprintf("Asegúrese de que este valor es mayor que %v.", least), EN: fmt.Sprintf("Ensure this value is greater than %v.", least)}}
	}
	*to = math.Round(v*1e7) / 1e7 // a centimetre; PostgreSQL refuses to reckon with 5e-324
	return nil
}
