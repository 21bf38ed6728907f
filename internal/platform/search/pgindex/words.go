package pgindex

import (
	"cmp"
	"context"
	"hash/fnv"
	"slices"

	"agrovet/internal/platform/search"
)

// Words is the vocabulary of an index's documents.
type Words struct{ Index }

var _ search.Vocabulary = Words{}

// Known returns how frequent those of the words are that the documents have.
func (w Words) Known(ctx context.Context, words ...string) (map[string]int64, error) {
	rows, err := w.words(ctx, "select word, n from {word} where word = any($1::text[])", words)
	known := make(map[string]int64, len(rows))
	for _, r := range rows {
		known[r.Text] = r.N
	}
	return known, err
}

// nearBeginning is how many of the words that begin so, by alphabet, are compared by their frequency.
const nearBeginning = 200

// Prefix returns the most frequent words that begin so.
func (w Words) Prefix(ctx context.Context, prefix string, limit int) ([]search.Word, error) {
	return w.words(ctx, `select word, n from (select word, n from {word} where word >= $1 and word < $2 order by word limit $3) near
		order by n desc, word limit $4`, prefix, prefix+"\U0010FFFF", nearBeginning, limit)
}

// Similar returns the words that share most of the pieces.
//
// Of all words that share any, of which there are thousands, the server counts the shared ones about, by
// their marks; of the best of them they are counted here.
func (w Words) Similar(ctx context.Context, pieces []string, limit int) ([]search.Word, error) {
	letters := len(pieces) - 2
	words, err := w.words(ctx, `select word, n from {word} where pieces && $1::text[] and char_length(word) between $2::int and $3::int
		order by bit_count((marks & $4::bigint)::bit(64)) desc, n desc, word limit $5`,
		telling(pieces), letters-maxErrors, letters+maxErrors+repeated, marks(pieces), 4*limit)
	slices.SortStableFunc(words, func(a, b search.Word) int { return cmp.Compare(shared(pieces, b.Text), shared(pieces, a.Text)) })
	return words[:min(limit, len(words))], err
}

func (w Words) words(ctx context.Context, text string, args ...any) ([]search.Word, error) {
	return collect[search.Word](ctx, w.Index, w.named(text), args...)
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
