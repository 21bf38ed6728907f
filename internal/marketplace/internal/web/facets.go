package web

import (
	"context"

	"agrovet/internal/marketplace"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/httpx"
)

// Facet is how many adverts have a value.
type Facet struct {
	Value string `json:"value" doc:"A category's id, a condition, a currency."`
	Count int    `json:"count"`
}

// Facets are the counts of a search.
type Facets struct {
	Count      int     `json:"count" doc:"Adverts that were counted: the newest 1,000 that match."`
	Roots      []Facet `json:"roots" nullable:"false" doc:"By category at the top, most first."`
	Categories []Facet `json:"categories" nullable:"false"`
	Conditions []Facet `json:"conditions" nullable:"false"`
	Currencies []Facet `json:"currencies" nullable:"false"`
}

func (h handlers) facets(ctx context.Context, in *FilterInput) (*httpx.Body[Facets], error) {
	w, status, err := h.wanted(ctx, in)
	if err == nil && status != marketplace.StatusActive {
		err = errs.InField("status", "Solo se cuentan anuncios activos.", "Only active adverts are counted.")
	}
	if err != nil {
		return nil, err
	}
	counted, err := h.core.Facets(ctx, w)
	if err != nil {
		return nil, err
	}
	out := Facets{Roots: []Facet{}, Categories: []Facet{}, Conditions: []Facet{}, Currencies: []Facet{}}
	lists := map[string]*[]Facet{"root": &out.Roots, "category": &out.Categories, "condition": &out.Conditions, "currency": &out.Currencies}
	for _, f := range counted {
		if to := lists[f.Name]; to != nil {
			*to = append(*to, Facet{f.Value, f.N})
		} else {
			out.Count = f.N
		}
	}
	return httpx.OK(out), nil
}
