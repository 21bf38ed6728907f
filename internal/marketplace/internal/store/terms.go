package store

import (
	"context"
	"slices"
	"strings"

	"agrovet/internal/marketplace/internal/store/marketplacedb"
	"agrovet/internal/platform/search"
)

// Bucket is how many ids of adverts share one: a search that looks for a frequent term probes the
// newest ids first, bucket by bucket, so that it costs the same however many adverts have the term.
const Bucket = 2048

// Document is what a search finds an advert by.
type Document struct {
	Terms []int64 // of all texts, and traits
	Title []int64 // of the title alone
}

// Enlist stores the search document of an active advert, as the advert is now. Each term stands in it
// twice: as it is, and marked with the bucket of the advert's id.
func (s Store) Enlist(ctx context.Context, id int64, d Document) error {
	return queries.ListingPut(ctx, s.DB.Q(ctx), marketplacedb.ListingPutParams{AddID: id, Terms: bucketed(id, d.Terms), TitleTerms: notNil(d.Title)})
}

func bucketed(id int64, terms []int64) []int64 {
	all := make([]int64, 0, 2*len(terms))
	all = append(all, terms...)
	for _, t := range terms {
		all = append(all, search.InBucket(t, id/Bucket))
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Unlist removes the search document of an advert that is active no more.
func (s Store) Unlist(ctx context.Context, id int64) error {
	return queries.ListingDelete(ctx, s.DB.Q(ctx), id)
}

// counts are in how many documents the terms are, about, and how many documents there are, at most.
func (s Store) counts(ctx context.Context, terms []int64) (n map[int64]int64, documents int64, err error) {
	rows, err := queries.TermCounts(ctx, s.DB.Q(ctx), terms)
	n = make(map[int64]int64, len(rows))
	for _, r := range rows {
		if n[r.Term] = r.N; r.Term == 0 {
			documents = r.N
		}
	}
	return n, documents, err
}

// Uncounted is a search document whose terms and words were not counted yet.
type Uncounted struct {
	ID                 int64
	Terms              []int64 // buckets left out
	Title, Description string
}

// Uncounted are the next of them, in the order of their ids, at most limit.
func (s Store) Uncounted(ctx context.Context, limit int) ([]Uncounted, error) {
	rows, err := queries.Uncounted(ctx, s.DB.Q(ctx), int32(limit))
	out := make([]Uncounted, len(rows))
	for i, r := range rows {
		plain := slices.DeleteFunc(r.Terms, func(t int64) bool { return t&search.Buckets != 0 })
		out[i] = Uncounted{r.AddID, plain, r.Title, r.Description}
	}
	return out, err
}

// Counted adds to the counts of terms and words. Documents up to the id are counted with it.
func (s Store) Counted(ctx context.Context, terms map[int64]int64, words map[string]int64, upTo int64) error {
	var t marketplacedb.TermsAddParams
	for term, n := range terms {
		t.Terms, t.Ns = append(t.Terms, term), append(t.Ns, n)
	}
	if err := queries.TermsAdd(ctx, s.DB.Q(ctx), t); err != nil {
		return err
	}
	var w marketplacedb.WordsAddParams
	for word, n := range words {
		pieces := search.Pieces(word)
		w.Words, w.Ns, w.Pieces, w.Marks = append(w.Words, word), append(w.Ns, n), append(w.Pieces, strings.Join(pieces, " ")), append(w.Marks, marks(pieces))
	}
	if err := queries.WordsAdd(ctx, s.DB.Q(ctx), w); err != nil {
		return err
	}
	return queries.CountedTo(ctx, s.DB.Q(ctx), upTo)
}
