package search

import (
	"html"
	"math/bits"
	"strings"
)

// Part is a piece of a snippet: UTF-8, and not escaped for anything.
type Part struct {
	Text  string `json:"text"`
	Match bool   `json:"match" doc:"It is what was searched for."` // it satisfies a group of the query
}

// DefaultSnippet is how many runes a snippet has when none or fewer are asked for.
const DefaultSnippet = 200

// slack is how many runes a snippet may have above what was asked for.
const slack = 40

// HTML renders parts: their text escaped, matches in <mark>.
func HTML(parts []Part) string {
	var b strings.Builder
	for _, p := range parts {
		if text := html.EscapeString(p.Text); p.Match {
			b.WriteString("<mark>" + text + "</mark>")
		} else {
			b.WriteString(text)
		}
	}
	return b.String()
}

// Snippet returns the passage of text, about max runes long (never more than 40 above), that satisfies
// most groups of the query, then has most matches, then comes first. It begins and ends at words, with
// "…" where text goes on, and with some words before the first match. A text without matches, or a query
// without groups, gets the beginning of the text. Matches are marked word by word.
//
// White space and control characters become one space, bytes that are not UTF-8 become U+FFFD, and
// marks that change the direction of what follows are left out. The first [MaxTextWords] words are read.
func (m *Matcher) Snippet(text string, max int) []Part {
	if max <= 0 {
		max = DefaultSnippet
	}
	words := m.words(text)
	w := writer{left: max + slack - 3}
	if len(words) == 0 {
		w.write(text, false)
		return w.parts
	}
	from, to := widen(words, max)
	passage := words[from : to+1]
	begin, end := passage[0].start, passage[len(passage)-1].end
	if from == 0 && passage[0].startRune <= slack/4 {
		begin = 0
	}
	if to == len(words)-1 && len(text)-end <= slack/4 {
		end = len(text)
	}
	w.passage(text, passage, begin, end)
	return w.parts
}

// Snippet is [Matcher.Snippet] for a single text.
func (a *Analyzer) Snippet(text string, q Query, max int) []Part {
	return a.Matcher(q).Snippet(text, max)
}

// place is a word of a text, in bytes and in runes, and the groups that it satisfies, one bit each.
type place struct {
	start, end         int
	startRune, endRune int
	groups             uint64
}

// words returns the words of text, stopwords included.
func (m *Matcher) words(text string) (words []place) {
	var content []int // the words that are no stopwords
	w := m.walk()
	for s := (scanner{text: text}); len(words) < MaxTextWords && s.next(); {
		words = append(words, place{s.start, s.end, s.startRune, s.endRune, 0})
		if isStopword(s.word) {
			continue
		}
		content = append(content, len(words)-1)
		w.next(s.word, func(m match) {
			for _, i := range content[m.first : m.last+1] {
				words[i].groups |= 1 << m.group
			}
		})
	}
	return words
}

// widen returns the first and last word of the best passage with its surroundings.
func widen(words []place, max int) (from, to int) {
	from, to = best(words, max)
	fits := func(from, to, size int) bool {
		return from >= 0 && to < len(words) && words[to].endRune-words[from].startRune <= size
	}
	size := words[to].endRune - words[from].startRune
	for before := size + (max-size)/3; fits(from-1, to, before); from-- {
	}
	for ; fits(from, to+1, max); to++ {
	}
	for ; fits(from-1, to, max); from-- {
	}
	return from, to
}

// best returns the first and last matching word of the best passage; the first word if none matches.
func best(words []place, max int) (from, to int) {
	var matching []int
	for i, w := range words {
		if w.groups != 0 {
			matching = append(matching, i)
		}
	}
	most, hits := 0, 0
	for i := range matching {
		var groups uint64
		j := i
		for ; j < len(matching) && (j == i || words[matching[j]].endRune-words[matching[i]].startRune <= max); j++ {
			groups |= words[matching[j]].groups
		}
		if n := bits.OnesCount64(groups); n > most || n == most && j-i > hits {
			most, hits, from, to = n, j-i, matching[i], matching[j-1]
		}
	}
	return from, to
}
