package web

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"agrovet/internal/marketplace/internal/catalog"
	"agrovet/internal/marketplace/internal/core"
	"agrovet/internal/platform/geo"
)

// SavedQuery is what a saved search looks for: what the list of adverts is asked with.
type SavedQuery struct {
	Search     string         `json:"search,omitempty" maxLength:"200" doc:"Words, as in the list of adverts; so are all others."`
	Category   string         `json:"category,omitempty" maxLength:"20" doc:"A category's id." example:"1"`
	Condition  string         `json:"condition,omitempty" maxLength:"20"`
	Publisher  string         `json:"publisher,omitempty" maxLength:"20"`
	Currency   string         `json:"currency,omitempty" maxLength:"3"`
	MinPrice   string         `json:"min_price,omitempty" maxLength:"40"`
	MaxPrice   string         `json:"max_price,omitempty" maxLength:"40"`
	BaseUnit   string         `json:"base_unit,omitempty" maxLength:"20"`
	MinBase    string         `json:"min_base_price,omitempty" maxLength:"40"`
	MaxBase    string         `json:"max_base_price,omitempty" maxLength:"40"`
	Pictures   bool           `json:"pictures,omitempty"`
	Near       string         `json:"near,omitempty" maxLength:"80" doc:"Latitude,longitude." example:"-17.78,-63.18"`
	Radius     string         `json:"radius_km,omitempty" maxLength:"40"`
	Attributes map[string]any `json:"attributes,omitempty" doc:"What stands behind attr. in the list's parameters, with its value." example:"{\"raza\":\"nelore\",\"peso_kg.min\":\"200\"}"`
}

// filters is the query as the list takes it.
func (q SavedQuery) filters() (*FilterInput, url.Values) {
	params := url.Values{}
	for key, value := range q.Attributes {
		params.Set(catalog.Param+key, said(value))
	}
	return &FilterInput{Search: q.Search, Category: q.Category, Condition: q.Condition, Publisher: q.Publisher, Currency: q.Currency,
		MinPrice: q.MinPrice, MaxPrice: q.MaxPrice, BaseUnit: q.BaseUnit, MinBase: q.MinBase, MaxBase: q.MaxBase,
		Pictures: q.Pictures, Near: q.Near, Radius: q.Radius}, params
}

// said is a JSON value as it would stand in an address.
func said(value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case []any:
		all := make([]string, len(v))
		for i, one := range v {
			all[i] = said(one)
		}
		return strings.Join(all, ",")
	}
	return fmt.Sprint(value)
}

// saved is what is wanted as a query says it.
func saved(w core.Wanted) SavedQuery {
	q := SavedQuery{Search: w.Text, Category: number64(w.CategoryID), Condition: w.Condition, Publisher: number64(w.PublisherID), Currency: w.Currency,
		MinPrice: w.MinPrice, MaxPrice: w.MaxPrice, BaseUnit: w.BaseUnit, MinBase: w.MinBase, MaxBase: w.MaxBase, Pictures: w.Pictures}
	if w.Near != nil {
		q.Near, q.Radius = at(w.Near.Center), decimal(w.Near.KM)
	}
	for _, f := range w.Attributes {
		if q.Attributes == nil {
			q.Attributes = map[string]any{}
		}
		for key, value := range f.Params() {
			q.Attributes[key] = value
		}
	}
	return q
}

func number64(id int64) string {
	if id == 0 {
		return ""
	}
	return strconv.FormatInt(id, 10)
}

func at(p geo.Point) string { return decimal(p.Latitude) + "," + decimal(p.Longitude) }

func decimal(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
