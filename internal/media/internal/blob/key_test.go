package blob_test

import (
	"io/fs"
	"path"
	"strings"
	"testing"

	"agrovet/internal/media/internal/blob"

	"github.com/stretchr/testify/require"
)

func TestKeysThatAreOnes(t *testing.T) {
	for _, key := range []string{"a", "a/b", "-", "_/-", "a..b", "A.9", "2026/11/x_y-z.tar.gz", strings.Repeat("x", 255)} {
		require.NoError(t, blob.CheckKey(key), key)
	}
}

// FuzzKeys shows that what is taken as a key names a file inside a folder, in one way only.
func FuzzKeys(f *testing.F) {
	for _, seed := range []string{"a/b.c", "../a", "a/./b", "a//b", "/a", ".tmp/x", "a\x00b", "a\n", "é"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, key string) {
		if blob.CheckKey(key) != nil {
			return
		}
		if !fs.ValidPath(key) || path.Clean(key) != key || key == "." || len(key) > 255 || strings.HasPrefix(key, blob.TempDir) {
			t.Errorf("%q is taken as a key", key)
		}
	})
}
