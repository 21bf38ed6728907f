package catalog

import "encoding/json"

// Kind is what the values of an attribute are.
type Kind string

// The kinds, each with what a clean value is.
const (
	Text    Kind = "text"    // string, one line
	Integer Kind = "integer" // json.Number without a point
	Decimal Kind = "decimal" // json.Number without zeros that say nothing
	Boolean Kind = "boolean" // bool
	Choice  Kind = "choice"  // string: the key of one option
	Choices Kind = "choices" // []string: keys of options, in the order of the definition
	Date    Kind = "date"    // string, YYYY-MM-DD
	Year    Kind = "year"    // json.Number, four digits
)

// What definitions may be. An advert has at most the attributes of a category and of its parent.
const (
	maxAttributes = 20  // of one category
	maxValues     = 40  // of one advert
	maxOptions    = 80  // of one attribute
	maxKey        = 40  // ASCII letters, digits and _
	maxLabel      = 80  // runes
	maxText       = 200 // runes of a text value
	maxDigits     = 15  // of a number; more would not survive a client that reads them as floats
	maxDecimals   = 6

	defaultText     = 100
	defaultDecimals = 2
	firstYear       = "1900"
	lastYear        = "2100"
)

// Label is what people read, in Spanish and English.
type Label struct {
	ES string `json:"es"`
	EN string `json:"en"`
}

// In is the label in the language ("en" is English, everything else Spanish).
func (l Label) In(lang string) string {
	if lang == "en" {
		return l.EN
	}
	return l.ES
}

// Option is one answer to a choice.
type Option struct {
	Key   string `json:"key"`
	Label Label  `json:"label"`
}

// Attribute defines one thing that can be told about the adverts of a category.
type Attribute struct {
	Key       string      `json:"key"` // a-z, 0-9 and _, from a letter, at most 40; stable, stored with every advert
	Label     Label       `json:"label"`
	Kind      Kind        `json:"kind"`
	Required  bool        `json:"required,omitempty"`
	Unit      string      `json:"unit,omitempty"`       // shown behind a number: "kg"
	MaxLength int         `json:"max_length,omitempty"` // of a text, in runes, at most 200. 0 means 100
	Min       json.Number `json:"min,omitempty"`        // of a number or year, inclusive; "" means no limit
	Max       json.Number `json:"max,omitempty"`        // likewise
	Decimals  int         `json:"decimals,omitempty"`   // of a decimal, at most 6. 0 means 2
	Options   []Option    `json:"options,omitempty"`    // of a choice
}

// ByKey finds a definition.
func ByKey(defs []Attribute, key string) (Attribute, bool) {
	for _, a := range defs {
		if a.Key == key {
			return a, true
		}
	}
	return Attribute{}, false
}

// Inherited is what a child category asks for: the parent's attributes, then its own. An own
// attribute takes the place of the parent's with the same key.
func Inherited(parent, own []Attribute) []Attribute {
	all := make([]Attribute, 0, len(parent)+len(own))
	for _, a := range parent {
		if mine, ok := ByKey(own, a.Key); ok {
			a = mine
		}
		all = append(all, a)
	}
	for _, a := range own {
		if _, ok := ByKey(parent, a.Key); !ok {
			all = append(all, a)
		}
	}
	return all
}

func (a Attribute) option(key string) (Option, bool) {
	for _, o := range a.Options {
		if o.Key == key {
			return o, true
		}
	}
	return Option{}, false
}

func (a Attribute) maxLength() int {
	if a.MaxLength == 0 {
		return defaultText
	}
	return a.MaxLength
}

func (a Attribute) decimals() int {
	switch {
	case a.Kind != Decimal:
		return 0
	case a.Decimals == 0:
		return defaultDecimals
	}
	return a.Decimals
}

// numeric tells whether values are numbers, which have limits.
func (k Kind) numeric() bool { return k == Integer || k == Decimal || k == Year }

// chosen tells whether values are keys of options.
func (k Kind) chosen() bool { return k == Choice || k == Choices }
