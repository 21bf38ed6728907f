package catalog

import (
	"encoding/json"
	"strconv"
	"strings"
)

// Trait is one thing that is true of an advert and can be asked for exactly.
type Trait struct{ Key, Value string }

// Traits are the exact-match facts of clean values, in the order of the definitions: the choice,
// every one of several choices, true or false, the year. Other numbers and dates are asked for by
// range, texts by the search.
func Traits(defs []Attribute, clean map[string]any) []Trait {
	var traits []Trait
	for _, a := range defs {
		for _, value := range traitValues(a, clean[a.Key]) {
			traits = append(traits, Trait{a.Key, value})
		}
	}
	return traits
}

func traitValues(a Attribute, v any) []string {
	switch v := v.(type) {
	case bool:
		return []string{strconv.FormatBool(v)}
	case string:
		if a.Kind == Choice {
			return []string{v}
		}
	case []string:
		return v
	case []any: // choices as a database returns them
		keys, _ := readList(v)
		return keys
	case json.Number:
		if a.Kind == Year {
			return []string{v.String()}
		}
	}
	return nil
}

// Words is what the search document of an advert says about its attributes in the language ("es"
// or "en"): the labels of options, texts, numbers with their unit, the label of what is true.
// Dates are left out.
func Words(defs []Attribute, clean map[string]any, lang string) string {
	var words []string
	for _, a := range defs {
		words = append(words, a.words(clean[a.Key], lang)...)
	}
	return strings.Join(words, " ")
}

func (a Attribute) words(v any, lang string) []string {
	switch {
	case a.Kind.chosen():
		return a.optionWords(v, lang)
	case a.Kind == Boolean && v == true:
		return []string{a.Label.In(lang)}
	case a.Kind == Text:
		if s, ok := v.(string); ok {
			return []string{s}
		}
	}
	if n, ok := v.(json.Number); ok {
		return strings.Fields(n.String() + " " + a.Unit)
	}
	return nil
}

func (a Attribute) optionWords(v any, lang string) []string {
	var words []string
	for _, key := range traitValues(a, v) {
		if o, ok := a.option(key); ok {
			words = append(words, o.Label.In(lang))
		}
	}
	return words
}
