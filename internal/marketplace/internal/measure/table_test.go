package measure_test

import (
	"math/big"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/marketplace/internal/measure"
)

func TestUnitsAreConsistent(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, u := range measure.Units() {
		require.Regexp(t, `^[a-z0-9]{1,20}$`, u.Code)
		require.False(t, seen[u.Code], "two units %q", u.Code)
		seen[u.Code] = true
		for _, lang := range []string{"es", "en"} {
			require.NotEmpty(t, u.Name(lang, true), u.Code)
			require.NotEmpty(t, u.Name(lang, false), u.Code)
		}
		base, ok := measure.UnitByCode(u.Base)
		require.True(t, ok, "the base of %s", u.Code)
		require.Equal(t, u.Dimension, base.Dimension, u.Code)
		require.Equal(t, base.Code, base.Base, "the base of a base is itself")
		require.True(t, u.Dimension != measure.Own || u.Base == u.Code, "%s compares with itself only", u.Code)
		size, ok := measure.Standard().Size(u.Base, "")
		require.True(t, ok, u.Code)
		require.Zero(t, size.Cmp(big.NewRat(1, 1)), u.Code)
	}
	require.True(t, seen["kg"] && seen["arroba"] && seen["quintal"] && seen["cabeza"] && seen["lote"])
}

func TestEveryRowOfTheStandardTableSaysWhereItComesFrom(t *testing.T) {
	t.Parallel()
	rows := measure.Standard().Rows()
	require.Greater(t, len(rows), 50)
	for _, r := range rows {
		require.Regexp(t, `^(law|official|trade|custom): .{5,}`, r.Note, "%s %s", r.Unit, r.Country)
	}
}

// Where both are customary, a quintal is four arrobas and an arroba is 25 pounds.
func TestLocalMassesAgreeWithEachOther(t *testing.T) {
	t.Parallel()
	metric := map[string]bool{"ES": true, "CL": true, "AR": true, "UY": true, "PY": true, "BR": true}
	for _, country := range strings.Fields("BO PE EC CO VE CU CR GT HN SV NI PA DO MX XX AR CL UY PY ES") {
		libra, _ := measure.Standard().Size("libra", country)
		arroba, _ := measure.Standard().Size("arroba", country)
		quintal, _ := measure.Standard().Size("quintal", country)
		if !metric[country] {
			requireNear(t, new(big.Rat).Quo(quintal, arroba), 4, country)
		}
		requireNear(t, new(big.Rat).Quo(arroba, libra), 25, country)
	}
}

// requireNear allows 2%: in a few countries the arroba is of another pound than the scales.
func requireNear(t *testing.T, got *big.Rat, want float64, what string) {
	t.Helper()
	f, _ := got.Float64()
	require.InEpsilon(t, want, f, 0.02, what)
}

func TestOperatorsOverrideSingleRows(t *testing.T) {
	t.Parallel()
	standard := measure.Standard()
	changed, err := standard.Override("\n# ours\narroba bo 11.34 # scales read pounds\nquintal * 1e2\n  manzana BO 0.7\n")
	require.NoError(t, err)
	for _, c := range []struct{ unit, country, before, after string }{
		{"arroba", "BO", "11.5", "11.34"}, {"quintal", "XX", "45.359237", "100"}, {"quintal", "BO", "46", "46"}, {"manzana", "BO", "", "0.7"},
	} {
		row, _ := standard.Row(c.unit, c.country)
		require.Equal(t, c.before, row.Size, "the standard table stays as it is")
		row, _ = changed.Row(c.unit, c.country)
		require.Equal(t, c.after, row.Size)
	}
	row, _ := changed.Row("arroba", "BO")
	require.Equal(t, "scales read pounds", row.Note)
}

func TestOverridesNameWhatIsWrong(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"arroba BO":                `line 1: "arroba BO" is not a unit, a country and a size`,
		"\narroba BO 11,5":         `line 2: "11,5" is not a size: a number of kg`,
		"stone BO 6":               `there is no unit "stone"`,
		"kg BO 1":                  `unit "kg" is the same in every country`,
		"saco BO 50":               `unit "saco" is the same in every country`,
		"arroba Bolivia 11.5":      `"Bolivia" is not a country`,
		"arroba B0 11.5":           `"B0" is not a country`,
		"arroba BO 0":              "not between 0.0001 and 10000 kg",
		"arroba BO -11.5":          "not between 0.0001 and 10000 kg",
		"arroba BO 11500":          "not between 0.0001 and 10000 kg",
		"arroba BO 1e999":          "no more than 17 digits",
		"arroba BO 1\narroba bo 2": "line 2: arroba BO is already on line 1",
		"arroba BO x\nlibra y 3":   `line 2: "y" is not a country`,
	} {
		table, err := measure.Standard().Override(text)
		require.ErrorContains(t, err, want, text)
		require.Nil(t, table, text)
	}
}

func FuzzOverride(f *testing.F) {
	for _, seed := range []string{"arroba BO 11.5", "quintal * 100 # metric", "# nothing", "arroba BO 1e-3\nx", "libra\tPE\t0.46\r\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		table, err := measure.Standard().Override(text)
		if err != nil {
			require.Nil(t, table)
			return
		}
		for _, r := range table.Rows() {
			rate, _, ok := table.Comparable(measure.MaxAmount, r.Unit, r.Country)
			require.True(t, ok, "%v", r)
			var back measure.Rate
			require.NoError(t, back.Scan(rate.String()), "the dearest price fits its column")
		}
	})
}
