package catalog

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"agrovet/internal/platform/errs"
)

var (
	attributeKey = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
	optionKey    = regexp.MustCompile(`^[a-z0-9][a-z0-9_]*$`) // "2t" is an engine oil
)

// problem is what is wrong with one property of a definition.
type problem struct {
	what string // the property as JSON spells it, such as options.3.key
	text errs.Text
}

// problems collects what is wrong.
type problems []problem

func (p *problems) add(what string, text errs.Text) {
	if text != (errs.Text{}) {
		*p = append(*p, problem{what, text})
	}
}

// check tells all that is wrong with one definition, whoever wrote it.
func check(a Attribute) problems {
	var p problems
	p.add("key", checkKey(a.Key, attributeKey))
	p.addLabel("label", a.Label)
	if _, ok := readers[a.Kind]; !ok {
		p.add("kind", textChoice(string(a.Kind)))
		return p
	}
	if a.Unit != "" {
		p.add("unit", onlyFor(a.Kind.numeric(), checkLabel(a.Unit)))
	}
	p.addCount("max_length", a.MaxLength, maxText, a.Kind == Text)
	p.addCount("decimals", a.Decimals, maxDecimals, a.Kind == Decimal)
	if len(p) == 0 {
		p.addLimits(a)
	}
	p.addOptions(a)
	return p
}

func (p *problems) addLabel(what string, label Label) {
	p.add(what+".es", checkLabel(label.ES))
	p.add(what+".en", checkLabel(label.EN))
}

// addCount looks at a number that only some kinds have.
func (p *problems) addCount(what string, n, most int, has bool) {
	switch {
	case n != 0 && !has:
		p.add(what, onlyFor(false, errs.Text{}))
	case n < 0:
		p.add(what, textLeast("0"))
	case n > most:
		p.add(what, textMost(strconv.Itoa(most)))
	}
}

// addLimits looks at min and max, which are values of the attribute themselves.
func (p *problems) addLimits(a Attribute) {
	unlimited := a
	unlimited.Min, unlimited.Max = "", ""
	for _, limit := range []struct{ what, text string }{{"min", a.Min.String()}, {"max", a.Max.String()}} {
		if limit.text != "" {
			p.add(limit.what, onlyFor(a.Kind.numeric(), unlimited.checkNumber(limit.text)))
		}
	}
	if len(*p) == 0 && a.Min != "" && a.Max != "" && compareNumbers(a.Min.String(), a.Max.String()) > 0 {
		p.add("min", textOrder)
	}
}

func (p *problems) addOptions(a Attribute) {
	switch {
	case !a.Kind.chosen():
		if len(a.Options) > 0 {
			p.add("options", onlyFor(false, errs.Text{}))
		}
		return
	case len(a.Options) == 0:
		p.add("options", textRequired)
	case len(a.Options) > maxOptions:
		p.add("options", textMany(maxOptions))
		return
	}
	seen := map[string]bool{}
	for i, o := range a.Options {
		where := "options." + strconv.Itoa(i)
		p.add(where+".key", checkKey(o.Key, optionKey))
		if seen[o.Key] {
			p.add(where+".key", textRepeated)
		}
		seen[o.Key] = true
		p.addLabel(where+".label", o.Label)
	}
}

// onlyFor is text for kinds that have the property at all.
func onlyFor(has bool, text errs.Text) errs.Text {
	if has {
		return text
	}
	return errs.Text{ES: "Este tipo de atributo no lo tiene.", EN: "This kind of attribute does not have it."}
}

func checkKey(key string, shape *regexp.Regexp) errs.Text {
	if len(key) <= maxKey && shape.MatchString(key) {
		return errs.Text{}
	}
	return format("Use letras minúsculas sin acento, dígitos y _, como máximo %d.", "Use lower-case letters without accents, digits and _, at most %d.", maxKey)
}

func checkLabel(label string) errs.Text {
	switch {
	case label == "" || strings.TrimSpace(label) != label:
		return errs.Text{ES: "No puede estar en blanco ni tener espacios alrededor.", EN: "It may not be blank or have spaces around it."}
	case !utf8.ValidString(label) || strings.ContainsFunc(label, unicode.IsControl):
		return textString
	case utf8.RuneCountInString(label) > maxLabel:
		return textLong(maxLabel)
	}
	return errs.Text{}
}
