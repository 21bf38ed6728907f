// Package search is what modules share to search Spanish texts: it turns texts into terms, queries
// into groups of terms, and found texts into scores and snippets. It has no database and knows no
// module; each module stores the terms of its own texts, for which package pgindex has what modules share.
//
// # The way of a text
//
// [Analyzer.Text] cuts a text into words, folds them (lower case, no accents, ñ kept), drops words
// such as "de" and "la", reduces the rest to stems and numbers each stem with [TermOf]. The module
// keeps the numbers in a bigint[] column with a GIN index. [Analyzer.Vocabulary] counts the folded
// words of the same text, which are added up in a table.
//
// # The way of a query
//
// [Analyzer.Query] makes one [Group] of each word that was typed. A text is found when it has, for
// every group, at least one of the group's alternatives: the word itself or a synonym. Synonyms are
// looked up here and not when texts are stored, so the file of synonyms ([Load]) may change without
// touching a stored text. [Analyzer.In] chooses the country whose usage counts. [Analyzer.Complete]
// then asks the module's [Vocabulary] for the ends of a last word still being typed, and for what a
// word that nobody wrote may have meant.
//
// A module that looks for the newest texts first may store every term a second time, marked with the
// id range of its text ([InBucket]), and probe one range after the other (package pgindex does). Filters
// that are no words are terms as well ([Trait]).
//
// # The way of a hit
//
// [Matcher] compares one query with many texts: [Matcher.Score] ranks the candidates that the
// index found, [Matcher.Snippet] cuts out the best passage with its matches marked, and [HTML]
// renders that.
//
// Everything is safe for concurrent use and for any input bytes, and bounded: [MaxTextWords],
// [MaxQueryWords], [MaxWordRunes]. Start reading at stem.go, where most decisions are.
package search

// The bounds on what is read of an input; the rest is ignored, which is never an error.
const (
	MaxTextWords    = 2000 // of a text: its fields together, stopwords included
	MaxQueryWords   = 8    // of a query, stopwords not counted
	MaxWordRunes    = 40   // of a word: longer ones are cut
	MaxAlternatives = 48   // of a group
	maxPhrase       = 3    // words of a phrase among the synonyms, stopwords not counted
)
