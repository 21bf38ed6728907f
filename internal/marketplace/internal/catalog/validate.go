package catalog

import (
	"maps"
	"slices"

	"agrovet/internal/platform/errs"
)

// Field is the name under which errors about attributes are reported; those about one attribute
// have a point and its key behind it.
const Field = "attributes"

// Validate turns the attributes of an advert, decoded from JSON with or without UseNumber, into
// clean values. It reports everything that is wrong at once, in the order of the definitions, then
// keys that no definition has; the values are nil then.
//
// A null, a blank text and an empty list count as absent. The clean values are what is stored:
//
//	text, choice, date    string; a date is YYYY-MM-DD
//	integer, decimal, year  json.Number in its shortest plain form
//	boolean               bool
//	choices               []string in the order of the definition, never empty
//
// They never hold nil or a float, there are at most 40, and Validate leaves them as they are.
func Validate(defs []Attribute, values map[string]any) (map[string]any, []errs.Field) {
	if len(values) > maxValues {
		return nil, []errs.Field{{Name: Field, Text: textMany(maxValues)}}
	}
	clean := map[string]any{}
	var wrong []errs.Field
	for _, a := range defs {
		value, text := a.read(values[a.Key])
		if text != (errs.Text{}) {
			wrong = append(wrong, errs.Field{Name: Field + "." + a.Key, Text: text})
		} else if value != nil {
			clean[a.Key] = value
		}
	}
	wrong = append(wrong, unknown(defs, values)...)
	if len(wrong) > 0 {
		return nil, wrong
	}
	return clean, nil
}

// read is the clean value; nil when there is none.
func (a Attribute) read(v any) (any, errs.Text) {
	if absent(v) {
		if a.Required {
			return nil, textRequired
		}
		return nil, errs.Text{}
	}
	return readers[a.Kind](a, v)
}

func unknown(defs []Attribute, values map[string]any) []errs.Field {
	var fields []errs.Field
	for _, key := range slices.Sorted(maps.Keys(values)) {
		if _, ok := ByKey(defs, key); !ok {
			fields = append(fields, errs.Field{Name: Field + "." + clip(key), Text: textUnknown})
		}
	}
	return fields
}

// Known leaves out values whose key no definition has or whose value no longer fits, so that an
// advert written before a definition changed can still be shown and edited.
func Known(defs []Attribute, values map[string]any) map[string]any {
	clean := map[string]any{}
	for _, a := range defs {
		if value, wrong := a.read(values[a.Key]); wrong == (errs.Text{}) && value != nil {
			clean[a.Key] = value
		}
	}
	return clean
}
