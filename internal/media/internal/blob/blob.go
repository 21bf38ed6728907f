// Package blob keeps bytes under keys, in a directory (disk.go) or in a bucket of an S3-compatible
// service (s3.go). Both pass the same suite (blobtest).
//
// A key is a path of a few segments of ASCII letters, digits, "-", "_" and ".", none of them beginning
// with a dot, 1 to 255 bytes long. No key is a folder of another: a/b and a/b/c exclude each other.
// Bytes under a key never change: whoever has other bytes takes another key. So they may be cached
// for ever.
package blob

import (
	"context"
	"errors"
	"io"
	"time"
)

// Errors of stores, beside the context's. Others mean that the store is away.
var (
	ErrNotFound = errors.New("blob: nothing under this key")
	ErrFull     = errors.New("blob: the store is full")
	ErrKey      = errors.New("blob: not a key")
)

// Headers are what a store that is read by others directly answers with; the disk does without.
type Headers struct {
	ContentType  string
	CacheControl string
	Disposition  string // Content-Disposition
}

// Blob is what is under a key. It must be closed.
type Blob interface {
	io.ReadSeekCloser
	Size() int64
	Modified() time.Time
}

// Entry is a key and when it was written.
type Entry struct {
	Key      string
	Modified time.Time
}

// Store keeps bytes. Its methods may be called by any number of goroutines.
type Store interface {
	// Put keeps the next size bytes of r under key; it reads no more of them. They are there whole or
	// not at all, and once Put has returned nil they survive a crash of the machine. Putting twice is
	// fine. A sender who is slow holds Put up: ctx is looked at before every read. S3 tries again when
	// r is an io.Seeker.
	//
	// Errors: ErrFull; ErrKey; io.ErrUnexpectedEOF when r ends early; those of r; the store is away.
	Put(ctx context.Context, key string, r io.Reader, size int64, h Headers) error

	// Open reads from the beginning of what is under key. Errors: ErrNotFound, ErrKey; the store is
	// away. ctx counts until the Blob is closed.
	Open(ctx context.Context, key string) (Blob, error)

	// Delete removes keys. Those under which nothing is are no error.
	Delete(ctx context.Context, keys ...string) error

	// List returns up to limit entries with keys behind after, in the order of keys; none at the end.
	List(ctx context.Context, after string, limit int) ([]Entry, error)

	// Check says whether the store can be used now, for the health page.
	Check(ctx context.Context) error
}
