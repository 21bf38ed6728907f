package catalog

import (
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func cleanSample(t testing.TB) map[string]any {
	t.Helper()
	clean, wrong := Validate(sample(t), object(t, `{"marca":"Bayer","edad":12,"peso":450.5,"vacunado":true,"raza":"nelore","agua":["riego","rio"],"vence":"2027-02-28","anio":2015}`))
	require.Empty(t, wrong)
	return clean
}

func TestTraitsAreWhatCanBeAskedForExactly(t *testing.T) {
	t.Parallel()
	want := []Trait{{"vacunado", "true"}, {"raza", "nelore"}, {"agua", "rio"}, {"agua", "riego"}, {"anio", "2015"}}
	clean := cleanSample(t)
	require.Equal(t, want, Traits(sample(t), clean))
	clean["agua"] = []any{"rio", "riego"} // as it comes back from JSON
	require.Equal(t, want, Traits(sample(t), clean))
}

func TestWordsAreForTheSearchDocument(t *testing.T) {
	t.Parallel()
	clean := cleanSample(t)
	require.Equal(t, "Bayer 12 meses 450.5 kg Vacunado Nelore Río Riego 2015", Words(sample(t), clean, "es"))
	require.Equal(t, "Bayer 12 meses 450.5 kg Vaccinated Nelore River Irrigation 2015", Words(sample(t), clean, "en"))
	require.Equal(t, "Otra", Words(sample(t), map[string]any{"raza": "otra", "vacunado": false, "gone": "x"}, "es"))
}

func TestFilters(t *testing.T) {
	t.Parallel()
	defs, clean := sample(t), cleanSample(t)
	for query, want := range map[string]bool{
		"attr.raza=nelore": true, "attr.raza=otra,nelore": true, "attr.raza=otra": false,
		"attr.agua=rio": true, "attr.agua=pozo": false, "attr.agua=pozo,riego": true, "attr.agua=pozo,pozo": false,
		"attr.vacunado=true": true, "attr.vacunado=false": false,
		"attr.anio=2015": true, "attr.anio=2014,2015": true, "attr.anio=1800": false, "attr.anio.min=2015": true, "attr.anio.max=2014": false,
		"attr.edad=12": true, "attr.edad=12.0": true, "attr.edad=13": false, "attr.edad.min=9": true, "attr.edad.min=100": false, "attr.edad.max=100": true,
		"attr.peso.min=450.5": true, "attr.peso.min=450.51": false, "attr.peso.max=1e3": true, "attr.peso.min=100&attr.peso.max=449": false,
		"attr.vence.min=2027-01-01": true, "attr.vence.max=2027-02-27": false, "attr.vence=2027-02-28": true,
		"q=toro&page=2": true, "attr.edad.max=-5": false,
	} {
		values, err := url.ParseQuery(query)
		require.NoError(t, err)
		filters, wrong := ParseFilters(defs, values)
		require.Empty(t, wrong, query)
		got := true
		for _, f := range filters {
			got = got && Matches(defs, clean, f)
			require.False(t, Matches(defs, map[string]any{}, f), "what is not told matches nothing: %s", query)
			require.False(t, Matches(nil, clean, f))
		}
		require.Equal(t, want, got, query)
	}
}

func TestWrongFiltersNameTheirParameter(t *testing.T) {
	t.Parallel()
	for query, want := range map[string]string{
		"attr.color=rojo":       "attr.color: La categoría no tiene este atributo.",
		"attr.=x":               "attr.: La categoría no tiene este atributo.",
		"attr.raza=Angus":       `attr.raza: "Angus" no es una elección válida.`,
		"attr.raza=nelore,":     `attr.raza: "" no es una elección válida.`,
		"attr.raza.min=nelore":  "attr.raza.min: Este atributo no tiene ese filtro.",
		"attr.edad.min=mucho":   "attr.edad.min: Introduzca un número entero válido.",
		"attr.edad.like=1":      "attr.edad.like: Este atributo no tiene ese filtro.",
		"attr.edad.min.max=1":   "attr.edad.min.max: Este atributo no tiene ese filtro.",
		"attr.edad=1,2":         "attr.edad: Introduzca un número entero válido.",
		"attr.peso.max=":        "attr.peso.max: Se requiere un número válido.",
		"attr.vence.min=mañana": "attr.vence.min: Fecha con formato erróneo. Use el formato YYYY-MM-DD.",
		"attr.vacunado=quizás":  "attr.vacunado: Debe ser un booleano válido.",
		"attr.anio=20x5":        "attr.anio: Introduzca un número entero válido.",
		"attr.marca=Bayer":      "attr.marca: Este atributo no se puede filtrar; use la búsqueda.",
	} {
		values, err := url.ParseQuery(query)
		require.NoError(t, err)
		filters, wrong := ParseFilters(sample(t), values)
		require.Nil(t, filters, query)
		require.Len(t, wrong, 1, query)
		require.Equal(t, want, wrong[0].Name+": "+wrong[0].Text.ES)
		require.NotEmpty(t, wrong[0].Text.EN)
	}
}

func TestOneSearchAsksForSoMuch(t *testing.T) {
	t.Parallel()
	query := url.Values{}
	for _, letter := range strings.Split("abcdefghijklmnopqrstu", "") {
		query.Set("attr."+letter, "1")
	}
	_, wrong := ParseFilters(sample(t), query)
	require.Equal(t, map[string]string{"attr": "Asegúrese de que este campo no tenga más de 20 elementos."}, texts(wrong))
}

func TestUnionOffersTheOptionsOfAllCategories(t *testing.T) {
	t.Parallel()
	all := Union(AttributesOf(Standard(), "Bovinos"), AttributesOf(Standard(), "Porcinos"), AttributesOf(Standard(), "Perros de trabajo y mascotas"))
	raza, ok := ByKey(all, "raza")
	require.True(t, ok)
	require.Equal(t, Choice, raza.Kind)
	for _, breed := range []string{"nelore", "duroc"} {
		_, ok := raza.option(breed)
		require.True(t, ok, breed)
	}
	bovinos, _ := ByKey(AttributesOf(Standard(), "Bovinos"), "raza")
	_, ok = bovinos.option("duroc")
	require.False(t, ok, "the categories themselves are not changed")
}

func FuzzParseFilter(f *testing.F) {
	for _, seed := range [][3]string{{"raza", "", "nelore"}, {"peso", "min", "1e2"}, {"vence", "max", "2026-01-01"}, {"anio", "", "2015,2016"}, {"x", "y", "z"}} {
		f.Add(seed[0], seed[1], seed[2])
	}
	defs := sample(f)
	f.Fuzz(func(t *testing.T, key, op, text string) {
		filter, wrong := ParseFilter(defs, key, op, text)
		if wrong != nil {
			require.True(t, strings.HasPrefix(wrong.Name, "attr."))
			require.Zero(t, filter)
			return
		}
		require.True(t, filter.Any != nil || filter.Min != "" || filter.Max != "")
		Matches(defs, cleanSample(t), filter)
	})
}
