package catalog

import (
	"bytes"
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestCleanValuesAreCanonical(t *testing.T) {
	t.Parallel()
	clean, wrong := Validate(sample(t), object(t, `{"marca":"  John \n Deere","edad":12,"peso":"450.50","vacunado":"true","raza":"nelore",
		"agua":["riego","rio","rio"],"vence":" 2027-02-28 ","anio":"2015"}`))
	require.Empty(t, wrong)
	require.Equal(t, map[string]any{
		"marca": "John Deere", "edad": json.Number("12"), "peso": json.Number("450.5"), "vacunado": true, "raza": "nelore",
		"agua": []string{"rio", "riego"}, "vence": "2027-02-28", "anio": json.Number("2015"),
	}, clean)
	out, err := json.Marshal(clean)
	require.NoError(t, err)
	require.JSONEq(t, `{"marca":"John Deere","edad":12,"peso":450.5,"vacunado":true,"raza":"nelore","agua":["rio","riego"],
		"vence":"2027-02-28","anio":2015}`, string(out), "numbers are numbers on the wire")
}

func TestWhatSaysNothingIsAbsent(t *testing.T) {
	t.Parallel()
	clean, wrong := Validate(sample(t), object(t, `{"marca":" ","edad":null,"peso":"","vacunado":null,"raza":"otra","agua":[],"vence":""}`))
	require.Empty(t, wrong)
	require.Equal(t, map[string]any{"raza": "otra"}, clean)
}

func TestAllThatIsWrongIsReportedAtOnceInOrder(t *testing.T) {
	t.Parallel()
	clean, wrong := Validate(sample(t), object(t, `{"zeta":1,"marca":"twelve chars","edad":700,"peso":"x","vacunado":1,"agua":"rio","vence":"28/02/2027","anio":1900,"alfa":null}`))
	require.Nil(t, clean)
	var names []string
	for _, f := range wrong {
		names = append(names, f.Name)
		require.NotEmpty(t, f.Text.EN)
	}
	require.Equal(t, strings.Fields("attributes.marca attributes.edad attributes.peso attributes.vacunado attributes.raza attributes.agua attributes.vence attributes.anio attributes.alfa attributes.zeta"), names)
	require.Equal(t, "Este campo es requerido.", texts(wrong)["attributes.raza"])
}

func TestWrongValues(t *testing.T) {
	t.Parallel()
	const list, integer, number = "Se esperaba una lista de elementos.", "Introduzca un número entero válido.", "Se requiere un número válido."
	const date = "Fecha con formato erróneo. Use el formato YYYY-MM-DD."
	for _, c := range []struct{ key, value, want string }{
		{"marca", `1`, "No es una cadena válida."}, {"marca", `["a"]`, "No es una cadena válida."}, {"marca", `"a\u0000"`, "No se permiten caracteres nulos."},
		{"marca", `"a\u0007"`, "No es una cadena válida."}, {"marca", `"12345678901"`, "Asegúrese de que este campo no tenga más de 10 caracteres."},
		{"edad", `1.5`, integer}, {"edad", `true`, integer}, {"edad", `{}`, integer}, {"edad", `"1e400"`, "Asegúrese de que no haya más de 15 dígitos en total."},
		{"edad", `-1`, "Asegúrese de que este valor es mayor o igual a 0."}, {"edad", `601`, "Asegúrese de que este valor es menor o igual a 600."},
		{"peso", `"NaN"`, number}, {"peso", `"1,5"`, number}, {"peso", `1.234`, "Asegúrese de que no haya más de 2 decimales."},
		{"peso", `0.49`, "Asegúrese de que este valor es mayor o igual a 0.5."}, {"peso", `2000.01`, "Asegúrese de que este valor es menor o igual a 2000."},
		{"vacunado", `"si"`, "Debe ser un booleano válido."}, {"vacunado", `0`, "Debe ser un booleano válido."},
		{"raza", `"Nelore"`, `"Nelore" no es una elección válida.`}, {"raza", `["nelore"]`, "No es una cadena válida."},
		{"agua", `"rio"`, list}, {"agua", `{"rio":true}`, list}, {"agua", `["rio",1]`, "No es una cadena válida."}, {"agua", `["mar"]`, `"mar" no es una elección válida.`},
		{"vence", `"2027-2-8"`, date}, {"vence", `"2027-02-30"`, date}, {"vence", `20270228`, date}, {"vence", `"2027-02-28T00:00:00Z"`, date},
		{"vence", `"0001-01-01"`, "Use una fecha entre los años 1900 y 2100."},
		{"anio", `1949`, "Asegúrese de que este valor es mayor o igual a 1950."}, {"anio", `2101`, "Asegúrese de que este valor es menor o igual a 2100."},
		{"anio", `2015.5`, integer},
	} {
		_, wrong := Validate(sample(t), object(t, `{"raza":"otra","`+c.key+`":`+c.value+`}`))
		require.Equal(t, map[string]string{"attributes." + c.key: c.want}, texts(wrong), "%s %s", c.key, c.value)
	}
}

func TestValidateIsBounded(t *testing.T) {
	t.Parallel()
	many := map[string]any{}
	for i := range 41 {
		many["k"+strconv.Itoa(i)] = true
	}
	_, wrong := Validate(sample(t), many)
	require.Equal(t, map[string]string{"attributes": "Asegúrese de que este campo no tenga más de 40 elementos."}, texts(wrong))

	_, wrong = Validate(nil, map[string]any{strings.Repeat("x", 1000): 1})
	require.Len(t, wrong, 1)
	require.Less(t, len(wrong[0].Name), 100, "a client's key is not sent back at full length")

	for _, f := range []float64{math.NaN(), math.Inf(1), math.MaxFloat64, 1e-300} {
		_, wrong = Validate(sample(t), map[string]any{"raza": "otra", "peso": f, "edad": f})
		require.Len(t, wrong, 2, "%g", f)
	}
}

func TestValuesOfOldDefinitionsAreLeftOut(t *testing.T) {
	t.Parallel()
	old := map[string]any{"edad": json.Number("900"), "gone": "x", "peso": json.Number("3")}
	require.Equal(t, map[string]any{"peso": json.Number("3")}, Known(sample(t), old))
}

func FuzzValidate(f *testing.F) {
	for _, seed := range []string{`{"raza":"nelore"}`, `{"raza":"otra","peso":1e2,"agua":["pozo"],"anio":2000,"vence":"2026-01-01"}`, `{"marca":"ñ","edad":"12.0"}`, `{"x":null}`} {
		f.Add([]byte(seed))
	}
	defs := sample(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		d := json.NewDecoder(bytes.NewReader(data))
		d.UseNumber()
		var values map[string]any
		if d.Decode(&values) != nil {
			return
		}
		clean, wrong := Validate(defs, values)
		if len(wrong) > 0 {
			require.Nil(t, clean)
			return
		}
		again, wrong := Validate(defs, clean)
		require.Empty(t, wrong)
		require.Equal(t, clean, again, "clean values are clean")

		stored, err := json.Marshal(clean)
		require.NoError(t, err)
		again, wrong = Validate(defs, object(t, string(stored)))
		require.Empty(t, wrong)
		require.Equal(t, clean, again, "and stay so through a database, even read as floats")
		require.NotEmpty(t, Traits(defs, clean))
	})
}
