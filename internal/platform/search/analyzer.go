package search

import (
	"slices"
	"strings"
	"unicode"
)

// Analyzer turns texts and queries into terms. It never changes, and is safe for concurrent use.
type Analyzer struct {
	dict      dictionary            // of the country that the analyzer is for
	countries map[string]dictionary // "" is everywhere
}

// New returns an Analyzer for usage that holds everywhere; see [Analyzer.In] for a country's. Usually
// s is [Default]() or that With an operator's file; nil means no synonyms.
func New(s *Synonyms) *Analyzer {
	if s == nil {
		s = &Synonyms{}
	}
	a := &Analyzer{countries: map[string]dictionary{"": s.dictionary("")}}
	for _, c := range s.Countries() {
		a.countries[c] = s.dictionary(c)
	}
	a.dict = a.countries[""]
	return a
}

// In returns the Analyzer for queries from a country, an ISO 3166-1 code in any case. For a country
// without synonyms of its own, or none, it is that for everywhere. It is cheap. Terms of texts are the
// same for every country.
func (a *Analyzer) In(country string) *Analyzer {
	d, ok := a.countries[strings.ToLower(country)]
	if !ok {
		d = a.countries[""]
	}
	return &Analyzer{dict: d, countries: a.countries}
}

// Field is a part of a document with what it is for the document.
type Field struct {
	Role Role
	Text string
}

// Role says how much a field tells of what its document is about; see [Matcher.Score].
type Role int

// From the most telling to the least. The zero value is Body.
const (
	Body Role = iota
	Attributes
	Category
	Title
)

// Text returns the terms of a document: one for every stem, sorted, each once, at most [MaxTextWords].
// Inflections share a stem, so there are fewer terms than words; which form was written counts in
// [Matcher.Score]. Of an endless document the first fields are read, so titles should come first.
func (a *Analyzer) Text(fields ...Field) []int64 {
	stems := map[string]struct{}{}
	eachWord(fields, func(word []byte) {
		if !isStopword(word) {
			stems[remembered.stemOf(word)] = struct{}{}
		}
	})
	terms := make([]int64, 0, len(stems))
	for s := range stems {
		terms = append(terms, TermOf(s))
	}
	slices.Sort(terms)
	return slices.Compact(terms)
}

// Vocabulary counts the folded words of a document that are worth completing and correcting to: of
// letters alone, 3 to 30 of them, no stopwords. It reads as much of the document as Text does.
func (a *Analyzer) Vocabulary(fields ...Field) map[string]int {
	counts := map[string]int{}
	eachWord(fields, func(word []byte) {
		if !isStopword(word) && completable(string(word)) {
			counts[string(word)]++
		}
	})
	return counts
}

// completable tells whether a folded word belongs into a vocabulary.
func completable(word string) bool {
	n := 0
	for _, r := range word {
		if !unicode.IsLetter(r) {
			return false
		}
		n++
	}
	return 3 <= n && n <= 30
}

// eachWord calls f with the folded words of fields. f must not keep them.
func eachWord(fields []Field, f func(word []byte)) {
	n := 0
	for _, field := range fields {
		for s := (scanner{text: field.Text}); n < MaxTextWords && s.next(); n++ {
			f(s.word)
		}
	}
}
