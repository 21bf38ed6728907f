package search

import (
	"bytes"
	"unicode/utf8"
)

// maxGroups is how many groups of a query a matcher looks at; queries from [Analyzer.Query] have fewer.
const maxGroups = 64

// Matcher finds the words of a text that satisfy the groups of one query, to compare many texts with
// it. It never changes, and is safe for concurrent use.
type Matcher struct {
	groups   int
	alts     []alternative
	parts    map[string][]part // by stem
	starts   map[uint32]bool   // the first two letters of the stems: other words need no stemming
	prefix   []byte            // of the last group, when that is unfinished
	prefixOf int
}

// alternative is one of a query's, with its group.
type alternative struct {
	Alternative
	group int
}

// part is the place of a stem in an alternative.
type part struct{ alt, at int }

// Matcher returns the Matcher of q.
func (a *Analyzer) Matcher(q Query) *Matcher {
	m := &Matcher{groups: min(len(q.Groups), maxGroups), parts: map[string][]part{}, starts: map[uint32]bool{}}
	for i, g := range q.Groups[:m.groups] {
		for _, alt := range g.Alternatives {
			m.add(alternative{alt, i})
		}
		if g.Unfinished && utf8.RuneCountInString(g.Word) >= minPrefixLetter {
			m.prefix, m.prefixOf = []byte(g.Word), i
		}
	}
	return m
}

func (m *Matcher) add(alt alternative) {
	for at, w := range alt.Words {
		stem := Stem(w)
		m.starts[start([]byte(stem))] = true
		m.parts[stem] = append(m.parts[stem], part{len(m.alts), at})
	}
	m.alts = append(m.alts, alt)
}

// start packs the first two runes of a word, which are those of its stem.
func start(word []byte) uint32 {
	a, n := utf8.DecodeRune(word)
	b, _ := utf8.DecodeRune(word[n:])
	return uint32(a)<<16 ^ uint32(b)
}

// match is one place of a text that satisfies a group. Places are counted in words, stopwords left out.
type match struct {
	group       int
	quality     float64
	first, last int
}

// walk finds matches in one text that is read word by word.
type walk struct {
	*Matcher
	at      int        // the place of the next word
	phrases []progress // by alternative
}

// progress is how much of a phrase the words just read have.
type progress struct {
	next, last int // the part to come, and the place of the one before
	exact      bool
}

func (m *Matcher) walk() *walk {
	return &walk{Matcher: m, phrases: make([]progress, len(m.alts))}
}

// next reads a word that is no stopword and calls f with the matches that end at it.
func (w *walk) next(word []byte, f func(match)) {
	here := w.at
	w.at++
	if len(w.prefix) > 0 && bytes.HasPrefix(word, w.prefix) {
		f(match{w.prefixOf, qualities[Completed], here, here})
	}
	if !w.starts[start(word)] {
		return
	}
	parts := w.parts[remembered.stemOf(word)]
	for i := len(parts) - 1; i >= 0; i-- { // later parts first: a phrase may have a word twice
		w.part(parts[i], word, here, f)
	}
}

// part reads the word at place here as part p of its alternative.
func (w *walk) part(p part, word []byte, here int, f func(match)) {
	alt, state := &w.alts[p.alt], &w.phrases[p.alt]
	exact := string(word) == alt.Words[p.at]
	if p.at > 0 && (state.next != p.at || state.last != here-1) {
		return
	}
	exact = exact && (p.at == 0 || state.exact)
	*state = progress{p.at + 1, here, exact}
	if p.at+1 == len(alt.Words) {
		f(match{alt.group, quality(alt.Kind, exact), here - p.at, here})
	}
}
