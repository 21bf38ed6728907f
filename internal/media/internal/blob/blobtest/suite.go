// Package blobtest is for tests that meet a blob store: the checks that every blob.Store passes
// ([TestStore]), a store that fails when a test wants it to ([Faulty]), and a real S3-compatible
// service that tests can take away in the middle of something ([Server]).
package blobtest

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"agrovet/internal/media/internal/blob"

	"github.com/stretchr/testify/require"
)

// TestStore runs the suite. newStore makes an empty store for each test.
func TestStore(t *testing.T, newStore func(t *testing.T) blob.Store) {
	for name, test := range map[string]func(*testing.T, blob.Store){
		"KeepsWhatIsPut":                       testRoundTrip,
		"TakesAnotherPutUnderTheSameKey":       testPutTwice,
		"ReadsNoMoreThanSizeFromWhereItStands": testStretch,
		"LeavesNothingOfAFailedPut":            testFailedPut,
		"KeepsTheOldBytesWhenANewPutFails":     testFailedOverwrite,
		"LeavesNothingOfACancelledPut":         testCancelledPut,
		"ReadsFromWhereverItIsSought":          testSeek,
		"StopsReadingWhenTheContextEnds":       testCancelledRead,
		"SaysThatNothingIsThere":               testNotFound,
		"DeletesManyAndUnknownKeys":            testDelete,
		"ListsInTheOrderOfKeys":                testList,
		"RefusesWhatIsNoKey":                   testBadKeys,
		"ServesManyAtOnce":                     testConcurrency,
		"DoesNothingInAContextThatHasEnded":    testEndedContext,
		"CanBeUsed":                            func(t *testing.T, s blob.Store) { require.NoError(t, s.Check(t.Context())) },
	} {
		t.Run(name, func(t *testing.T) { test(t, newStore(t)) })
	}
}

func testRoundTrip(t *testing.T, s blob.Store) {
	for _, size := range []int{0, 1, 100_000, 6 << 20} {
		key, content := fmt.Sprintf("a/b-c/%d.bin", size), noise(size)
		put(t, s, key, content)
		b, err := s.Open(t.Context(), key)
		require.NoError(t, err)
		require.EqualValues(t, size, b.Size())
		require.False(t, b.Modified().IsZero())
		read, err := io.ReadAll(b)
		require.NoError(t, err)
		require.NoError(t, b.Close())
		require.True(t, bytes.Equal(content, read), "the bytes differ")
	}
}

func testPutTwice(t *testing.T, s blob.Store) {
	put(t, s, "a", []byte("once"))
	put(t, s, "a", []byte("and again"))
	require.Equal(t, "and again", get(t, s, "a"))
}

func testSeek(t *testing.T, s blob.Store) {
	content := noise(300_000)
	put(t, s, "a/b", content)
	b := open(t, s, "a/b")
	for _, c := range []struct {
		offset int64
		whence int
		want   int64
	}{
		{0, io.SeekEnd, 300_000}, {0, io.SeekStart, 0}, {200_000, io.SeekStart, 200_000}, {-1000, io.SeekCurrent, 199_100},
		{-5, io.SeekEnd, 299_995}, {400_000, io.SeekStart, 400_000}, {1, io.SeekStart, 1}, {0, io.SeekCurrent, 101},
	} {
		at, err := b.Seek(c.offset, c.whence)
		require.NoError(t, err)
		require.Equal(t, c.want, at)
		want := content[min(at, 300_000):min(at+100, 300_000)]
		read, err := io.ReadAll(io.LimitReader(b, 100))
		require.NoError(t, err)
		require.True(t, bytes.Equal(want, read), "100 bytes at %d", at)
	}
	_, err := b.Seek(-1, io.SeekStart)
	require.Error(t, err)
}

func testCancelledRead(t *testing.T, s blob.Store) {
	put(t, s, "a", noise(6<<20))
	ctx, cancel := context.WithCancel(t.Context())
	b, err := s.Open(ctx, "a")
	require.NoError(t, err)
	defer b.Close()
	_, err = io.CopyN(io.Discard, b, 1000)
	require.NoError(t, err)
	cancel()
	_, err = io.ReadAll(b)
	require.ErrorIs(t, err, context.Canceled)
}

func testNotFound(t *testing.T, s blob.Store) {
	put(t, s, "folder/a", nil)
	for _, key := range []string{"b", "folder", "folder/b", "other/a"} {
		_, err := s.Open(t.Context(), key)
		require.ErrorIs(t, err, blob.ErrNotFound, key)
	}
}

