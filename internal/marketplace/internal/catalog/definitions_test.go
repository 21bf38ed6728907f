package catalog

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestDefinitionsSurviveARoundTrip(t *testing.T) {
	t.Parallel()
	for _, c := range Standard() {
		data, err := json.Marshal(append([]Attribute{}, c.Attributes...))
		require.NoError(t, err)
		defs, wrong := ParseDefinitions(data)
		require.Empty(t, wrong, c.Name)
		require.Equal(t, append([]Attribute{}, c.Attributes...), defs, c.Name)
	}
}

func TestDefinitionsAreNormal(t *testing.T) {
	t.Parallel()
	defs, wrong := ParseDefinitions([]byte(`[{"key":"peso","label":{"es":"Peso","en":"Weight"},"kind":"decimal","min":"0.50","max":1e3,"options":[]}]`))
	require.Empty(t, wrong)
	require.Equal(t, json.Number("0.5"), defs[0].Min)
	require.Equal(t, json.Number("1000"), defs[0].Max)
	require.Nil(t, defs[0].Options)
	defs, wrong = ParseDefinitions([]byte(`null`))
	require.Empty(t, wrong)
	require.Empty(t, defs)
}

func TestWrongDefinitionsSayWhereAndWhat(t *testing.T) {
	t.Parallel()
	// with is a good definition in which properties are added or replaced.
	with := func(properties string) string {
		d := map[string]json.RawMessage{"key": []byte(`"x"`), "label": []byte(`{"es":"X","en":"X"}`), "kind": []byte(`"integer"`)}
		require.NoError(t, json.Unmarshal([]byte("{"+properties+"}"), &d))
		out, err := json.Marshal([]any{d})
		require.NoError(t, err)
		return string(out)
	}
	const notIt = "This kind of attribute does not have it."
	for data, want := range map[string][2]string{
		`{`:                                     {"attributes", "Expected a list of items."},
		`{"key":"x"}`:                           {"attributes", "Expected a list of items."},
		`[1]`:                                   {"attributes.0", "Invalid data. Expected a dictionary."},
		`[null]`:                                {"attributes.0", "Invalid data. Expected a dictionary."},
		`[` + strings.Repeat(`{},`, 20) + `{}]`: {"attributes", "Ensure this field has no more than 20 elements."},
		`["` + strings.Repeat("x", 300<<10) + `"]`:      {"attributes", "It is too long."},
		with(`"colour":1`):                              {"attributes.0", `There is no property "colour".`},
		with(`"max":"x"`):                               {"attributes.0", "It has an invalid number."},
		with(`"max":true`):                              {"attributes.0.max", "Invalid value."},
		with(`"required":"yes"`):                        {"attributes.0.required", "Invalid value."},
		with(`"label":{"es":1}`):                        {"attributes.0.label.es", "Invalid value."},
		with(`"key":"Año"`):                             {"attributes.0.key", "Use lower-case letters without accents, digits and _, at most 40."},
		with(`"key":""`):                                {"attributes.0.key", "Use lower-case letters without accents, digits and _, at most 40."},
		with(`"key":"` + strings.Repeat("x", 41) + `"`): {"attributes.0.key", "Use lower-case letters without accents, digits and _, at most 40."},
		with(`"label":{"es":"X","en":" "}`):             {"attributes.0.label.en", "It may not be blank or have spaces around it."},
		with(`"label":{"es":"` + strings.Repeat("ñ", 81) + `","en":"X"}`): {"attributes.0.label.es", "Ensure this field has no more than 80 characters."},
		with(`"kind":"color"`): {"attributes.0.kind", `"color" is not a valid choice.`},
		with(`"max_length":5`): {"attributes.0.max_length", notIt},
		with(`"decimals":2`):   {"attributes.0.decimals", notIt},
		with(`"options":[{"key":"a","label":{"es":"A","en":"A"}}]`): {"attributes.0.options", notIt},
		with(`"min":1.5`):                      {"attributes.0.min", "A valid integer is required."},
		with(`"min":1e999`):                    {"attributes.0.min", "A valid number is required."},
		with(`"min":1234567890123456`):         {"attributes.0.min", "Ensure that there are no more than 15 digits in total."},
		with(`"min":5,"max":4`):                {"attributes.0.min", "The minimum is greater than the maximum."},
		with(`"kind":"year","min":1800`):       {"attributes.0.min", "Ensure this value is greater than or equal to 1900."},
		with(`"kind":"text","max_length":201`): {"attributes.0.max_length", "Ensure this value is less than or equal to 200."},
		with(`"kind":"text","max_length":-1`):  {"attributes.0.max_length", "Ensure this value is greater than or equal to 0."},
		with(`"kind":"text","unit":"kg"`):      {"attributes.0.unit", notIt},
		with(`"kind":"text","min":1`):          {"attributes.0.min", notIt},
		with(`"kind":"decimal","decimals":7`):  {"attributes.0.decimals", "Ensure this value is less than or equal to 6."},
		with(`"kind":"choice"`):                {"attributes.0.options", "This field is required."},
		with(`"kind":"choice","options":[{"key":"a","label":{"es":"A","en":"A"}},{"key":"a","label":{"es":"A","en":"A"}}]`): {"attributes.0.options.1.key", "It is repeated."},
		with(`"kind":"choice","options":[{"key":"A","label":{"es":"A","en":"A"}}]`):                                         {"attributes.0.options.0.key", "Use lower-case letters without accents, digits and _, at most 40."},
		`[{"key":"x","label":{"es":"X","en":"X"},"kind":"date"},{"key":"x","label":{"es":"X","en":"X"},"kind":"date"}]`:     {"attributes.1.key", "It is repeated."},
	} {
		defs, wrong := ParseDefinitions([]byte(data))
		require.Nil(t, defs)
		require.Len(t, wrong, 1, "%.200s: %v", data, wrong)
		require.Equal(t, want, [2]string{wrong[0].Name, wrong[0].Text.EN}, "%.200s", data)
		require.NotEmpty(t, wrong[0].Text.ES)
	}
}

func TestChildrenInheritAndReplace(t *testing.T) {
	t.Parallel()
	parent := []Attribute{{Key: "a", Kind: Text}, {Key: "b", Kind: Text}}
	own := []Attribute{{Key: "c", Kind: Date}, {Key: "a", Kind: Year}}
	require.Equal(t, []Attribute{{Key: "a", Kind: Year}, {Key: "b", Kind: Text}, {Key: "c", Kind: Date}}, Inherited(parent, own))
	require.Equal(t, Text, parent[0].Kind)
}

func FuzzParseDefinitions(f *testing.F) {
	seed, _ := json.Marshal(sample(f))
	for _, s := range []string{string(seed), `[]`, `null`, `[{"key":"x","label":{"es":"X","en":"X"},"kind":"integer","min":-1e3,"max":"5"}]`, `[{}]`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		defs, wrong := ParseDefinitions(data)
		if len(wrong) > 0 {
			require.Nil(t, defs)
			return
		}
		again, err := json.Marshal(defs)
		require.NoError(t, err)
		back, wrong := ParseDefinitions(again)
		require.Empty(t, wrong, "%s", again)
		require.Equal(t, defs, back)
	})
}
