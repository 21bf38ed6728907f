package measure_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/currency"

	"agrovet/internal/marketplace/internal/measure"
)

func TestCurrenciesAreThoseOfISO4217(t *testing.T) {
	t.Parallel()
	unknown := map[string]bool{"VES": true} // younger than the library's table
	seen := map[string]bool{}
	for _, c := range measure.Currencies() {
		require.False(t, seen[c.Code], c.Code)
		seen[c.Code] = true
		require.NotEmpty(t, c.Name.ES)
		require.NotEmpty(t, c.Name.EN)
		if unknown[c.Code] {
			continue
		}
		unit, err := currency.ParseISO(c.Code)
		require.NoError(t, err, c.Code)
		scale, _ := currency.Standard.Rounding(unit)
		if c.Code == "COP" {
			scale = 2 // ISO has centavos; the library, CLDR's, says how people write it
		}
		require.Equal(t, scale, c.MinorUnits, c.Code)
	}
}

func TestDefaultCurrencies(t *testing.T) {
	t.Parallel()
	for country, want := range map[string]string{
		"BO": "BOB", "bo": "BOB", "MX": "MXN", "PE": "PEN", "CO": "COP", "CL": "CLP", "AR": "ARS", "UY": "UYU", "PY": "PYG", "VE": "VES",
		"EC": "USD", "SV": "USD", "PA": "USD", "PR": "USD", "GT": "GTQ", "HN": "HNL", "NI": "NIO", "CR": "CRC", "DO": "DOP", "CU": "CUP",
		"BR": "BRL", "ES": "EUR", "": "USD", "XX": "USD",
	} {
		require.Equal(t, want, measure.DefaultCurrency(country), country)
	}
	seen := map[string]bool{}
	for _, c := range measure.Currencies() {
		for _, country := range c.Countries {
			require.False(t, seen[country], "%s has two defaults", country)
			seen[country] = true
		}
	}
}

func TestCurrenciesAreFoundAsTyped(t *testing.T) {
	t.Parallel()
	c, ok := measure.CurrencyByCode(" clp ")
	require.True(t, ok)
	require.Equal(t, 0, c.MinorUnits)
	for _, code := range []string{"", "XXX", "Bs", "BTC"} {
		_, ok := measure.CurrencyByCode(code)
		require.False(t, ok, code)
	}
}
