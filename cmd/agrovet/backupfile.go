package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"

	"agrovet/internal/platform/archive"
)

// save writes the archive to path: it is there whole and safe, or not at all. Passwords' hashes are in it, so
// nobody else may read it.
func (b *backup) save(ctx context.Context, path string) (m archive.Manifest, err error) {
	part := path + ".part"
	f, err := os.OpenFile(part, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return m, err
	}
	m, err = b.write(ctx, f, func(bytes int64) error { return fits(filepath.Dir(path), bytes) })
	if err == nil {
		err = f.Sync()
	}
	err = errors.Join(err, f.Close())
	if err == nil {
		err = os.Rename(part, path)
	}
	if err != nil {
		return m, errors.Join(err, os.Remove(part))
	}
	return m, syncDir(filepath.Dir(path))
}

// fits says whether a directory's disk has room for so many bytes.
func fits(dir string, bytes int64) error {
	var fs syscall.Statfs_t
	if err := syscall.Statfs(dir, &fs); err != nil {
		return fmt.Errorf("look at %s: %w", dir, err)
	}
	if free := fs.Bavail * uint64(fs.Bsize); bytes > 0 && free < uint64(bytes) {
		return fmt.Errorf("the backup may take %d MiB, and %s has %d MiB free", bytes>>20+1, dir, free>>20)
	}
	return nil
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
