// Package store turns rows of schema foro into the face's types and back. Everything runs on the transaction
// that the context carries, if any.
//
// people.go is what the forum knows of people, posts.go and comments.go what they write, communities.go where.
// due.go is whose search documents are to be made, documents.go those, find.go what they are searched for.
package store

import (
	"math"

	"agrovet/internal/foro/internal/store/forodb"
	"agrovet/internal/platform/pg"
)

var queries = forodb.New()

// Store is the module's tables.
type Store struct{ DB *pg.DB }

// some is nil for 0: nothing is referred to.
func some(id int64) *int64 {
	if id == 0 {
		return nil
	}
	return &id
}

// or is what p points to, else the zero value.
func or[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}

// notNil is an empty list for none, which is not null.
func notNil[T any](all []T) []T {
	if all == nil {
		return []T{}
	}
	return all
}

// IDSpan is a part of a list against the order of ids.
type IDSpan struct {
	Before int64 // below the row with this id; 0: from the beginning
	Skip   int
	Limit  int
}

func (s IDSpan) below() int64 {
	if s.Before == 0 {
		return math.MaxInt64
	}
	return s.Before
}
