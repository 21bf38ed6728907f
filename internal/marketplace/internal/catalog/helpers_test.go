package catalog

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/platform/errs"
)

// sample has an attribute of every kind.
func sample(t testing.TB) []Attribute {
	t.Helper()
	defs, wrong := ParseDefinitions([]byte(`[
		{"key":"marca","label":{"es":"Marca","en":"Brand"},"kind":"text","max_length":10},
		{"key":"edad","label":{"es":"Edad","en":"Age"},"kind":"integer","unit":"meses","min":0,"max":600},
		{"key":"peso","label":{"es":"Peso","en":"Weight"},"kind":"decimal","unit":"kg","min":0.5,"max":2000},
		{"key":"vacunado","label":{"es":"Vacunado","en":"Vaccinated"},"kind":"boolean"},
		{"key":"raza","label":{"es":"Raza","en":"Breed"},"kind":"choice","required":true,"options":[
			{"key":"nelore","label":{"es":"Nelore","en":"Nelore"}},{"key":"otra","label":{"es":"Otra","en":"Other"}}]},
		{"key":"agua","label":{"es":"Agua","en":"Water"},"kind":"choices","options":[
			{"key":"rio","label":{"es":"Río","en":"River"}},{"key":"pozo","label":{"es":"Pozo","en":"Well"}},{"key":"riego","label":{"es":"Riego","en":"Irrigation"}}]},
		{"key":"vence","label":{"es":"Vence","en":"Expires"},"kind":"date"},
		{"key":"anio","label":{"es":"Año","en":"Year"},"kind":"year","min":1950}]`))
	require.Empty(t, wrong)
	return defs
}

// object reads JSON the way the server does.
func object(t testing.TB, text string) map[string]any {
	t.Helper()
	var v map[string]any
	require.NoError(t, json.Unmarshal([]byte(text), &v), text)
	return v
}

// texts are the Spanish texts by field.
func texts(fields []errs.Field) map[string]string {
	m := map[string]string{}
	for _, f := range fields {
		m[f.Name] = f.Text.ES
	}
	return m
}
