package blobtest_test

import (
	"errors"
	"io"
	"strings"
	"testing"

	"agrovet/internal/media/internal/blob"
	"agrovet/internal/media/internal/blob/blobtest"

	"github.com/stretchr/testify/require"
)

var errBroken = errors.New("broken")

func newFaulty(t *testing.T) *blobtest.Faulty {
	d, err := blob.NewDisk(t.TempDir())
	require.NoError(t, err)
	t.Cleanup(func() { _ = d.Close() })
	return &blobtest.Faulty{Store: d}
}

func TestFaultyIsAStore(t *testing.T) {
	blobtest.TestStore(t, func(t *testing.T) blob.Store { return newFaulty(t) })
}

func TestFaultyFailsAndHeals(t *testing.T) {
	f := newFaulty(t)
	put := func(content string) error {
		return f.Put(t.Context(), "a", strings.NewReader(content), int64(len(content)), blob.Headers{})
	}
	read := func() (string, error) {
		b, err := f.Open(t.Context(), "a")
		if err != nil {
			return "", err
		}
		defer b.Close()
		content, err := io.ReadAll(b)
		return string(content), err
	}

	f.FailPut(blob.ErrFull, 0)
	require.ErrorIs(t, put(""), blob.ErrFull)
	f.FailPut(blob.ErrFull, 3)
	require.ErrorIs(t, put("four"), blob.ErrFull)
	_, err := read()
	require.ErrorIs(t, err, blob.ErrNotFound)
	require.NoError(t, put("two"))
	f.FailPut(nil, 0)
	require.NoError(t, put("four"))

	f.FailOpen(errBroken, 0)
	_, err = read()
	require.ErrorIs(t, err, errBroken)
	f.FailOpen(errBroken, 2)
	content, err := read()
	require.ErrorIs(t, err, errBroken)
	require.Equal(t, "fo", content)
	f.FailOpen(errBroken, -1)
	content, err = read()
	require.ErrorIs(t, err, errBroken)
	require.Empty(t, content)
	f.FailOpen(nil, 0)

	f.FailDelete(errBroken)
	require.ErrorIs(t, f.Delete(t.Context(), "a"), errBroken)
	content, err = read()
	require.NoError(t, err)
	require.Equal(t, "four", content)
	f.FailDelete(nil)
	require.NoError(t, f.Delete(t.Context(), "a"))
}
