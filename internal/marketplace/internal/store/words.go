package store

import (
	"cmp"
	"context"
	"hash/fnv"
	"slices"

	"agrovet/internal/marketplace/internal/store/marketplacedb"
	"agrovet/internal/platform/search"
)

// Words is the vocabulary of the search documents.
type Words struct{ Store }

var _ search.Vocabulary = Words{}

// Known returns how frequent those of the words are that the documents have.
func (w Words) Known(ctx context.Context, words ...string) (map[string]int64, error) {
	rows, err := queries.WordsKnown(ctx, w.DB.Q(ctx), words)
	known := make(map[string]int64, len(rows))
	for _, r := range rows {
		known[r.Word] = r.N
	}
	return known, err
}

// Prefix returns the most frequent words that begin so.
func (w Words) Prefix(ctx context.Context, prefix string, limit int) ([]search.Word, error) {
	rows, err := queries.WordsBeginning(ctx, w.DB.Q(ctx), marketplacedb.WordsBeginningParams{
		First: prefix, Last: prefix + "\U0010FFFF", MaxRows: int32(limit)})
	words := make([]search.Word, len(rows))
	for i, r := range rows {
		words[i] = search.Word{Text: r.Word, N: r.N}
	}
	return words, err
}

// Similar returns the words that share most of the pieces.
//
// Of all words that share any, of which there are thousands, the server counts the shared ones about, by
// their marks; of the best of them they are counted here.
func (w Words) Similar(ctx context.Context, pieces []string, limit int) ([]search.Word, error) {
	letters := len(pieces) - 2
	rows, err := queries.WordsSimilar(ctx, w.DB.Q(ctx), marketplacedb.WordsSimilarParams{
		Telling: telling(pieces), Marks: marks(pieces), Shortest: int32(letters - maxErrors), Longest: int32(letters + maxErrors + repeated), MaxRows: int32(4 * limit)})
	words := make([]search.Word, len(rows))
	for i, r := range rows {
		words[i] = search.Word{Text: r.Word, N: r.N}
	}
	slices.SortStableFunc(words, func(a, b search.Word) int { return cmp.Compare(shared(pieces, b.Text), shared(pieces, a.Text)) })
	return words[:min(limit, len(words))], err
}

func shared(pieces []string, word string) (n int) {
	for _, p := range search.Pieces(word) {
		if slices.Contains(pieces, p) {
			n++
		}
	}
	return n
}

const (
	maxErrors = 2 // that search corrects in a word
	perError  = 4 // pieces that an error may take away
	repeated  = 2 // pieces that a word may have twice, so that it is longer than its pieces tell
)

// telling leaves out the pieces that most words have, the ends, as far as a word that is meant must still
// have one of the others.
func telling(pieces []string) []string {
	last := len(pieces) - 1
	spare := max(0, min(3, last-perError*maxErrors))
	if spare == 0 {
		return pieces
	}
	few := slices.Clone(pieces[:last])
	if spare > 1 {
		few = few[1:]
	}
	if spare > 2 {
		few = few[:len(few)-1]
	}
	return few
}

// marks are a bit for each of the pieces.
func marks(pieces []string) (bits int64) {
	for _, p := range pieces {
		h := fnv.New32a()
		_, _ = h.Write([]byte(p)) // never fails
		bits |= 1 << (h.Sum32() % 64)
	}
	return bits
}
