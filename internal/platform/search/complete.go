package search

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"unicode/utf8"
)

// Vocabulary is the words of all texts of a module, as [Analyzer.Vocabulary] counts them: folded, not
// stemmed. The module keeps it in a table. It may lag behind the texts.
type Vocabulary interface {
	// Known returns how often each of words was written; those that never were may be missing.
	Known(ctx context.Context, words ...string) (map[string]int64, error)
	// Prefix returns at most limit words that begin with prefix, the most frequent first.
	Prefix(ctx context.Context, prefix string, limit int) ([]Word, error)
	// Similar returns at most limit words that share pieces ([Pieces]), those that share most first.
	Similar(ctx context.Context, pieces []string, limit int) ([]Word, error)
}

// The bounds on what Complete asks of a vocabulary.
const (
	maxCompletions  = 10
	maxMistyped     = 3  // words of a query that are corrected
	maxSimilar      = 50 // candidates for each
	minPrefixLetter = 2
)

// Correction says that a word of the query was found nowhere and what is looked for instead.
type Correction struct {
	Word    string   `json:"word"`                     // folded, as in [Group].Word
	Instead []string `json:"instead" nullable:"false"` // folded, the most probable first; never empty
}

// Complete returns q with what the vocabulary v adds to it; q itself stays as it is.
//
//   - An unfinished last word of two letters or more is also found by up to 10 words that begin with it.
//   - A word of four letters or more that no text has, nor a synonym of it, is also found by the closest
//     words ([Closest]) and their synonyms, and reported as a correction. Phrases are never corrected.
//
// It asks v at most once for Known, once for Prefix and three times for Similar, and nothing at all for a
// query without groups.
//
// Errors: what v returned, wrapped.
func (a *Analyzer) Complete(ctx context.Context, v Vocabulary, q Query) (Query, []Correction, error) {
	if len(q.Groups) == 0 {
		return q, nil, nil
	}
	q = q.clone()
	known, err := v.Known(ctx, q.words()...)
	if err != nil {
		return Query{}, nil, fmt.Errorf("search: known words: %w", err)
	}
	c := completer{a, v, map[string]int64{}}
	maps.Copy(c.known, known)
	if err := c.finish(ctx, &q.Groups[len(q.Groups)-1]); err != nil {
		return Query{}, nil, fmt.Errorf("search: completions: %w", err)
	}
	corrections, err := c.correct(ctx, q.Groups)
	if err != nil {
		return Query{}, nil, fmt.Errorf("search: corrections: %w", err)
	}
	return q, corrections, nil
}

// clone returns a query whose groups can be added to.
func (q Query) clone() Query {
	groups := slices.Clone(q.Groups)
	for i, g := range groups {
		groups[i].Alternatives = slices.Clip(g.Alternatives)
	}
	return Query{groups}
}

// words returns the words of all alternatives, each once.
func (q Query) words() []string {
	var words []string
	for _, g := range q.Groups {
		for _, alt := range g.Alternatives {
			words = append(words, alt.Words...)
		}
	}
	slices.Sort(words)
	return slices.Compact(words)
}

// Wider says whether q, which was completed, may find more than it did before.
func (q Query) Wider(before Query) bool {
	for i, g := range q.Groups {
		if len(g.Alternatives) > len(before.Groups[i].Alternatives) {
			return true
		}
	}
	return false
}

type completer struct {
	*Analyzer
	v     Vocabulary
	known map[string]int64
}

// finish adds the completions of an unfinished group.
func (c completer) finish(ctx context.Context, g *Group) error {
	if !g.Unfinished || utf8.RuneCountInString(g.Word) < minPrefixLetter {
		return nil
	}
	words, err := c.v.Prefix(ctx, g.Word, maxCompletions)
	for _, w := range words[:min(len(words), maxCompletions)] {
		g.add(Completed, single(w.Text))
	}
	if len(words) > 0 {
		c.known[g.Word] = max(c.known[g.Word], 1)
	}
	return err
}

// correct adds what mistyped words were meant to be.
func (c completer) correct(ctx context.Context, groups []Group) (all []Correction, err error) {
	asked := 0
	for i := range groups {
		g := &groups[i]
		if asked == maxMistyped || c.found(g) || allowedErrors(g.Word) == 0 {
			continue
		}
		asked++
		candidates, err := c.v.Similar(ctx, Pieces(g.Word), maxSimilar)
		if err != nil {
			return nil, err
		}
		if instead := c.meant(g.Word, candidates); len(instead) > 0 {
			g.replace(c.Analyzer, instead)
			all = append(all, Correction{g.Word, instead})
		}
	}
	return all, nil
}

// found tells whether some text may satisfy g, or whether it is a phrase and therefore no error.
func (c completer) found(g *Group) bool {
	for _, alt := range g.Alternatives {
		missing := func(w string) bool { return c.known[w] <= 0 }
		if alt.Kind == Completed || alt.Kind == Own && len(alt.Words) > 1 || !slices.ContainsFunc(alt.Words, missing) {
			return true
		}
	}
	return false
}

// meant returns the closest candidates. There are none when the word is but another inflection of one.
func (c completer) meant(word string, candidates []Word) (instead []string) {
	stem := Stem(word)
	if slices.ContainsFunc(candidates, func(w Word) bool { return Stem(w.Text) == stem }) {
		return nil
	}
	for _, w := range Closest(word, candidates) {
		instead = append(instead, w.Text)
	}
	return instead
}

// replace adds corrections and what they find; the words before the synonyms, which may be cut.
func (g *Group) replace(a *Analyzer, instead []string) {
	for _, w := range instead {
		g.add(Corrected, single(w))
	}
	for _, w := range instead {
		g.add(Corrected, a.dict[Stem(w)]...)
	}
}

// single returns the entry of one folded word.
func single(word string) entry { return entry{[]string{word}, []string{Stem(word)}} }
