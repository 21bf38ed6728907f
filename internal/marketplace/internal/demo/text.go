package demo

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

func (d *draw) title() string { return sentence(d.fill(d.pick(d.offer.Titles))) }

// description is what there is to say of the thing, between phrases that others write as well.
func (d *draw) description() string {
	parts := []string{d.pick(d.phrases.Opening), d.pick(d.offer.Texts)}
	if more := d.pick(d.offer.Texts); more != parts[1] {
		parts = append(parts, more)
	}
	if !d.offer.Stays {
		parts = append(parts, d.pick(d.phrases.Delivery))
	}
	parts = append(parts, d.pick(d.phrases.Closing))
	var text []string
	for _, p := range parts {
		if p = d.fill(p); p != "" {
			text = append(text, sentence(p))
		}
	}
	return strings.Join(text, " ")
}

func (d *draw) pick(from []string) string { return from[d.rank(len(from))] }

// fill puts words in the place of what stands in braces.
func (d *draw) fill(text string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(text, "{")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		name, after, _ := strings.Cut(rest, "}")
		b.WriteString(d.word(name))
		text = after
	}
}

func (d *draw) word(name string) string {
	if strings.Contains(name, "|") {
		return d.pick(strings.Split(name, "|"))
	}
	switch name {
	case "lugar":
		return d.town.Name
	case "region":
		return d.town.Region
	case "nombre":
		return d.name()
	}
	if chosen, ok := d.chosen[name]; ok {
		return chosen
	}
	in := d.words[name]
	if in[d.country] != "" {
		return in[d.country]
	}
	return in["else"]
}

// name is that of a farm or a person. Those beyond the list are made up of syllables: a long tail of
// words that hardly anybody else writes.
func (d *draw) name() string {
	n := d.rank(d.names)
	if n < len(d.phrases.Names) {
		return d.phrases.Names[n]
	}
	var b strings.Builder
	n -= len(d.phrases.Names) - 1
	ending := endings[n%len(endings)]
	for ; n > 0; n /= len(syllables) {
		b.WriteString(syllables[n%len(syllables)])
	}
	return sentence(b.String() + ending)
}

var endings = strings.Fields("l na r qui n s co ra m ta ya z lo ma ris ndo")

var syllables = strings.Fields("ca ma ra yu pe to li sa cho ta mi ne qui lo pa hua ri co mu ya te na su po lla chi ro gua ve ni " +
	"tu ja be do lu ce ga mo fi ba ñu zu ti pu sho ye bo ge ka wi sa ru me hui la di")

// sentence begins with a capital letter.
func sentence(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[size:]
}
