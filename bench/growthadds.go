package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/url"
	"strings"
)

const apiAdds = "/api/adds/"

// adverts are what the marketplace has more and more of.
var adverts = growing{name: "growth", rows: "adverts", flag: "--adds", small: 10_000, large: 1_000_000,
	search: apiAdds + "?search=", words: "marketplace.word", common: "precio", old: "vaca", asked: askedOfAdverts}

// measureGrowth compares the marketplace's reads.
func measureGrowth(ctx context.Context, h *house) ([]row, error) { return h.grow(ctx, adverts) }

// both are asked the same.
func both(path func() string) func() (small, large string) {
	return func() (string, string) {
		p := path()
		return p, p
	}
}

// alike is the one path for both.
func alike(path string) func() (small, large string) { return both(func() string { return path }) }

// categories are their ids, which are the same in all databases.
func categories(ctx context.Context, p *process) (tops, leaves []string, err error) {
	body, err := p.answer(ctx, get("/api/categories/?page_size=100", ""))
	if err != nil {
		return nil, nil, err
	}
	for _, c := range body.(map[string]any)["results"].([]any) {
		c := c.(map[string]any)
		if id := fmt.Sprint(c["id"]); c["parent"] == nil {
			tops = append(tops, id)
		} else {
			leaves = append(leaves, id)
		}
	}
	return tops, leaves, nil
}

func askedOfAdverts(ctx context.Context, s *sizes) (wants, error) {
	tops, leaves, err := categories(ctx, s.large.process)
	if err != nil {
		return wants{}, err
	}
	near := func(more string) func() string {
		return func() string { return apiAdds + "nearby/?" + one(towns) + more }
	}
	with := func(parameter string, values []string) func() string {
		return func() string { return apiAdds + "?" + parameter + "=" + url.QueryEscape(one(values)) }
	}
	all := []struct {
		what  string
		limit limit
		path  func() string
	}{
		{"list", atMost(1.3), func() string { return apiAdds }},
		{"list by price", atMost(1.3), func() string { return apiAdds + "?ordering=price" }},
		{"list of a top category", atMost(1.3), with("category", tops)},
		{"list of a leaf category", atMost(1.3), with("category", leaves)},
		{"nearby, 5 km", atMost(2.5), near("")},
		{"nearby, 50 km by cursor", atMost(2.5), near("&radius_km=50&cursor=*")},
		{"nearby, 50 km of a leaf category", atMost(2.5), func() string { return near("&radius_km=50&cursor=*&category=" + one(leaves))() }},
		{"nearby, 500 km by pages", atMost(2.5), near("&radius_km=500&page=1")},
		{"facets", atMost(3), func() string { return apiAdds + "facets/" }},
		{"facets of a top category", atMost(3), func() string { return apiAdds + "facets/?category=" + one(tops) }},
		{"facets of a search", atMost(3), func() string { return apiAdds + "facets/?search=" + url.QueryEscape(one(commonWords)) }},
		{"search for a word", atMost(5), with("search", commonWords)},
		{"search for several words", atMost(5), with("search", commonPhrases)},
		{"search for a mistyped word", atMost(5), with("search", mistyped)},
		{"search within 50 km", atMost(5), func() string {
			return apiAdds + "?search=" + one(commonWords) + "&near=" + strings.NewReplacer("lat=", "", "&lon=", ",").Replace(one(towns))
		}},
		{"search by price and condition", atMost(5), func() string { return apiAdds + "?currency=BOB&min_price=500&max_price=2500&condition=used" }},
	}
	w := wants{lists: []list{{"list", apiAdds + "?cursor=*"}, {"list of a category", apiAdds + "?cursor=*&category=" + tops[0]}, {"search", apiAdds + "?cursor=*&search=precio"}}}
	for _, a := range all {
		w.grown = append(w.grown, grown{a.what, a.limit, both(a.path)})
	}
	return w, nil
}

func one(of []string) string { return of[rand.IntN(len(of))] }

var (
	commonWords   = []string{"vaca", "maíz", "tractor", "toro", "papa", "holstein", "semilla", "lechones", "café", "alpaca", "ternero", "riego", "queso", "tomate", "montura"}
	commonPhrases = []string{"maíz amarillo", "vaca lechera", "tractor john deere", "vacuna aftosa", "toro nelore", "papa semilla", "alpaca suri", "cerca eléctrica"}
	mistyped      = []string{"ivermetina", "tracotr", "holstien", "vaquiya", "fertilisante", "brucelocis"}
	towns         = []string{"lat=-17.3387&lon=-63.2505", "lat=-17.5428&lon=-65.8347", "lat=-15.5&lon=-70.1333", "lat=8.7479&lon=-75.8814",
		"lat=-31.2503&lon=-61.4867", "lat=20.8169&lon=-102.7636", "lat=-0.51&lon=-78.5672", "lat=15.4708&lon=-90.3708"}
)
