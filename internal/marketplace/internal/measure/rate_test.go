package measure_test

import (
	"fmt"
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"agrovet/internal/marketplace/internal/measure"
)

func amount(t testing.TB, text string) measure.Amount {
	t.Helper()
	a, wrong := measure.ParseAmount(text)
	require.Zero(t, wrong, text)
	return a
}

func TestComparablePrices(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ price, unit, country, rate, base string }{
		{"20", "kg", "BO", "20.0000", "kg"},
		{"850", "quintal", "BO", "18.4783", "kg"},
		{"850", "quintal", "bo", "18.4783", "kg"},
		{"850", "quintal", "AR", "8.5000", "kg"},
		{"850", "quintal", "", "18.7393", "kg"},
		{"115", "arroba", "BO", "10.0000", "kg"},
		{"125", "arroba", "CO", "10.0000", "kg"},
		{"150", "arroba", "BR", "10.0000", "kg"},
		{"1000", "tonelada", "XX", "1.0000", "kg"},
		{"0.05", "g", "", "50.0000", "kg"},
		{"3.79", "galon", "PE", "1.0012", "litro"},
		{"2", "m2", "BO", "20000.0000", "ha"},
		{"705", "manzana", "NI", "1000.0000", "ha"},
		{"24", "docena", "", "2.0000", "unidad"},
		{"5000", "cabeza", "", "5000.0000", "cabeza"},
		{"12.50", "dosis", "", "12.5000", "dosis"},
		{"0", "quintal", "BO", "0.0000", "kg"},
		{"9999999999.99", "m2", "", "99999999999900.0000", "ha"},
	} {
		rate, base, ok := measure.Standard().Comparable(amount(t, c.price), c.unit, c.country)
		require.True(t, ok, "%v", c)
		require.Equal(t, c.rate, rate.String(), "%v", c)
		require.Equal(t, c.base, base, "%v", c)
	}
}

// Halves of a ten-thousandth are exact, so the rounding shows: 0.05 and 0.15 and 0.25 per tonne are
// 0.00005, 0.00015 and 0.00025 per kilogram.
func TestHalvesGoToTheEvenNeighbour(t *testing.T) {
	t.Parallel()
	for price, want := range map[string]string{"0.05": "0.0000", "0.15": "0.0002", "0.25": "0.0002", "0.35": "0.0004", "0.06": "0.0001", "0.24": "0.0002"} {
		rate, _, ok := measure.Standard().Comparable(amount(t, price), "tonelada", "")
		require.True(t, ok)
		require.Equal(t, want, rate.String(), price)
	}
}

func TestWhatHasNoSizeComparesWithNothing(t *testing.T) {
	t.Parallel()
	table := measure.Standard()
	for _, c := range [][2]string{{"manzana", "BO"}, {"manzana", ""}, {"cuerda", "GT"}, {"stone", "BO"}, {"", "BO"}, {"KG", "BO"}} {
		_, _, ok := table.Comparable(100, c[0], c[1])
		require.False(t, ok, "%v", c)
	}
	for _, a := range []measure.Amount{-1, measure.MaxAmount + 1} {
		_, _, ok := table.Comparable(a, "kg", "")
		require.False(t, ok, "%d", a)
	}
}

// Rates are ordered as the exact prices per base unit are, and are never further from them than
// half of the last decimal.
func TestRatesAreOrderedLikeExactPrices(t *testing.T) {
	t.Parallel()
	table, codes := measure.Standard(), unitCodes()
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) (measure.Rate, string, *big.Rat) {
			a := measure.Amount(rapid.Int64Range(0, int64(measure.MaxAmount)).Draw(t, name))
			unit := rapid.SampledFrom(codes).Draw(t, name+" unit")
			country := rapid.SampledFrom([]string{"BO", "CO", "AR", "NI", "DO", "PR", "MX", "XX", ""}).Draw(t, name+" country")
			rate, base, ok := table.Comparable(a, unit, country)
			if !ok {
				t.Skip("no size there")
			}
			size, _ := table.Size(unit, country)
			return rate, base, new(big.Rat).Quo(a.Rat(), size)
		}
		rate1, base1, exact1 := draw("one")
		rate2, base2, exact2 := draw("two")
		off := new(big.Rat).Sub(rate1.Rat(), exact1)
		require.LessOrEqual(t, off.Abs(off).Cmp(big.NewRat(1, 20_000)), 0)
		if base1 != base2 {
			return
		}
		switch exact1.Cmp(exact2) {
		case -1:
			require.LessOrEqual(t, rate1, rate2)
		case 0:
			require.Equal(t, rate1, rate2)
		case 1:
			require.GreaterOrEqual(t, rate1, rate2)
		}
	})
}

func unitCodes() []string {
	var codes []string
	for _, u := range measure.Units() {
		codes = append(codes, u.Code)
	}
	return codes
}

func ExampleTable_Comparable() {
	price, _ := measure.ParseAmount("850")
	for _, country := range []string{"BO", "CO", "AR"} {
		rate, base, _ := measure.Standard().Comparable(price, "quintal", country)
		fmt.Println(country, rate, "per", base)
	}
	// Output:
	// BO 18.4783 per kg
	// CO 17.0000 per kg
	// AR 8.5000 per kg
}
