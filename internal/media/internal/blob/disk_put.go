package blob

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"os"
	"path"
)

// Put implements Store.
func (d *Disk) Put(ctx context.Context, key string, r io.Reader, size int64, _ Headers) error {
	if err := checkKeys(key); err != nil {
		return err
	}
	temp, err := d.write(newSource(ctx, r, size))
	if err == nil {
		err = d.place(temp, key)
	}
	return diskError(err)
}

// write brings a source to the disk, under a temporary name.
func (d *Disk) write(src *source) (temp string, err error) {
	temp = path.Join(tempDir, rand.Text())
	f, err := d.root.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return "", err
	}
	_, err = io.Copy(f, src)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil { // NFS tells of a full disk when it closes
		_ = d.root.Remove(temp)
	}
	return temp, err
}

// place gives a temporary file its key.
func (d *Disk) place(temp, key string) error {
	dir := path.Dir(key)
	err := d.root.MkdirAll(dir, 0o755)
	if err == nil {
		err = d.root.Rename(temp, key)
	}
	if err != nil {
		_ = d.root.Remove(temp)
		return err
	}
	return d.sync(dir)
}

// sync brings a directory's names to the disk, and those of the directories that it is in: another Put
// may have made one of them a moment ago.
func (d *Disk) sync(dir string) error {
	for ; ; dir = path.Dir(dir) {
		f, err := d.root.Open(dir)
		if err != nil {
			return err
		}
		if err := errors.Join(f.Sync(), f.Close()); err != nil || dir == "." {
			return err
		}
	}
}
