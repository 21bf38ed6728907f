package measure_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/marketplace/internal/measure"
	"agrovet/internal/platform/errs"
)

func TestAmountsAreReadAndWrittenWithTwoDecimals(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"100": "100.00", "100.5": "100.50", "100.50": "100.50", " 7 ": "7.00", "1e2": "100.00", "1E+2": "100.00",
		"12.5e1": "125.00", "125e-1": "12.50", "+3": "3.00", ".5": "0.50", "5.": "5.00", "0": "0.00", "-0": "0.00",
		"-0.00": "0.00", "000012.30": "12.30", "9999999999.99": "9999999999.99", "0e5": "0.00", "\t1\n": "1.00",
	} {
		a, wrong := measure.ParseAmount(typed)
		require.Zero(t, wrong, "%q", typed)
		require.Equal(t, want, a.String(), "%q", typed)
	}
}

func TestWrongAmountsAreRefusedInTheWordsOfTheContract(t *testing.T) {
	t.Parallel()
	const (
		number   = "Se requiere un número válido."
		digits   = "Asegúrese de que no haya más de 12 dígitos en total."
		decimals = "Asegúrese de que no haya más de 2 decimales."
		whole    = "Asegúrese de que no haya más de 10 dígitos antes del punto decimal."
		negative = "Asegúrese de que este valor es mayor o igual a 0."
	)
	for want, all := range map[string][]string{
		number: {"", " ", "abc", "1,5", "1_000", "NaN", "nan", "Infinity", "-Infinity", "inf", "sNaN", "٣", "１", "½", "1e", "e2", ".", "-",
			"--1", "1-", "1e1.5", "1e+-2", "0x10", "1 000", "$5", "1\x00", "\xff", "1..2", strings.Repeat("1", 1001), "null", "true"},
		digits:   {"1234567890123", "12345678901.23", "1e12", "1e999999999", "1e99999999999999999999", "0.0000000000001", "1e-99999999999999999999", "0e99"},
		decimals: {"1.234", "100.000", "1e-3", "12345.678"},
		whole:    {"12345678901", "99999999999.9", "1e10"},
		negative: {"-1", "-0.01", "-9999999999.99"},
	} {
		for _, typed := range all {
			_, wrong := measure.ParseAmount(typed)
			require.Equal(t, want, wrong.ES, "%q", typed)
			require.NotEmpty(t, wrong.EN, "%q", typed)
		}
	}
}

func TestAmountsTravelAsJSONTexts(t *testing.T) {
	t.Parallel()
	var in struct{ A, B measure.Amount }
	require.NoError(t, json.Unmarshal([]byte(`{"A":100.5,"B":"7"}`), &in))
	out, err := json.Marshal(in)
	require.NoError(t, err)
	require.JSONEq(t, `{"A":"100.50","B":"7.00"}`, string(out))

	for _, wrong := range []string{`{"A":"-1"}`, `{"A":true}`, `{"A":{}}`, `{"A":"NaN"}`, `{"A":1.234}`} {
		err := json.Unmarshal([]byte(wrong), &in)
		require.Error(t, err, wrong)
		require.Equal(t, errs.Invalid, errs.As(err).Kind, wrong)
	}
}

func TestAmountsAndRatesAreReadFromTheDatabase(t *testing.T) {
	t.Parallel()
	var a measure.Amount
	var r measure.Rate
	require.NoError(t, a.Scan("12.30"))
	require.NoError(t, r.Scan([]byte("99999999999900.0000")))
	require.Equal(t, measure.Amount(1230), a)
	require.Equal(t, "99999999999900.0000", r.String())
	v, err := a.Value()
	require.NoError(t, err)
	require.Equal(t, "12.30", v)
	for _, wrong := range []any{nil, 1.5, "x", "1.234"} {
		require.ErrorContains(t, a.Scan(wrong), "numeric(12,2)")
	}
}

func TestPlainNumbersSayOnlyWhatCounts(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"12.50": "12.5", "1e2": "100", "-0.0": "0", "00.050": "0.05", "100": "100", "-3.20": "-3.2", "1.000": "1", "0e3": "0", "5e-3": "0.005",
	} {
		d, ok := measure.ParseDecimal(typed)
		require.True(t, ok, typed)
		require.Equal(t, want, d.Plain(), typed)
	}
}

func FuzzParseAmount(f *testing.F) {
	for _, seed := range []string{"100", "100.5", "1e2", "-1", "NaN", "9999999999.99", "0.001", "1e-2", "", "+.5", "٣", "1e999999999"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		a, wrong := measure.ParseAmount(typed)
		if wrong != (errs.Text{}) {
			require.Zero(t, a)
			require.NotEmpty(t, wrong.ES)
			return
		}
		require.Regexp(t, `^[0-9]{1,10}\.[0-9]{2}$`, a.String())
		again, wrong := measure.ParseAmount(a.String())
		require.Zero(t, wrong)
		require.Equal(t, a, again)
		d, _ := measure.ParseDecimal(typed)
		require.Zero(t, d.Rat().Cmp(a.Rat()), "the amount is the number that was typed")
	})
}
