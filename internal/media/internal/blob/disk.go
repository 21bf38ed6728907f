package blob

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"
	"syscall"
	"time"
)

// Disk keeps blobs in a directory, a file for each key. Neither a key nor a symbolic link leads out of it:
// it works through os.Root, and opens files in the same way (open_linux.go). Several processes may use one directory.
type Disk struct {
	root *os.Root
	dir  *os.File // the same directory
}

var _ Store = (*Disk)(nil)

const (
	tempDir  = ".tmp" // of files that are being written; no key begins with a dot
	tempLife = 24 * time.Hour
)

// NewDisk opens the store in dir, which it makes if it is not there, and removes what processes that
// died left half written a day ago or longer.
func NewDisk(dir string) (*Disk, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	self, err := root.Open(".")
	if err != nil {
		return nil, errors.Join(err, root.Close())
	}
	d := &Disk{root, self}
	if err := errors.Join(root.MkdirAll(tempDir, 0o755), d.sweep(time.Now().Add(-tempLife))); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

// Close ends the store's use. Blobs that are open stay so.
func (d *Disk) Close() error { return errors.Join(d.dir.Close(), d.root.Close()) }

// sweep removes temporary files that were last written before a time.
func (d *Disk) sweep(before time.Time) error {
	files, err := fs.ReadDir(d.root.FS(), tempDir)
	for _, f := range files {
		name := path.Join(tempDir, f.Name())
		if info, err := d.root.Lstat(name); err == nil && info.ModTime().Before(before) {
			_ = d.root.Remove(name) // another process may sweep as well
		}
	}
	return err
}

// Open implements Store.
func (d *Disk) Open(ctx context.Context, key string) (Blob, error) {
	if err := checkKeys(key); err != nil {
		return nil, err
	}
	f, err := d.open(key)
	if isMissing(err) {
		return nil, ErrNotFound
	} else if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = ErrNotFound // a folder of keys
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return &diskBlob{File: f, ctx: ctx, info: info}, nil
}

// diskBlob is a file. Its other methods are the file's own, so that a file goes to a connection by
// sendfile; Read alone looks at ctx.
type diskBlob struct {
	*os.File
	ctx  context.Context
	info fs.FileInfo
}

func (b *diskBlob) Read(p []byte) (int, error) {
	if err := b.ctx.Err(); err != nil {
		return 0, err
	}
	return b.File.Read(p)
}

func (b *diskBlob) Size() int64         { return b.info.Size() }
func (b *diskBlob) Modified() time.Time { return b.info.ModTime() }

// Delete implements Store. Folders stay when they are empty: another Put may be on its way into one.
func (d *Disk) Delete(ctx context.Context, keys ...string) error {
	if err := checkKeys(keys...); err != nil {
		return err
	}
	for _, key := range keys {
		if err := ctx.Err(); err != nil {
			return err
		}
		if info, err := d.root.Lstat(key); err == nil && info.IsDir() {
			continue // Remove takes empty folders as well
		}
		if err := d.root.Remove(key); err != nil && !isMissing(err) {
			return err
		}
	}
	return nil
}

// Check implements Store: it writes a byte.
func (d *Disk) Check(ctx context.Context) error {
	temp, err := d.write(newSource(ctx, strings.NewReader("."), 1))
	if err == nil {
		err = d.root.Remove(temp)
	}
	return diskError(err)
}

// isMissing says whether an error means that there is no such file.
func isMissing(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)
}

// diskError says in the package's words why something could not be written.
func diskError(err error) error {
	is := func(target error) bool { return errors.Is(err, target) }
	switch {
	case is(syscall.ENOSPC), is(syscall.EDQUOT):
		return fmt.Errorf("%w: %w", ErrFull, err)
	case is(fs.ErrExist), is(syscall.ENOTDIR): // a file is where a folder must be, or the other way round
		return fmt.Errorf("%w: %w", ErrKey, err)
	}
	return err
}
