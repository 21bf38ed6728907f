package rules

import (
	"iter"
	"strings"
)

// family is what a rule knows: phrases that it looks for, and phrases in which the same words are
// innocent. A phrase is words with blanks between them: a|b is one or the other, transfer* is whatever
// begins so, # is a number, and .. is up to four words of the same sentence, or none.
type family struct{ guilty, innocent index }

type phrase []token

// index has phrases by what they begin with: most words of a text begin none.
type index struct {
	whole    map[string][]phrase
	prefixed map[string][]phrase // by the first two letters
	numbers  []phrase
}

// token is one place of a phrase.
type token struct {
	gap, number bool
	whole       []string
	prefixes    []string
}

// maxGap is how many words .. stands for.
const maxGap = 4

func newFamily(guilty, innocent string) family { return family{parse(guilty), parse(innocent)} }

// parse reads phrases, one a line.
func parse(lines string) index {
	x := index{whole: map[string][]phrase{}, prefixed: map[string][]phrase{}}
	for line := range strings.Lines(lines) {
		var p phrase
		for _, part := range strings.Fields(line) {
			p = append(p, parseToken(part))
		}
		if len(p) > 0 {
			x.add(p)
		}
	}
	return x
}

func (x *index) add(p phrase) {
	for _, w := range p[0].whole {
		x.whole[w] = append(x.whole[w], p)
	}
	for _, prefix := range p[0].prefixes {
		x.prefixed[prefix[:2]] = append(x.prefixed[prefix[:2]], p)
	}
	if p[0].number {
		x.numbers = append(x.numbers, p)
	}
}

// at yields the phrases that may begin with the word.
func (x *index) at(w word) iter.Seq[phrase] {
	return func(yield func(phrase) bool) {
		lists := [2][]phrase{x.whole[w.text]}
		if w.number {
			lists[0] = x.numbers
		} else if len(w.text) >= 2 {
			lists[1] = x.prefixed[w.text[:2]]
		}
		for _, list := range lists {
			for _, p := range list {
				if !yield(p) {
					return
				}
			}
		}
	}
}

func parseToken(part string) (t token) {
	switch part {
	case "..":
		return token{gap: true}
	case "#":
		return token{number: true}
	}
	for _, choice := range strings.Split(part, "|") {
		if prefix, ok := strings.CutSuffix(choice, "*"); ok {
			t.prefixes = append(t.prefixes, prefix)
		} else {
			t.whole = append(t.whole, choice)
		}
	}
	return t
}

func (t token) is(w word) bool {
	if t.number || w.number {
		return t.number && w.number
	}
	for _, text := range t.whole {
		if w.text == text {
			return true
		}
	}
	for _, prefix := range t.prefixes {
		if strings.HasPrefix(w.text, prefix) {
			return true
		}
	}
	return false
}
