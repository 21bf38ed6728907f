package demo_test

import (
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"agrovet/internal/marketplace/internal/catalog"
	"agrovet/internal/marketplace/internal/demo"
	"agrovet/internal/marketplace/internal/measure"
)

func TestEveryOfferIsWhatItsCategoryAsksFor(t *testing.T) {
	m, standard := demo.New(), catalog.Standard()
	roots := map[string]bool{}
	for n := range 40 * m.Offers() {
		a := m.Make(uint64(n), demo.Want{Offer: n + 1, Names: 40})
		defs := catalog.AttributesOf(standard, a.Category)
		require.NotEmpty(t, defs, a.Category)
		clean, wrong := catalog.Validate(defs, a.Attributes)
		require.Empty(t, wrong, "%s: %v", a.Category, a.Attributes)
		require.Len(t, clean, len(a.Attributes))
		_, known := measure.UnitByCode(a.Price.Unit)
		require.True(t, known, a.Price.Unit)
		_, text := measure.ParseAmount(a.Price.Amount)
		require.Empty(t, text, a.Price.Amount)
		require.False(t, strings.ContainsAny(a.Title+a.Description, "{}|"), a.Title+a.Description)
		require.NotContains(t, a.Title+a.Description, "  ", "an empty word")
		require.LessOrEqual(t, utf8.RuneCountInString(a.Title), 80)
		category, _ := catalog.Find(standard, a.Category)
		roots[category.Parent] = true
	}
	for _, c := range standard {
		require.True(t, c.Parent != "" || roots[c.Name], "nothing is offered in %s", c.Name)
	}
}

func TestANumberIsOneAdvert(t *testing.T) {
	for n := range uint64(50) {
		w := demo.Want{Names: 1000}
		require.Equal(t, demo.New().Make(n, w), demo.New().Make(n, w))
		require.NotEqual(t, demo.New().Make(n, w), demo.New().Make(n+1, w))
	}
}

// Prices of one thing are comparable in dollars, whatever the money and the unit.
func TestPricesMakeSense(t *testing.T) {
	m := demo.New()
	for n := range uint64(5000) {
		a := m.Make(n, demo.Want{})
		if a.Category != "Bovinos" || a.Price.Unit != "arroba" {
			continue
		}
		bolivianos, err := strconv.ParseFloat(a.Price.Amount, 64)
		require.NoError(t, err)
		perKilo := bolivianos / 6.96 / 11.5
		require.True(t, perKilo > 1.4 && perKilo < 2.8, "%v dollars a kilo", perKilo)
	}
}

// Words are as frequent as in real texts: a few in most adverts, thousands in hardly any.
func TestWordsAreDistributedLikeRealOnes(t *testing.T) {
	m, seen := demo.New(), map[string]int{}
	const adverts = 20_000
	for n := range adverts {
		a := m.Make(uint64(n), demo.Want{Names: 50_000})
		words := map[string]bool{}
		for _, w := range strings.Fields(strings.ToLower(a.Title + " " + a.Description)) {
			words[strings.Trim(w, ".,;:")] = true
		}
		for w := range words {
			seen[w]++
		}
	}
	once, most := 0, 0
	for _, n := range seen {
		most = max(most, n)
		if n == 1 {
			once++
		}
	}
	require.Greater(t, len(seen), 2000)
	require.Greater(t, once, len(seen)/10, "rare words")
	require.Greater(t, most, adverts/2, "very common words")
	require.False(t, seen["holstein"] < 100 || seen["holstein"] > adverts/10, "common words")
}
