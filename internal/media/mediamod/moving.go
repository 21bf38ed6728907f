package mediamod

import (
	"context"
	"io"

	"agrovet/internal/media/internal/blob"
	"agrovet/internal/media/internal/core"
	"agrovet/internal/media/internal/store"
	"agrovet/internal/platform/pg"
)

// Named is a key of the store that a row names.
type Named = store.Named

// ErrNotFound is a store's answer when nothing is under a key.
var ErrNotFound = blob.ErrNotFound

// EachNamed shows every key that a row of the schema names: files, their smaller copies and pieces of uploads.
func EachNamed(ctx context.Context, q pg.Querier, each func(Named) error) error {
	return store.EachNamed(ctx, q, each)
}

// PutBack keeps bytes that a store of another time or place had under a key, with this MIME type.
// Errors: those of Store.Put.
func PutBack(ctx context.Context, s Store, key, mime string, r io.Reader, size int64) error {
	return s.Put(ctx, key, r, size, core.HeadersOf(mime))
}
