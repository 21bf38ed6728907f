package store

import (
	"context"

	"agrovet/internal/marketplace/internal/store/marketplacedb"
	"agrovet/internal/platform/search/pgindex"
)

// Document is what a search finds an advert by.
type Document struct {
	Terms []int64 // of all texts, and traits
	Title []int64 // of the title alone
}

// Index is where the search documents of active adverts are.
func (s Store) Index() pgindex.Index {
	return pgindex.Index{DB: s.DB, Documents: "listing", ID: "add_id"}
}

// Enlist stores the search document of an active advert, as the advert is now.
func (s Store) Enlist(ctx context.Context, id int64, d Document) error {
	return queries.ListingPut(ctx, s.DB.Q(ctx), marketplacedb.ListingPutParams{AddID: id, Terms: pgindex.Bucketed(id, d.Terms), TitleTerms: notNil(d.Title)})
}

// Unlist removes the search document of an advert that is active no more.
func (s Store) Unlist(ctx context.Context, id int64) error {
	return queries.ListingDelete(ctx, s.DB.Q(ctx), id)
}

// Text is what an advert says in its own words.
type Text struct{ Title, Description string }

// Texts are those of adverts, in any order.
func (s Store) Texts(ctx context.Context, ids []int64) ([]Text, error) {
	rows, err := queries.AddTexts(ctx, s.DB.Q(ctx), ids)
	out := make([]Text, len(rows))
	for i, r := range rows {
		out[i] = Text(r)
	}
	return out, err
}

// counts are those of the index.
func (s Store) counts(ctx context.Context, terms []int64) (n map[int64]int64, last int64, err error) {
	return s.Index().Counts(ctx, terms)
}
