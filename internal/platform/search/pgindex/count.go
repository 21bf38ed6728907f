package pgindex

import "context"

// Counts are in how many documents the terms are, about, and the id of the last document: so many there
// are at most. Terms that no counted document has are missing.
func (x Index) Counts(ctx context.Context, terms []int64) (n map[int64]int64, last int64, err error) {
	type count struct{ Term, N int64 }
	rows, err := collect[count](ctx, x, x.named(`select term, n from {term} where term = any($1::bigint[])
		union all select 0, coalesce(max({id}), 0) from {documents}`), terms)
	n = make(map[int64]int64, len(rows))
	for _, r := range rows {
		if r.Term == 0 {
			last = r.N
		} else {
			n[r.Term] = r.N
		}
	}
	return n, last, err
}

// countedAtOnce is how many documents one transaction counts.
const countedAtOnce = 200

// CountNew counts the terms and words of documents with ids above those that were counted, by which searches
// choose how to look and [Words] are found: a module's job, of which one runs at a time. What is changed or
// removed later stays counted, and what comes late with a lower id never is. words returns the words of the
// texts of documents (search.Analyzer.Vocabulary), in any order, without those that are gone meanwhile.
//
// Errors: what words returned.
func (x Index) CountNew(ctx context.Context, words func(ctx context.Context, ids []int64) ([]map[string]int, error)) error {
	for {
		n := 0
		err := x.DB.Tx(ctx, func(ctx context.Context) (err error) {
			n, err = x.countSome(ctx, words)
			return err
		})
		if err != nil || n < countedAtOnce {
			return err
		}
	}
}

func (x Index) countSome(ctx context.Context, words func(context.Context, []int64) ([]map[string]int, error)) (int, error) {
	type document struct {
		ID    int64
		Terms []int64
	}
	docs, err := collect[document](ctx, x, x.named(`select {id}, terms from {documents}
		where {id} > (select {id} from {counted}) order by {id} limit $1`), countedAtOnce)
	if err != nil || len(docs) == 0 {
		return 0, err
	}
	var t Tally
	ids := make([]int64, len(docs))
	for i, d := range docs {
		ids[i] = d.ID
		t.Add(Plain(d.Terms), nil)
	}
	texts, err := words(ctx, ids)
	for _, w := range texts {
		t.Add(nil, w)
	}
	if err != nil {
		return 0, err
	}
	return len(docs), x.Counted(ctx, &t, ids[len(ids)-1])
}
