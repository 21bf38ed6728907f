// Package pgindex keeps the search documents of a module in PostgreSQL and finds the newest that match, at a
// cost that hardly grows with how many there are. Words become terms in package search; what a document
// is, and what else is asked of it, the module says.
//
// # The tables
//
// A module has them in its own schema and makes them in its own migrations; testdata/tables.sql is such
// a one, to be copied.
//
//   - The documents: any table whose primary key is a bigint from 1 on that grows with time, with a column terms
//     bigint[] ([Bucketed]) under a GIN index without fastupdate, and whatever columns the module reads
//     of its documents or compares.
//   - term (term, n): in how many documents a term is, about.
//   - word (word, n, pieces, marks): the same of words, for completing and correcting what people type.
//     The words are in the order of their bytes (collate "C"), pieces under a GIN index.
//   - counted: one row with the id up to which documents have been counted, in a column of the name that
//     their key has.
//
// # The way of a document
//
// Whoever stores a document stores its terms with [Bucketed]: each stands there twice, as it is and
// marked with the bucket of the document's id. A job of the module calls [Index.CountNew] now and then.
// Whoever stores documents by the million counts them as they are made, in a [Tally].
//
// # The way of a search
//
// [Read] looks for the newest documents that match a [Query] in one of several ways (look.go), and has
// the rest of the module's statement read them. [Words] is what search.Analyzer.Complete asks.
package pgindex
