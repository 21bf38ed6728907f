package search

import (
	"slices"
	"strings"
)

// Query is what a person looks for: a text is found when it satisfies every group. Without groups,
// when nothing but stopwords was typed, it asks for nothing in particular.
type Query struct {
	Groups []Group // in the order of the words, each word once; at most [MaxQueryWords]
}

// Group is one word of a query, or a phrase of up to three that the synonyms know, with everything that
// satisfies it. A text does when it has any of the alternatives.
type Group struct {
	Word         string        // as typed, but folded and without stopwords: "maiz", "caña azucar"
	Alternatives []Alternative // the word itself first; at most [MaxAlternatives]
	Unfinished   bool          // the last word, with nothing typed after it
}

// Alternative is a word or phrase that satisfies a group.
type Alternative struct {
	Kind  Kind
	Words []string // folded; more than one for a phrase
	Terms []int64  // of the words' stems, in order: a text needs all of them
}

// Kind says where an alternative comes from.
type Kind int

// From the nearest to what was typed to the farthest.
const (
	Own       Kind = iota // what was typed
	Synonym               // from a class of synonyms
	Completed             // a word that begins with what was typed
	Corrected             // what was probably meant, or a synonym of that
)

// Any returns the terms of which a text needs one to satisfy the group, leaving out phrases.
// In SQL: terms && any.
func (g Group) Any() []int64 {
	var terms []int64
	for _, a := range g.Alternatives {
		if len(a.Terms) == 1 {
			terms = append(terms, a.Terms[0])
		}
	}
	return terms
}

// Phrases returns the terms of each phrase that satisfies the group. In SQL, next to Any: or terms @>
// phrase. The index does not know whether the words follow each other; [Matcher] does.
func (g Group) Phrases() [][]int64 {
	var phrases [][]int64
	for _, a := range g.Alternatives {
		if len(a.Terms) > 1 {
			phrases = append(phrases, a.Terms)
		}
	}
	return phrases
}

// Query reads what a person typed, which may be anything. The longest phrase that the synonyms know
// becomes one group; other words are a group each. A last word that is a stopword is dropped although
// it may be unfinished ("con" of "concentrado").
func (a *Analyzer) Query(q string) Query {
	typed, unfinished := typedWords(q)
	var query Query
	seen := map[string]bool{}
	for i := 0; i < len(typed.words); {
		e := a.longest(typed, i)
		i += len(e.words)
		if seen[e.key()] {
			continue
		}
		seen[e.key()] = true
		g := Group{Word: strings.Join(e.words, " "), Unfinished: unfinished && i == len(typed.words) && len(e.words) == 1}
		g.add(Own, e)
		g.add(Synonym, a.dict[e.key()]...)
		query.Groups = append(query.Groups, g)
	}
	return query
}

// typedWords returns the words of a query, and whether the text ends within the last of them.
func typedWords(q string) (e entry, unfinished bool) {
	s := scanner{text: q}
	for range MaxTextWords {
		if len(e.words) == MaxQueryWords || !s.next() {
			return e, unfinished
		}
		if unfinished = !isStopword(s.word) && s.end == len(q); !isStopword(s.word) {
			e.words = append(e.words, string(s.word))
			e.stems = append(e.stems, Stem(string(s.word)))
		}
	}
	return e, false
}

// longest returns the longest phrase that begins at word i and has synonyms, or else the word.
func (a *Analyzer) longest(typed entry, i int) entry {
	for n := min(maxPhrase, len(typed.words)-i); n > 1; n-- {
		e := entry{typed.words[i : i+n], typed.stems[i : i+n]}
		if _, ok := a.dict[e.key()]; ok {
			return e
		}
	}
	return entry{typed.words[i : i+1], typed.stems[i : i+1]}
}

// add appends alternatives, except those whose terms the group has already.
func (g *Group) add(kind Kind, entries ...entry) {
	for _, e := range entries {
		terms := make([]int64, len(e.stems))
		for i, s := range e.stems {
			terms[i] = TermOf(s)
		}
		known := slices.ContainsFunc(g.Alternatives, func(a Alternative) bool { return slices.Equal(a.Terms, terms) })
		if !known && len(g.Alternatives) < MaxAlternatives {
			g.Alternatives = append(g.Alternatives, Alternative{kind, e.words, terms})
		}
	}
}
