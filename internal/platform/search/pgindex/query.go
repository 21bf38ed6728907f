package pgindex

import (
	"fmt"
	"slices"
	"strings"

	"agrovet/internal/platform/search"
)

// Query is the terms that a document must have. All of it must be true of each.
type Query struct {
	Groups []search.Group // words of its texts: of each a word or a phrase
	Must   []int64        // all of these
	Any    [][]int64      // of each, one of these
}

// sets are what the index of terms is asked for: of each a document must have a term, or a phrase.
func (q Query) sets() (sets [][]int64) {
	for _, g := range q.Groups {
		sets = append(sets, slices.Concat(g.Any(), slices.Concat(g.Phrases()...)))
	}
	for _, t := range q.Must {
		sets = append(sets, []int64{t})
	}
	return append(sets, q.Any...)
}

// Match adds the conditions of a query on d, each with its "and": of one document, such as a module asks
// for by its id, it tells whether it matches.
func (s *Statement) Match(q Query) {
	s.Add("%s", q.conditions(s.terms))
}

// conditions are those on d, with each list of terms as array writes it.
func (q Query) conditions(array func([]int64) string) string {
	var all strings.Builder
	if len(q.Must) > 0 {
		all.WriteString(" and d.terms @> " + array(q.Must))
	}
	for _, any := range q.Any {
		all.WriteString(" and d.terms && " + array(any))
	}
	for _, g := range q.Groups {
		all.WriteString(" and (" + satisfies("d.terms", g, array) + ")")
	}
	return all.String()
}

// satisfies is the condition that a column of terms has one of a group's words or phrases.
func satisfies(column string, g search.Group, array func([]int64) string) string {
	ways := []string{"false"}
	if words := g.Any(); len(words) > 0 {
		ways = append(ways, column+" && "+array(words))
	}
	for _, phrase := range g.Phrases() {
		ways = append(ways, column+" @> "+array(phrase))
	}
	return strings.Join(ways, " or ")
}

// Share is the part of groups, from 0 to 1, that a column of terms satisfies.
func (s *Statement) Share(column string, groups []search.Group) string {
	if len(groups) == 0 {
		return "0.0::double precision"
	}
	sum := "(0.0::double precision"
	for _, g := range groups {
		sum += " + (" + satisfies(column, g, s.terms) + ")::int"
	}
	return fmt.Sprintf("%s) / %d", sum, len(groups))
}

// terms is a list of terms as an argument.
func (s *Statement) terms(all []int64) string { return s.Arg(all) + "::bigint[]" }
