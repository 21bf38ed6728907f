package textrules

import (
	"errors"
	"fmt"
	"iter"
	"strings"
	"unicode"
)

// phrase is words that follow each other; see [Phrases].
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

// maxGaps is how many of them a phrase has: the work grows with their power.
const maxGaps = 2

// parse reads phrases, one a line.
func parse(lines string) index {
	x := index{whole: map[string][]phrase{}, prefixed: map[string][]phrase{}}
	for line := range strings.Lines(lines) {
		p, err := parsePhrase(line)
		if err != nil {
			panic(fmt.Sprintf("textrules: phrase %q: %v", strings.TrimSpace(line), err))
		}
		if len(p) > 0 {
			x.add(p)
		}
	}
	return x
}

func parsePhrase(line string) (p phrase, err error) {
	gaps := 0
	for _, part := range strings.Fields(line) {
		t, err := parseToken(part)
		if err != nil {
			return nil, err
		}
		if t.gap {
			gaps++
		}
		p = append(p, t)
	}
	if gaps > maxGaps || len(p) > 0 && (p[0].gap || p[len(p)-1].gap) {
		return nil, errors.New(".. is not between words, or there more than twice")
	}
	return p, nil
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

func parseToken(part string) (t token, err error) {
	switch part {
	case "..":
		return token{gap: true}, nil
	case "#":
		return token{number: true}, nil
	}
	for choice := range strings.SplitSeq(part, "|") {
		text, prefix := strings.CutSuffix(choice, "*")
		text = fold(text)
		switch {
		case text == "" || strings.ContainsFunc(text, notLetter):
			return t, fmt.Errorf("%q is no word", choice)
		case prefix && len(text) < 2:
			return t, fmt.Errorf("%q is too short", choice)
		case prefix:
			t.prefixes = append(t.prefixes, text)
		default:
			t.whole = append(t.whole, text)
		}
	}
	return t, nil
}

func notLetter(r rune) bool { return !unicode.IsLetter(r) }

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
