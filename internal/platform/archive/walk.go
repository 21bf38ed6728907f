package archive

import (
	"archive/tar"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"hash"
	"io"
	"maps"
	"slices"
	"strings"
)

// walk goes over the members of an archive, checks them, and shows rows and files to whoever asks.
type walk struct {
	tar  *tar.Reader
	next *tar.Header // has been read and not been used; nil at the end

	rows     func(module, table string, r io.Reader) error // nil: they are only read
	file     func(f File, r io.Reader) error               // nil: they are only read
	rowsOnly bool                                          // what is behind the rows is not read
	known    *Manifest                                     // to compare rows with at once

	sums     map[string]Sum // of the rows read, by "schema/table"
	files    []File         // read since the last index
	count    Files
	manifest Manifest
}

func newWalk(r io.Reader) *walk { return &walk{tar: tar.NewReader(r), sums: map[string]Sum{}} }

// all walks from the first member to the last.
func (w *walk) all() error {
	if err := w.begin(); err != nil {
		return err
	}
	for w.next != nil {
		kind, rest, _ := strings.Cut(w.next.Name, "/")
		if w.rowsOnly && kind != "rows" {
			return nil
		}
		if err := w.member(kind, rest); err != nil {
			return err
		}
	}
	return w.whole()
}

// begin wants the format's member.
func (w *walk) begin() error {
	first, err := w.tar.Next()
	if err != nil {
		return foreign(err)
	}
	var m Manifest
	if first.Name != formatMember || json.NewDecoder(w.tar).Decode(&m) != nil {
		return ErrForeign
	}
	if m.Format > Format {
		return errors.Join(ErrFormat, errors.New("it was made by agrovet "+m.Agrovet+": restore it with that version or a newer one"))
	}
	return w.advance()
}

func (w *walk) advance() (err error) {
	if w.next, err = w.tar.Next(); errors.Is(err, io.EOF) {
		w.next, err = nil, nil
	} else if err != nil {
		err = damaged("%v", err)
	}
	return err
}

func (w *walk) member(kind, rest string) error {
	switch {
	case kind == "rows" && strings.Count(rest, "/") == 2:
		module, table, _ := strings.Cut(rest[:strings.LastIndexByte(rest, '/')], "/")
		return w.table(module, table)
	case kind == "files":
		return w.oneFile(rest)
	case kind == "index":
		return w.index()
	case kind == manifestMember:
		return w.decode(&w.manifest)
	}
	return damaged("it has a member %q", w.next.Name)
}

// table shows the rows of a table, the pieces joined.
func (w *walk) table(module, table string) error {
	j := &joined{walk: w, prefix: "rows/" + module + "/" + table + "/", sum: sha256.New()}
	if w.rows != nil {
		if err := w.rows(module, table, j); err != nil {
			return err
		}
	}
	if _, err := io.Copy(io.Discard, j); err != nil {
		return err
	}
	sum := sumOf(j.sum, j.bytes)
	w.sums[module+"/"+table] = sum
	if w.known != nil {
		if t := w.known.table(module, table); t == nil || t.Sum != sum {
			return damaged("the rows of %s.%s are other ones than before", module, table)
		}
	}
	return nil
}

// joined reads members with a common prefix as one stream.
type joined struct {
	*walk
	prefix string
	sum    hash.Hash
	bytes  int64
}

func (j *joined) Read(p []byte) (int, error) {
	for j.next != nil && strings.HasPrefix(j.next.Name, j.prefix) {
		n, err := j.tar.Read(p)
		j.sum.Write(p[:n])
		j.bytes += int64(n)
		switch {
		case n > 0:
			return n, nil
		case errors.Is(err, io.EOF):
			if err := j.advance(); err != nil {
				return 0, err
			}
		case err != nil:
			return 0, damaged("%v", err)
		}
	}
	return 0, io.EOF
}

func (w *walk) oneFile(key string) error {
	h := w.next
	f := File{Key: key, ContentType: h.PAXRecords[contentType], Sum: Sum{Bytes: h.Size}}
	sum := sha256.New()
	r := io.TeeReader(w.tar, sum)
	if w.file != nil {
		if err := w.file(f, r); err != nil {
			return err
		}
	}
	if _, err := io.Copy(io.Discard, r); err != nil {
		return damaged("file %s: %v", key, err)
	}
	f.Sum = sumOf(sum, h.Size)
	w.files = append(w.files, f)
	w.count.Count, w.count.Bytes = w.count.Count+1, w.count.Bytes+h.Size
	return w.advance()
}

func (w *walk) index() error {
	var want []File
	if err := w.decode(&want); err != nil {
		return err
	}
	if !slices.Equal(want, w.files) {
		return damaged("files are other ones than its index says")
	}
	w.files = nil
	return nil
}

func (w *walk) decode(v any) error {
	if err := json.NewDecoder(w.tar).Decode(v); err != nil {
		return damaged("%s: %v", w.next.Name, err)
	}
	return w.advance()
}

// whole compares what was read with the manifest.
func (w *walk) whole() error {
	want := map[string]Sum{}
	for _, m := range w.manifest.Modules {
		for _, t := range m.Tables {
			if t.Bytes > 0 {
				want[m.Name+"/"+t.Name] = t.Sum
			}
		}
	}
	switch {
	case w.manifest.Format == 0:
		return damaged("it has no manifest")
	case !maps.Equal(want, w.sums):
		return damaged("its rows are other ones than its manifest says")
	case len(w.files) > 0 || w.count.Count != w.manifest.Files.Count || w.count.Bytes != w.manifest.Files.Bytes:
		return damaged("its files are other ones than its manifest says")
	}
	return nil
}
