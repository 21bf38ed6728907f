package blobtest

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"agrovet/internal/media/internal/blob"

	"github.com/stretchr/testify/require"
)

func testStretch(t *testing.T, s blob.Store) {
	for key, r := range map[string]reader{
		"seekable": strings.NewReader("0123456789"),
		"stream":   bytes.NewBufferString("0123456789"),
	} {
		_, err := io.CopyN(io.Discard, r, 3)
		require.NoError(t, err)
		require.NoError(t, s.Put(t.Context(), key, r, 4, blob.Headers{}))
		require.Equal(t, "3456", get(t, s, key))
		require.Equal(t, 3, r.Len(), "unread")
	}
}

// reader is one that tells how much it still has.
type reader interface {
	io.Reader
	Len() int
}

var errSender = errors.New("the sender has gone")

func testFailedPut(t *testing.T, s blob.Store) {
	for key, r := range failing() {
		require.ErrorIs(t, s.Put(t.Context(), key, r.Reader, 1<<20, blob.Headers{}), r.want)
		requireNothing(t, s, key)
	}
	require.Error(t, s.Put(t.Context(), "negative", strings.NewReader("x"), -1, blob.Headers{}))
	requireNothing(t, s, "negative")
}

// failing are readers that do not give a megabyte, by key.
func failing() map[string]failingReader {
	half := noise(1 << 19)
	return map[string]failingReader{
		"ends":            {bytes.NewReader(half), io.ErrUnexpectedEOF},
		"streamEnds":      {bytes.NewBuffer(half), io.ErrUnexpectedEOF},
		"endsAtOnce":      {strings.NewReader(""), io.ErrUnexpectedEOF},
		"fails":           {io.MultiReader(bytes.NewReader(half), iotest.ErrReader(errSender)), errSender},
		"failsWithAnEOF":  {io.MultiReader(bytes.NewReader(half), iotest.ErrReader(io.ErrUnexpectedEOF)), io.ErrUnexpectedEOF},
		"failsAtOnce":     {iotest.ErrReader(errSender), errSender},
		"failsAfterChunk": {iotest.TimeoutReader(bytes.NewReader(noise(1 << 20))), iotest.ErrTimeout},
	}
}

type failingReader struct {
	io.Reader
	want error
}

func testFailedOverwrite(t *testing.T, s blob.Store) {
	put(t, s, "a", []byte("old"))
	r := io.MultiReader(strings.NewReader("ne"), iotest.ErrReader(errSender))
	require.ErrorIs(t, s.Put(t.Context(), "a", r, 3, blob.Headers{}), errSender)
	require.Equal(t, "old", get(t, s, "a"))
}

func testCancelledPut(t *testing.T, s blob.Store) {
	ctx, cancel := context.WithCancel(t.Context())
	content := noise(6 << 20)
	r := io.MultiReader(bytes.NewReader(content[:1<<20]), calls(cancel), bytes.NewReader(content[1<<20:]))
	require.ErrorIs(t, s.Put(ctx, "a/b", r, int64(len(content)), blob.Headers{}), context.Canceled)
	requireNothing(t, s, "a/b")
}

// calls is a reader without bytes that calls f when it is read.
func calls(f func()) io.Reader {
	return readerFunc(func([]byte) (int, error) { f(); return 0, io.EOF })
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }
