package catalog

import (
	"encoding/json"
	"maps"
	"net/url"
	"slices"
	"strings"

	"agrovet/internal/platform/errs"
)

// Param is what the query parameters of attributes start with: attr.raza=nelore,
// attr.peso_kg.min=200, attr.peso_kg.max=450.
const Param = "attr."

// maxFilters is how many attributes one search may ask about.
const maxFilters = 20

// Filter asks for one attribute: for one of some exact values, or for a range.
type Filter struct {
	Key      string
	Kind     Kind
	Any      []string // values of a Trait, in the order of the query; nil for a range
	Min, Max string   // inclusive, in the form of clean values; "" for no limit
}

// ParseFilter reads one query parameter. op is "", "min" or "max".
//
// Without op, choices, booleans and years take one or several values with commas between them, one
// of which has to match; other numbers and dates take one. min and max go with numbers, years and
// dates. A value outside of the attribute's own limits is no error: nothing matches it.
//
// The second result names the parameter and is nil when nothing is wrong.
func ParseFilter(defs []Attribute, key, op, text string) (Filter, *errs.Field) {
	f := Filter{Key: key}
	a, ok := ByKey(defs, key)
	wrong := textUnknown
	if ok {
		f.Kind = a.Kind
		wrong = f.read(a, op, text)
	}
	if wrong != (errs.Text{}) {
		return Filter{}, &errs.Field{Name: paramName(key, op), Text: wrong}
	}
	return f, nil
}

func paramName(key, op string) string {
	name := Param + clip(key)
	if op != "" {
		name += "." + clip(op)
	}
	return name
}

func (f *Filter) read(a Attribute, op, text string) errs.Text {
	ranged := a.Kind.numeric() || a.Kind == Date
	switch {
	case a.Kind == Text:
		return errs.Text{ES: "Este atributo no se puede filtrar; use la búsqueda.", EN: "This attribute cannot be filtered; use the search."}
	case op == "" && (!ranged || a.Kind == Year):
		return f.readAny(a, text)
	case op != "" && (!ranged || op != "min" && op != "max"):
		return errs.Text{ES: "Este atributo no tiene ese filtro.", EN: "This attribute has no such filter."}
	}
	value, wrong := a.limit(text)
	if op != "max" {
		f.Min = value
	}
	if op != "min" {
		f.Max = value
	}
	return wrong
}

// readAny reads values with commas between them.
func (f *Filter) readAny(a Attribute, text string) errs.Text {
	one := a
	if a.Kind == Choices {
		one.Kind = Choice
	}
	for _, part := range strings.Split(text, ",") {
		value, wrong := one.limit(part)
		if wrong != (errs.Text{}) {
			return wrong
		}
		if !slices.Contains(f.Any, value) {
			f.Any = append(f.Any, value)
		}
	}
	return errs.Text{}
}

// limit reads a value of the attribute from a query parameter, without the attribute's own limits.
func (a Attribute) limit(text string) (string, errs.Text) {
	a.Min, a.Max = "", ""
	if a.Kind == Year {
		a.Kind = Integer
	}
	v, wrong := readers[a.Kind](a, strings.TrimSpace(text))
	if wrong != (errs.Text{}) {
		return "", wrong
	}
	switch v := v.(type) {
	case bool:
		return traitValues(a, v)[0], wrong
	case json.Number:
		return v.String(), wrong
	}
	return v.(string), wrong
}

// ParseFilters reads all parameters of a query that start with [Param], in the order of their
// names; of a repeated parameter the last one counts. Other parameters are not looked at.
func ParseFilters(defs []Attribute, query url.Values) ([]Filter, []errs.Field) {
	var filters []Filter
	var wrong []errs.Field
	for _, name := range slices.Sorted(maps.Keys(query)) {
		rest, ok := strings.CutPrefix(name, Param)
		if !ok || len(query[name]) == 0 {
			continue
		}
		key, op, _ := strings.Cut(rest, ".")
		f, field := ParseFilter(defs, key, op, query[name][len(query[name])-1])
		if field != nil {
			wrong = append(wrong, *field)
		}
		if filters = append(filters, f); len(filters) > maxFilters {
			return nil, []errs.Field{{Name: strings.TrimSuffix(Param, "."), Text: textMany(maxFilters)}}
		}
	}
	if len(wrong) > 0 {
		return nil, wrong
	}
	return filters, nil
}
