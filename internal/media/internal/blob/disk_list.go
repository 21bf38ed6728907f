package blob

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
)

// List implements Store. It holds a few pages of names in memory, however large a folder is.
func (d *Disk) List(ctx context.Context, after string, limit int) ([]Entry, error) {
	if err := checkAfter(after); err != nil {
		return nil, err
	}
	l := lister{ctx: ctx, root: d.root, limit: limit}
	err := l.folder(".", after)
	return l.entries, err
}

// lister walks folders in the order of keys until it has limit entries.
//
// Within a folder the names of folders end with a slash, as they do in keys: a-b, a.b, a/, aa.
type lister struct {
	ctx     context.Context
	root    *os.Root
	limit   int
	entries []Entry
}

func (l *lister) missing() int { return l.limit - len(l.entries) }

// folder adds what is in dir behind after, which is relative to it.
func (l *lister) folder(dir, after string) error {
	for l.missing() > 0 {
		names, err := l.names(dir, after)
		if err != nil || len(names) == 0 {
			return err
		}
		for _, name := range names {
			if err := l.name(dir, name, after); err != nil {
				return err
			}
		}
		after = last(names[len(names)-1])
	}
	return nil
}

// name adds a file, or what is in a folder.
func (l *lister) name(dir, name, after string) error {
	full := path.Join(dir, name)
	if isFolder(name) {
		after, inside := strings.CutPrefix(after, name)
		if !inside {
			after = "" // the whole folder is behind it
		}
		return l.folder(full, after)
	}
	info, err := l.root.Lstat(full)
	if err == nil && l.missing() > 0 && checkKeys(full) == nil {
		l.entries = append(l.entries, Entry{Key: full, Modified: info.ModTime()})
	}
	if isMissing(err) {
		return nil // deleted in the meantime
	}
	return err
}

// names returns the first names in dir that are or contain something behind after, as many as entries
// are missing; all of them when they are fewer.
func (l *lister) names(dir, after string) (names []string, err error) {
	if err := l.ctx.Err(); err != nil {
		return nil, err
	}
	f, err := l.root.Open(dir)
	if isMissing(err) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	defer f.Close()
	for {
		found, err := f.ReadDir(512)
		for _, e := range found {
			if name := nameOf(e); name != "" && last(name) > after {
				names = append(names, name)
			}
		}
		if names = smallest(names, l.missing()); err != nil {
			return names, ignoreEOF(err)
		}
	}
}

// nameOf is the name of what may be part of a key, and empty for anything else.
func nameOf(e fs.DirEntry) string {
	switch {
	case !segmentPattern.MatchString(e.Name()):
		return ""
	case e.IsDir():
		return e.Name() + "/"
	case e.Type().IsRegular():
		return e.Name()
	}
	return ""
}

func isFolder(name string) bool { return strings.HasSuffix(name, "/") }

// last is behind every key under name, and before every other name behind it.
func last(name string) string {
	if isFolder(name) {
		return name + "\xff"
	}
	return name
}

func smallest(names []string, n int) []string {
	slices.Sort(names)
	return names[:min(n, len(names))]
}

func ignoreEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}
