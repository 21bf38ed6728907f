package content_test

import (
	"bytes"
	"io"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/media/internal/content"
	"agrovet/internal/media/internal/content/contenttest"
)

// Whatever the bytes are, nothing is read that is not there, and what is accepted is clean after it
// has been cleaned once.
func FuzzInspect(f *testing.F) {
	for _, s := range contenttest.Samples() {
		f.Add(s.Data)
	}
	for _, c := range contenttest.Hostile() {
		if r, size := c.Make(); size < 20_000 {
			data, err := io.ReadAll(io.NewSectionReader(r, 0, size))
			require.NoError(f, err)
			f.Add(data)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		data = bytes.Clone(data)
		contenttest.FixSums(data)
		size := int64(len(data))
		w := &witness{r: bytes.NewReader(data), size: size}
		info, err := content.Inspect(w, size, "", contenttest.Limits)
		require.False(t, w.outside)
		require.LessOrEqual(t, w.read, 1<<20+8*size)
		if err != nil {
			return
		}
		once := clean(t, data, info)
		again, err := inspect(once, info.MIME)
		require.NoError(t, err)
		require.Equal(t, info.Type, again.Type)
		require.Nil(t, again.Place)
		require.Nil(t, again.TakenAt)
		require.Equal(t, min(info.Orientation, 1), again.Orientation)
		require.True(t, bytes.Equal(once, clean(t, once, again)), "cleaning twice changes something")
	})
}
