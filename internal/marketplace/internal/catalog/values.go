package catalog

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"agrovet/internal/platform/errs"
)

// readers turn what a client sent into the clean value of a kind, or tell what is wrong with it.
var readers = map[Kind]func(Attribute, any) (any, errs.Text){
	Text: readText, Integer: readNumeric, Decimal: readNumeric, Year: readNumeric,
	Boolean: readBoolean, Choice: readChoice, Choices: readChoices, Date: readDate,
}

// absent tells whether a value says nothing: null, a blank text, an empty list. Clients send these
// to take a value away.
func absent(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case string:
		return strings.TrimSpace(v) == ""
	case []any:
		return len(v) == 0
	case []string:
		return len(v) == 0
	}
	return false
}

// readText puts a text on one line, with single spaces.
func readText(a Attribute, v any) (any, errs.Text) {
	s, ok := v.(string)
	switch {
	case !ok || !utf8.ValidString(s):
		return nil, textString
	case strings.ContainsRune(s, 0):
		return nil, textNUL
	}
	s = strings.Join(strings.Fields(s), " ")
	switch {
	case utf8.RuneCountInString(s) > a.maxLength():
		return nil, textLong(a.maxLength())
	case strings.ContainsFunc(s, unicode.IsControl):
		return nil, textString
	}
	return s, errs.Text{}
}

// readNumeric takes JSON numbers and, as forms send them, texts.
func readNumeric(a Attribute, v any) (any, errs.Text) {
	var text string
	switch v := v.(type) {
	case json.Number:
		text = v.String()
	case string:
		text = v
	case float64:
		text = strconv.FormatFloat(v, 'f', -1, 64) // "NaN" and "+Inf" are no numbers
	case int:
		text = strconv.Itoa(v)
	}
	n, wrong := a.readNumber(text)
	if wrong != (errs.Text{}) {
		return nil, wrong
	}
	return n, wrong
}

// readBoolean takes true and false and, as forms send them, their texts.
func readBoolean(_ Attribute, v any) (any, errs.Text) {
	switch v {
	case true, "true":
		return true, errs.Text{}
	case false, "false":
		return false, errs.Text{}
	}
	return nil, textBoolean
}

func readChoice(a Attribute, v any) (any, errs.Text) {
	s, ok := v.(string)
	if !ok {
		return nil, textString
	}
	if _, ok := a.option(s); !ok {
		return nil, textChoice(s)
	}
	return s, errs.Text{}
}

// readChoices drops repetitions and puts the rest in the order of the definition.
func readChoices(a Attribute, v any) (any, errs.Text) {
	keys, wrong := readList(v)
	if wrong != (errs.Text{}) {
		return nil, wrong
	}
	for _, key := range keys {
		if _, ok := a.option(key); !ok {
			return nil, textChoice(key)
		}
	}
	var clean []string
	for _, o := range a.Options {
		if slices.Contains(keys, o.Key) {
			clean = append(clean, o.Key)
		}
	}
	return clean, errs.Text{}
}

func readList(v any) ([]string, errs.Text) {
	keys, ok := v.([]string)
	list, isList := v.([]any)
	switch {
	case !ok && !isList:
		return nil, textList
	case len(keys)+len(list) > maxOptions:
		return nil, textMany(maxOptions)
	}
	for _, item := range list {
		key, ok := item.(string)
		if !ok {
			return nil, textString
		}
		keys = append(keys, key)
	}
	return keys, errs.Text{}
}

// readDate takes days of the years that [Year] takes by default.
func readDate(_ Attribute, v any) (any, errs.Text) {
	s, _ := v.(string)
	s = strings.TrimSpace(s)
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		return nil, textDate
	}
	if year := s[:len("2006")]; year < firstYear || year > lastYear {
		return nil, format("Use una fecha entre los años %s y %s.", "Use a date between the years %s and %s.", firstYear, lastYear)
	}
	return s, errs.Text{}
}
