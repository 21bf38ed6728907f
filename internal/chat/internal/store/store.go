// Package store turns rows of schema chat into the face's types and back. Everything runs on the
// transaction that the context carries, if any.
//
// rooms.go is rooms and who is in them, log.go what was said there; send.go is what decides about a message and marks.go
// how far members are; documents.go and find.go are what messages are found by.
package store

import (
	"agrovet/internal/chat/internal/store/chatdb"
	"agrovet/internal/platform/pg"
)

var queries = chatdb.New()

// Store is the module's tables.
type Store struct{ DB *pg.DB }

// or is what p points to, else the zero value.
func or[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}
