package pgindex

import (
	"context"
	"strings"
	"sync"

	"agrovet/internal/platform/search"
)

// Tally counts in how many documents terms and words are. The zero value has counted nothing. It is safe
// for concurrent use.
type Tally struct {
	mu    sync.Mutex
	terms map[int64]int64
	words map[string]int64
}

// Add counts a document by its terms without buckets, each once, and the words of its texts
// (search.Analyzer.Vocabulary).
func (t *Tally) Add(terms []int64, words map[string]int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.terms == nil {
		t.terms, t.words = map[int64]int64{}, map[string]int64{}
	}
	for _, term := range terms {
		t.terms[term]++
	}
	for w := range words {
		t.words[w]++
	}
}

// Counts are stored in the order of their keys, so that two who count never wait for each other.
const (
	addTerms = `insert into {term} as t (term, n)
		select term, n from (select unnest($1::bigint[]) as term, unnest($2::bigint[]) as n) new order by term
		on conflict (term) do update set n = t.n + excluded.n`
	addWords = `insert into {word} as w (word, n, pieces, marks)
		select word, n, string_to_array(pieces, ' '), marks from (select unnest($1::text[]) as word, unnest($2::bigint[]) as n,
			unnest($3::text[]) as pieces, unnest($4::bigint[]) as marks) new order by word
		on conflict (word) do update set n = w.n + excluded.n`
)

// Counted adds a tally to what was counted. Documents up to the id are counted with it, and not again by
// [Index.CountNew]. It runs in the transaction of ctx, and should: half of it would be wrong.
func (x Index) Counted(ctx context.Context, t *Tally, upTo int64) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	var terms, termNs []int64
	for term, n := range t.terms {
		terms, termNs = append(terms, term), append(termNs, n)
	}
	if err := x.exec(ctx, addTerms, terms, termNs); err != nil {
		return err
	}
	var words, pieces []string
	var wordNs, bits []int64
	for word, n := range t.words {
		p := search.Pieces(word)
		words, wordNs, pieces, bits = append(words, word), append(wordNs, n), append(pieces, strings.Join(p, " ")), append(bits, marks(p))
	}
	if err := x.exec(ctx, addWords, words, wordNs, pieces, bits); err != nil {
		return err
	}
	return x.exec(ctx, "update {counted} set {id} = $1", upTo)
}

func (x Index) exec(ctx context.Context, text string, args ...any) error {
	_, err := x.DB.Q(ctx).Exec(ctx, x.named(text), args...)
	return err
}
