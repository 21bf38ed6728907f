package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/url"
	"strings"
)

// grown is a kind of requests whose answers may take so much longer.
type grown struct {
	what    string
	limit   limit
	request func() string
}

// requests are what readers ask for.
type requests struct {
	tops, leaves []string // ids of categories
}

func (s *sizes) requests(ctx context.Context) (r requests, err error) {
	body, err := s.large.answer(ctx, get("/api/categories/?page_size=100", ""))
	if err != nil {
		return r, err
	}
	for _, c := range body.(map[string]any)["results"].([]any) {
		c := c.(map[string]any)
		if id := fmt.Sprint(c["id"]); c["parent"] == nil {
			r.tops = append(r.tops, id)
		} else {
			r.leaves = append(r.leaves, id)
		}
	}
	return r, nil
}

func (r requests) grown() []grown {
	near := func(more string) func() string {
		return func() string { return apiAdds + "nearby/?" + one(towns) + more }
	}
	with := func(parameter string, values []string) func() string {
		return func() string { return apiAdds + "?" + parameter + "=" + url.QueryEscape(one(values)) }
	}
	return []grown{
		{"list", atMost(1.3), func() string { return apiAdds }},
		{"list by price", atMost(1.3), func() string { return apiAdds + "?ordering=price" }},
		{"list of a top category", atMost(1.3), with("category", r.tops)},
		{"list of a leaf category", atMost(1.3), with("category", r.leaves)},
		{"nearby, 5 km", atMost(2.5), near("")},
		{"nearby, 50 km by cursor", atMost(2.5), near("&radius_km=50&cursor=*")},
		{"nearby, 50 km of a leaf category", atMost(2.5), func() string { return near("&radius_km=50&cursor=*&category=" + one(r.leaves))() }},
		{"nearby, 500 km by pages", atMost(2.5), near("&radius_km=500&page=1")},
		{"facets", atMost(3), func() string { return apiAdds + "facets/" }},
		{"facets of a top category", atMost(3), func() string { return apiAdds + "facets/?category=" + one(r.tops) }},
		{"facets of a search", atMost(3), func() string { return apiAdds + "facets/?search=" + url.QueryEscape(one(commonWords)) }},
		{"search for a word", atMost(5), with("search", commonWords)},
		{"search for several words", atMost(5), with("search", commonPhrases)},
		{"search for a mistyped word", atMost(5), with("search", mistyped)},
		{"search within 50 km", atMost(5), func() string {
			return apiAdds + "?search=" + one(commonWords) + "&near=" + strings.NewReplacer("lat=", "", "&lon=", ",").Replace(one(towns))
		}},
		{"search by price and condition", atMost(5), func() string { return apiAdds + "?currency=BOB&min_price=500&max_price=2500&condition=used" }},
	}
}

func one(of []string) string { return of[rand.IntN(len(of))] }

var (
	commonWords   = []string{"vaca", "maíz", "tractor", "toro", "papa", "holstein", "semilla", "lechones", "café", "alpaca", "ternero", "riego", "queso", "tomate", "montura"}
	commonPhrases = []string{"maíz amarillo", "vaca lechera", "tractor john deere", "vacuna aftosa", "toro nelore", "papa semilla", "alpaca suri", "cerca eléctrica"}
	mistyped      = []string{"ivermetina", "tracotr", "holstien", "vaquiya", "fertilisante", "brucelocis"}
	towns         = []string{"lat=-17.3387&lon=-63.2505", "lat=-17.5428&lon=-65.8347", "lat=-15.5&lon=-70.1333", "lat=8.7479&lon=-75.8814",
		"lat=-31.2503&lon=-61.4867", "lat=20.8169&lon=-102.7636", "lat=-0.51&lon=-78.5672", "lat=15.4708&lon=-90.3708"}
)
