package web

import (
	"context"

	"agrovet/internal/marketplace/internal/measure"
	"agrovet/internal/platform/httpx"
)

// Unit is what a price is for.
type Unit struct {
	Code      string     `json:"code"`
	Name      string     `json:"name"`
	Plural    string     `json:"plural"`
	Dimension string     `json:"dimension" doc:"mass, volume, area, animals, pieces, or own: compares with itself alone."`
	Base      string     `json:"base" doc:"The unit that prices are compared in."`
	Varies    bool       `json:"varies" doc:"With the country."`
	Sizes     []UnitSize `json:"sizes" nullable:"false" doc:"How many base units it is, by country."`
}

// UnitSize is how large a unit is somewhere.
type UnitSize struct {
	Country string `json:"country" doc:"ISO 3166; * where nothing else is said."`
	Size    string `json:"size" doc:"Decimal."`
	Source  string `json:"source" doc:"Where it comes from."`
}

func (h handlers) units(ctx context.Context, _ *struct{}) (*httpx.Body[[]Unit], error) {
	lang, sizes := httpx.Lang(ctx), map[string][]UnitSize{}
	for _, r := range h.core.Sizes() {
		sizes[r.Unit] = append(sizes[r.Unit], UnitSize{r.Country, r.Size, r.Note})
	}
	var out []Unit
	for _, u := range measure.Units() {
		one := Unit{Code: u.Code, Name: u.Name(lang, true), Plural: u.Name(lang, false), Dimension: string(u.Dimension), Base: u.Base, Varies: u.Varies, Sizes: []UnitSize{}}
		one.Sizes = append(one.Sizes, sizes[u.Code]...)
		out = append(out, one)
	}
	return httpx.OK(out), nil
}
