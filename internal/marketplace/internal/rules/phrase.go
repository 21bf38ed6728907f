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

// phrases makes the rule of a family.
func phrases(f family) func(advert) (finding, bool) {
	return func(s advert) (finding, bool) {
		innocent := make([]bool, len(s.words))
		for first, w := range s.words {
			for p := range f.innocent.at(w) {
				if end, ok := s.match(p, first, nil); ok {
					for i := first; i < end; i++ {
						innocent[i] = true
					}
				}
			}
		}
		for first, w := range s.words {
			for p := range f.guilty.at(w) {
				if end, ok := s.match(p, first, innocent); ok {
					return finding{s.piece(first, end-1), s.fingerprint()}, true
				}
			}
		}
		return finding{}, false
	}
}

// match says whether the phrase stands at a word, and before which it ends. Words that are taken do not
// count, but may stand in gaps.
func (s *Text) match(p phrase, at int, taken []bool) (end int, ok bool) {
	s.steps++
	switch {
	case len(p) == 0:
		return at, true
	case p[0].gap:
		return s.matchBehindGap(p[1:], at, taken)
	case at >= len(s.words) || taken != nil && taken[at] || !p[0].is(s.words[at]):
		return 0, false
	}
	return s.match(p[1:], at+1, taken)
}

func (s *Text) matchBehindGap(p phrase, at int, taken []bool) (end int, ok bool) {
	for skip := 0; skip <= maxGap && at+skip < len(s.words); skip++ {
		if at > 0 && s.words[at+skip].sentence != s.words[at-1].sentence {
			return 0, false
		}
		if end, ok := s.match(p, at+skip, taken); ok {
			return end, true
		}
	}
	return 0, false
}
