package archive

import (
	"bufio"
	"crypto/sha256"
	"fmt"
	"io"
	"os"

	"github.com/klauspost/compress/zstd"
)

// Archive is one that has been read from its first byte to its last, and is whole.
type Archive struct {
	path     string
	Manifest Manifest
}

// Open reads the whole archive at path and checks everything that can be checked; it writes nothing.
//
// Errors: ErrDamaged, ErrFormat, ErrForeign; those of reading the file.
func Open(path string) (*Archive, error) {
	a := &Archive{path: path}
	err := a.read(func(w *walk) error {
		err := w.all()
		a.Manifest = w.manifest
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return a, nil
}

// Rows calls each for every table that has rows, in the order of the manifest, with what COPY is to read.
// An error of each ends it. What was read is compared with the manifest again: the file may have changed.
func (a *Archive) Rows(each func(module, table string, r io.Reader) error) error {
	return a.read(func(w *walk) error {
		w.rows, w.rowsOnly, w.known = each, true, &a.Manifest
		return w.all()
	})
}

// Files calls each for every file. An error of each ends it.
func (a *Archive) Files(each func(f File, r io.Reader) error) error {
	return a.read(func(w *walk) error {
		w.file = each
		return w.all()
	})
}

// read has f walk over the archive, and then looks at the seal, unless f left something unread.
func (a *Archive) read(f func(*walk) error) error {
	file, err := os.Open(a.path)
	if err != nil {
		return err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	if info.Size() <= sealSize {
		return ErrForeign
	}
	sum := sha256.New()
	in := bufio.NewReaderSize(file, 1<<20)
	body := io.TeeReader(io.LimitReader(in, info.Size()-sealSize), sum)
	zip, err := zstd.NewReader(body, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(64<<20))
	if err != nil {
		return foreign(err)
	}
	defer zip.Close()
	w := newWalk(zip)
	if err := f(w); err != nil || w.rowsOnly {
		return err
	}
	if _, err := io.Copy(io.Discard, body); err != nil {
		return err
	}
	if ok, err := sealed(in, sum); err != nil {
		return err
	} else if !ok {
		return fmt.Errorf("%w: its SHA-256 is not the one at its end", ErrDamaged)
	}
	return nil
}

func foreign(err error) error { return fmt.Errorf("%w: %w", ErrForeign, err) }

func damaged(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrDamaged, fmt.Sprintf(format, args...))
}
