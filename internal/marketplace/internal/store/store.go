// Package store turns rows of schema marketplace into the face's types and back. Everything runs on the
// transaction that the context carries, if any.
//
// adds.go is single adverts, list.go their lists by date and price, near.go by distance, find.go what a
// search or a filter finds by the terms of terms.go. people.go is what locks a person, follows.go,
// favourites.go and blocks.go what people have, feed.go the adverts of those whom they follow, and views.go
// who looked. reports.go is what members and rules say against adverts, cases.go what staff decides about
// it, queue.go the lists of both. searches.go is saved searches, alerts.go which of them find an advert.
package store

import (
	"math"

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

// IDSpan is a part of a list in the order of ids, or against it.
type IDSpan struct {
	After int64 // behind the row with this id; 0: from the beginning
	Skip  int
	Limit int
}

// before is After of a list against the order of ids.
func (s IDSpan) before() int64 {
	if s.After == 0 {
		return math.MaxInt64
	}
	return s.After
}
