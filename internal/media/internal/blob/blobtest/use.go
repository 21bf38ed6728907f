package blobtest

import (
	"bytes"
	"io"
	"math/rand/v2"
	"testing"

	"agrovet/internal/media/internal/blob"

	"github.com/stretchr/testify/require"
)

// noise are bytes that look like nothing, the same ones every time.
func noise(size int) []byte {
	b := make([]byte, size)
	_, _ = rand.NewChaCha8([32]byte{1}).Read(b) // it never fails
	return b
}

func put(t *testing.T, s blob.Store, key string, content []byte) {
	t.Helper()
	require.NoError(t, s.Put(t.Context(), key, bytes.NewReader(content), int64(len(content)), blob.Headers{}))
}

func open(t *testing.T, s blob.Store, key string) blob.Blob {
	t.Helper()
	b, err := s.Open(t.Context(), key)
	require.NoError(t, err)
	t.Cleanup(func() { _ = b.Close() })
	return b
}

func get(t *testing.T, s blob.Store, key string) string {
	t.Helper()
	content, err := io.ReadAll(open(t, s, key))
	require.NoError(t, err)
	return string(content)
}

// list returns all keys, which it asks for in pages.
func list(t *testing.T, s blob.Store, page int) (keys []string) {
	t.Helper()
	for after := ""; ; after = keys[len(keys)-1] {
		entries, err := s.List(t.Context(), after, page)
		require.NoError(t, err)
		require.LessOrEqual(t, len(entries), page)
		if len(entries) == 0 {
			return keys
		}
		keys = append(keys, keysOf(t, entries)...)
	}
}

func keysOf(t *testing.T, entries []blob.Entry) (keys []string) {
	t.Helper()
	for _, e := range entries {
		require.False(t, e.Modified.IsZero())
		keys = append(keys, e.Key)
	}
	return keys
}

func requireNothing(t *testing.T, s blob.Store, key string) {
	t.Helper()
	_, err := s.Open(t.Context(), key)
	require.ErrorIs(t, err, blob.ErrNotFound)
	require.Empty(t, list(t, s, 100))
}
