package catalog

import (
	"encoding/json"
	"slices"
	"strings"
)

// Matches tells whether clean values satisfy the filter. What an advert does not tell satisfies no
// filter.
func Matches(defs []Attribute, clean map[string]any, f Filter) bool {
	a, ok := ByKey(defs, f.Key)
	if !ok {
		return false
	}
	if f.Any != nil {
		return slices.ContainsFunc(traitValues(a, clean[f.Key]), func(v string) bool { return slices.Contains(f.Any, v) })
	}
	value, order := ordered(clean[f.Key])
	return order != nil && (f.Min == "" || order(value, f.Min) >= 0) && (f.Max == "" || order(value, f.Max) <= 0)
}

// ordered is a clean number or date with its order; nil for everything else.
func ordered(v any) (string, func(a, b string) int) {
	switch v := v.(type) {
	case json.Number:
		return v.String(), compareNumbers
	case string:
		return v, strings.Compare // dates sort as they are written
	}
	return "", nil
}
