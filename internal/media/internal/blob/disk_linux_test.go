package blob_test

import (
	"crypto/rand"
	"errors"
	"io"
	"os"
	"syscall"
	"testing"

	"agrovet/internal/media/internal/blob"
	"agrovet/internal/media/internal/blob/blobtest"

	"github.com/stretchr/testify/require"
)

// smallDisk mounts a file system of the given size, which only root can do;
// TestDiskIsFullWhenTheSystemSaysSo covers what can be seen without.
func smallDisk(t *testing.T, size string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "mode=0755,size="+size); err != nil {
		if os.Geteuid() == 0 && !errors.Is(err, syscall.EPERM) {
			t.Fatal(err)
		}
		t.Skip("cannot mount a small file system as this user")
	}
	t.Cleanup(func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) })
	return dir
}

func TestFullDisk(t *testing.T) {
	dir := smallDisk(t, "2m")
	testFull(t, newDisk(t, dir))
	requireNoTemporaryFiles(t, dir)
}

func TestFullDiskOfAService(t *testing.T) {
	server := blobtest.S3ServerIn(t, smallDisk(t, "2m"))
	testFull(t, newS3(t, server.Config()))
}

// testFull shows that what does not fit into a store of 2 MiB leaves nothing, and that room is used again.
func testFull(t *testing.T, s blob.Store) {
	putRandom := func(key string, size int64) error {
		return s.Put(t.Context(), key, io.LimitReader(rand.Reader, size), size, blob.Headers{})
	}
	require.NoError(t, putRandom("a/fits", 1<<20))
	err := putRandom("b/doesNot", 4<<20)
	require.ErrorIs(t, err, blob.ErrFull)
	requireKeys(t, s, "a/fits")
	require.NoError(t, putRandom("a/fits-too", 1<<19))
	require.NoError(t, s.Delete(t.Context(), "a/fits"))
	require.NoError(t, putRandom("a/again", 1<<20))
	requireKeys(t, s, "a/again", "a/fits-too")
}

func TestCheckOfAFullDisk(t *testing.T) {
	dir := smallDisk(t, "64k")
	d := newDisk(t, dir)
	require.NoError(t, d.Check(t.Context()))
	require.ErrorIs(t, d.Put(t.Context(), "a", rand.Reader, 1<<20, blob.Headers{}), blob.ErrFull)
	require.NoError(t, d.Check(t.Context()), "the failed Put gave its room back")
	err := os.WriteFile(dir+"/filler", make([]byte, 1<<20), 0o644)
	require.ErrorIs(t, err, syscall.ENOSPC)
	require.ErrorIs(t, d.Check(t.Context()), blob.ErrFull)
	requireNoTemporaryFiles(t, dir)
}
