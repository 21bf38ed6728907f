// Package store turns rows of schema marketplace into the face's types and back. Everything runs on the
// transaction that the context carries, if any.
//
// adds.go is single adverts, list.go their lists by date and price, near.go by distance, find.go what a
// search or a filter finds by the terms of terms.go. searches.go is saved searches, alerts.go which of them
// find an advert.
package store

import (
	"agrovet/internal/marketplace/internal/store/marketplacedb"
	"agrovet/internal/platform/pg"
)

var queries = marketplacedb.New()

// Store is the module's tables.
type Store struct{ DB *pg.DB }

// some is nil for 0: nothing is referred to.
func some(id int64) *int64 {
	if id == 0 {
		return nil
	}
	return &id
}

// text is nil for the empty text.
func text(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// or is what p points to, else the zero value.
func or[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}