func testDelete(t *testing.T, s blob.Store) {
	var keys []string
	for i := range 1200 { // more than S3 takes at once
		keys = append(keys, fmt.Sprintf("a/%d/b", i))
	}
	there := []string{keys[0], keys[600], keys[1199]}
	for _, key := range append(there, "a/stays") {
		put(t, s, key, []byte("x"))
	}
	require.NoError(t, s.Delete(t.Context(), keys...))
	require.NoError(t, s.Delete(t.Context(), "a", "a/0"), "folders are not keys")
	require.NoError(t, s.Delete(t.Context(), "never/there"))
	require.NoError(t, s.Delete(t.Context()))
	require.Equal(t, []string{"a/stays"}, list(t, s, 100))
	require.NoError(t, s.Delete(t.Context(), "a/stays"))
	requireNothing(t, s, "a/stays")
}

func testList(t *testing.T, s blob.Store) {
	keys := []string{
		"0", "A", "Z/z", "_", "a-", "a--/b", "a.b", "a/-/x", "a/0", "a/0-1/x/y/z", "a/0.x/y", "a/1/a", "a/1/b", "a/10", "a0",
		"a0-/x", "b/" + strings.Repeat("x", 200), "b/c/d/e/f", "b/c/d/e0", "z",
	}
	slices.Sort(keys)
	for _, i := range rand.Perm(len(keys)) {
		put(t, s, keys[i], nil)
	}
	for _, limit := range []int{1, 3, len(keys), 1000} {
		require.Equal(t, keys, list(t, s, limit), "pages of %d", limit)
	}
	for _, after := range []string{"", "0", "5", "Z", "a", "a/0", "a/0-1/x", "a/1", "a/1/aa", "b/c/d/e/f", "z", "zz"} {
		var behind []string
		for _, key := range keys {
			if key > after && len(behind) < 4 {
				behind = append(behind, key)
			}
		}
		entries, err := s.List(t.Context(), after, 4)
		require.NoError(t, err)
		require.Equal(t, behind, keysOf(t, entries), "after %q", after)
	}
}

func testBadKeys(t *testing.T, s blob.Store) {
	for _, key := range []string{
		"", "/", "/a", "a/", "a//b", ".", "..", "../x", "a/../b", "a/./b", ".a", "a/.b", `a\b`, "a b", "a\x00", "a\n", "á", "a:b",
		"a%2e", "~a", strings.Repeat("x", 256), strings.Repeat("x/", 128),
	} {
		require.ErrorIs(t, s.Put(t.Context(), key, strings.NewReader("x"), 1, blob.Headers{}), blob.ErrKey, "%q", key)
		_, err := s.Open(t.Context(), key)
		require.ErrorIs(t, err, blob.ErrKey, "%q", key)
		require.ErrorIs(t, s.Delete(t.Context(), "a", key), blob.ErrKey, "%q", key)
		if _, err = s.List(t.Context(), key, 1); key != "" {
			require.ErrorIs(t, err, blob.ErrKey, "%q", key)
		}
	}
	require.Empty(t, list(t, s, 100))
}

func testConcurrency(t *testing.T, s blob.Store) {
	content := noise(200_000)
	var wg sync.WaitGroup
	for i := range 16 {
		wg.Go(func() {
			key := fmt.Sprintf("new/folder/%d/x", i/2) // of two each
			if err := s.Put(t.Context(), key, bytes.NewReader(content), int64(len(content)), blob.Headers{}); err != nil {
				t.Error(err)
				return
			}
			b, err := s.Open(t.Context(), key)
			if err != nil {
				t.Error(err)
				return
			}
			defer b.Close()
			if read, err := io.ReadAll(b); err != nil || !bytes.Equal(read, content) {
				t.Errorf("read %d bytes: %v", len(read), err)
			}
		})
	}
	wg.Wait()
	require.Len(t, list(t, s, 3), 8)
}

func testEndedContext(t *testing.T, s blob.Store) {
	put(t, s, "a", []byte("x"))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	require.ErrorIs(t, s.Put(ctx, "b", strings.NewReader("x"), 1, blob.Headers{}), context.Canceled)
	require.ErrorIs(t, s.Delete(ctx, "a"), context.Canceled)
	require.ErrorIs(t, s.Delete(ctx, "a", "b"), context.Canceled)
	_, err := s.List(ctx, "", 10)
	require.ErrorIs(t, err, context.Canceled)
	require.ErrorIs(t, s.Check(ctx), context.Canceled)
	require.Equal(t, []string{"a"}, list(t, s, 10))
}
