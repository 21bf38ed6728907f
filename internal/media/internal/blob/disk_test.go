package blob_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/iotest"
	"time"

	"agrovet/internal/media/internal/blob"
	"agrovet/internal/media/internal/blob/blobtest"

	"github.com/stretchr/testify/require"
)

func newDisk(t *testing.T, dir string) *blob.Disk {
	t.Helper()
	d, err := blob.NewDisk(dir)
	require.NoError(t, err)
	t.Cleanup(func() { _ = d.Close() })
	return d
}

func put(t *testing.T, s blob.Store, key, content string) {
	t.Helper()
	require.NoError(t, s.Put(t.Context(), key, strings.NewReader(content), int64(len(content)), blob.Headers{}))
}

func get(t *testing.T, s blob.Store, key string) string {
	t.Helper()
	b, err := s.Open(t.Context(), key)
	require.NoError(t, err)
	defer b.Close()
	content, err := io.ReadAll(b)
	require.NoError(t, err)
	return string(content)
}

func TestDiskIsAStore(t *testing.T) {
	blobtest.TestStore(t, func(t *testing.T) blob.Store {
		dir := filepath.Join(t.TempDir(), "made", "by", "itself")
		t.Cleanup(func() { requireNoTemporaryFiles(t, dir) })
		return newDisk(t, dir)
	})
}

func requireNoTemporaryFiles(t *testing.T, dir string) {
	t.Helper()
	files, err := os.ReadDir(filepath.Join(dir, blob.TempDir))
	require.NoError(t, err)
	require.Empty(t, files)
}

func TestDiskKeepsBlobsAcrossRestarts(t *testing.T) {
	dir := t.TempDir()
	d := newDisk(t, dir)
	put(t, d, "a/b", "x")
	require.NoError(t, d.Close())
	require.Equal(t, "x", get(t, newDisk(t, dir), "a/b"))
}

func TestDiskFilesAndFoldersAreReadableByOthers(t *testing.T) {
	mask := syscall.Umask(0o022)
	t.Cleanup(func() { syscall.Umask(mask) })
	dir := t.TempDir()
	put(t, newDisk(t, dir), "a/b", "x")
	for name, mode := range map[string]os.FileMode{"a": os.ModeDir | 0o755, "a/b": 0o644} {
		info, err := os.Stat(filepath.Join(dir, name))
		require.NoError(t, err)
		require.Equal(t, mode, info.Mode(), name)
	}
}

func TestDiskReaderFinishesAfterDelete(t *testing.T) {
	d := newDisk(t, t.TempDir())
	put(t, d, "a", "all of it")
	b, err := d.Open(t.Context(), "a")
	require.NoError(t, err)
	defer b.Close()
	require.NoError(t, d.Delete(t.Context(), "a"))
	content, err := io.ReadAll(b)
	require.NoError(t, err)
	require.Equal(t, "all of it", string(content))
}

func TestDiskSweepsOldTemporaryFiles(t *testing.T) {
	dir := t.TempDir()
	newDisk(t, dir)
	old, young := filepath.Join(dir, blob.TempDir, "old"), filepath.Join(dir, blob.TempDir, "young")
	for name, age := range map[string]time.Duration{old: 25 * time.Hour, young: 23 * time.Hour} {
		require.NoError(t, os.WriteFile(name, nil, 0o644))
		require.NoError(t, os.Chtimes(name, time.Time{}, time.Now().Add(-age)))
	}
	d := newDisk(t, dir)
	require.NoFileExists(t, old)
	require.FileExists(t, young)
	requireKeys(t, d)
}

func requireKeys(t *testing.T, s blob.Store, want ...string) {
	t.Helper()
	entries, err := s.List(t.Context(), "", 100)
	require.NoError(t, err)
	var keys []string
	for _, e := range entries {
		keys = append(keys, e.Key)
	}
	require.Equal(t, want, keys)
}

func TestDiskStaysInside(t *testing.T) {
	outside, dir := t.TempDir(), t.TempDir()
	secret := filepath.Join(outside, "secret")
	require.NoError(t, os.WriteFile(secret, []byte("s"), 0o644))
	require.NoError(t, os.Symlink(outside, filepath.Join(dir, "folder")))
	require.NoError(t, os.Symlink(secret, filepath.Join(dir, "file")))
	d := newDisk(t, dir)
	for _, key := range []string{"folder/secret", "file"} {
		_, err := d.Open(t.Context(), key)
		require.Error(t, err, key)
	}
	require.Error(t, d.Put(t.Context(), "folder/new", strings.NewReader("x"), 1, blob.Headers{}))
	require.Error(t, d.Delete(t.Context(), "folder/secret"))
	requireKeys(t, d)
	put(t, d, "file", "x") // replaces the link
	require.NoError(t, d.Delete(t.Context(), "file"))

	files, err := os.ReadDir(outside)
	require.NoError(t, err)
	require.Len(t, files, 1)
	content, err := os.ReadFile(secret)
	require.NoError(t, err)
	require.Equal(t, "s", string(content))
}

func TestDiskListsOnlyWhatItMayHaveWritten(t *testing.T) {
	dir := t.TempDir()
	d := newDisk(t, dir)
	put(t, d, "a/b", "x")
	for _, name := range []string{".hidden", "a/with space", "a/ñ"} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), nil, 0o644))
	}
	for _, name := range []string{"empty", "lost+found", "lost+found/x", ".git", "a/" + strings.Repeat("y", 254)} {
		require.NoError(t, os.MkdirAll(filepath.Join(dir, name), 0o755))
	}
	require.NoError(t, os.WriteFile(filepath.Join(dir, "a", strings.Repeat("y", 254), "x"), nil, 0o644)) // too long a key
	requireKeys(t, d, "a/b")
}

func TestDiskRefusesAKeyThatIsAFolderOfAnother(t *testing.T) {
	dir := t.TempDir()
	d := newDisk(t, dir)
	put(t, d, "a/b", "x")
	for _, key := range []string{"a", "a/b/c"} {
		require.ErrorIs(t, d.Put(t.Context(), key, strings.NewReader("y"), 1, blob.Headers{}), blob.ErrKey)
		_, err := d.Open(t.Context(), key)
		require.ErrorIs(t, err, blob.ErrNotFound)
		require.NoError(t, d.Delete(t.Context(), key))
	}
	require.Equal(t, "x", get(t, d, "a/b"))
	requireNoTemporaryFiles(t, dir)
}

func TestDiskThatIsAwayCannotBeUsed(t *testing.T) {
	dir := t.TempDir()
	d := newDisk(t, dir)
	require.NoError(t, os.RemoveAll(dir))
	require.Error(t, d.Check(t.Context()))
	require.Error(t, d.Put(t.Context(), "a", strings.NewReader("x"), 1, blob.Headers{}))
}

func TestDiskIsFullWhenTheSystemSaysSo(t *testing.T) {
	d := newDisk(t, t.TempDir())
	for _, cause := range []error{syscall.ENOSPC, syscall.EDQUOT} {
		err := blob.DiskError(&os.PathError{Op: "write", Path: "x", Err: cause})
		require.ErrorIs(t, err, blob.ErrFull)
		require.ErrorIs(t, err, cause)
	}
	require.NoError(t, blob.DiskError(nil))
	err := d.Put(t.Context(), "a", iotest.ErrReader(errors.New("other")), 1, blob.Headers{})
	require.NotErrorIs(t, err, blob.ErrFull)
}
