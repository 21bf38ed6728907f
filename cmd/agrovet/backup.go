package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"agrovet/internal/media/mediamod"
	"agrovet/internal/platform/archive"
	"agrovet/internal/platform/bus"
	"agrovet/internal/platform/pg"
	"agrovet/internal/platform/pg/rows"
)

// backup is what goes into an archive.
type backup struct {
	cfg      Config
	settings []archive.Setting
	db       *databases
	include  bool // files of media are copied; else they stay where they are
}

// missingShown bounds how many keys of missing files a manifest lists.
const missingShown = 100

// write makes an archive on w. Before it writes anything it tells room how many bytes that may be at most:
// tables shrink, photos do not.
//
// All schemas of one database are read in one snapshot, while everybody goes on writing. Files come after the
// rows that name them: those that were deleted meanwhile are counted as missing.
func (b *backup) write(ctx context.Context, w io.Writer, room func(bytes int64) error) (m archive.Manifest, err error) {
	m = archive.Manifest{Agrovet: version, MadeAt: time.Now().UTC().Truncate(time.Second), Config: b.settings}
	cursors, snapshots, err := b.look(ctx)
	if err != nil {
		return m, err
	}
	defer func() {
		for _, s := range snapshots {
			s.Close()
		}
	}()
	list, err := b.listFiles(ctx, snapshots)
	if err != nil {
		return m, err
	}
	defer list.close()
	if err := b.makeRoom(ctx, snapshots, list.bytes, room); err != nil {
		return m, err
	}
	out, err := archive.NewWriter(w, version)
	if err != nil {
		return m, err
	}
	defer out.Abandon()
	for _, s := range snapshots {
		module, err := b.schema(ctx, s, out)
		if err != nil {
			return m, err
		}
		module.Cursors = cursors[s.Schema]
		m.Modules = append(m.Modules, module)
	}
	for _, s := range snapshots {
		s.Close() // the files need none
	}
	m.Files = archive.Files{Included: b.include, Store: b.cfg.Media.Store}
	if err := b.files(ctx, list, out, &m.Files); err != nil {
		return m, err
	}
	err = out.Close(&m)
	return m, err
}

// look takes the snapshots, and before them how far events have been handed over.
func (b *backup) look(ctx context.Context) (cursors map[string]map[string]int64, all []*rows.Snapshot, err error) {
	var dbs []*pg.DB
	cursors = map[string]map[string]int64{}
	for _, name := range b.cfg.hosted() {
		db := b.db.module[name]
		if cursors[name], err = bus.Positions(ctx, db); err != nil {
			return nil, nil, err
		}
		dbs = append(dbs, db)
	}
	all, err = rows.Snapshots(ctx, dbs)
	return cursors, all, err
}

// makeRoom asks for what tables and files take at most.
func (b *backup) makeRoom(ctx context.Context, snapshots []*rows.Snapshot, files int64, room func(int64) error) error {
	for _, s := range snapshots {
		size, err := rows.Size(ctx, s.Tx)
		if err != nil {
			return err
		}
		files += size
	}
	return room(files)
}

// schema copies the rows of a module.
func (b *backup) schema(ctx context.Context, s *rows.Snapshot, out *archive.Writer) (m archive.Module, err error) {
	m = archive.Module{Name: s.Schema, Snapshot: s.Number, Versions: map[string]int64{}}
	status, err := migrations(s.Schema).Status(ctx, b.db.module[s.Schema])
	if err != nil {
		return m, err
	}
	for _, set := range status {
		m.Versions[set.Set] = set.Current
	}
	tables, err := rows.Tables(ctx, s.Tx)
	if err != nil {
		return m, err
	}
	for _, t := range tables {
		kept := archive.Table{Name: t.Name, Columns: t.Columns}
		kept.Sum, err = out.Rows(s.Schema, t.Name, func(w io.Writer) (err error) {
			kept.Rows, err = s.Copy(ctx, t, w)
			return err
		})
		if err != nil {
			return m, err
		}
		m.Tables = append(m.Tables, kept)
	}
	sequences, err := rows.Sequences(ctx, s.Tx)
	for _, q := range sequences {
		m.Sequences = append(m.Sequences, archive.Sequence(q))
	}
	return m, err
}

// fileList are the keys that media's snapshot names, in a temporary file: there may be millions, and the
// snapshot is not kept until all are copied.
type fileList struct {
	*os.File
	bytes int64 // of all files together, as the rows say
}

func (l *fileList) close() {
	if l.File != nil {
		l.Close()
		_ = os.Remove(l.Name()) // in the temporary directory, of keys alone
	}
}

func (b *backup) listFiles(ctx context.Context, snapshots []*rows.Snapshot) (*fileList, error) {
	l := &fileList{}
	for _, s := range snapshots {
		if s.Schema != "media" || !b.include {
			continue
		}
		var err error
		if l.File, err = os.CreateTemp("", "agrovet-backup-"); err != nil {
			return nil, err
		}
		enc := json.NewEncoder(l)
		err = mediamod.EachNamed(ctx, s.Tx, func(n mediamod.Named) error {
			l.bytes += n.Size
			return enc.Encode(n)
		})
		if err == nil {
			_, err = l.Seek(0, io.SeekStart)
		}
		if err != nil {
			l.close()
			return nil, fmt.Errorf("list files: %w", err)
		}
	}
	return l, nil
}

// files copies what the list names.
func (b *backup) files(ctx context.Context, list *fileList, out *archive.Writer, f *archive.Files) error {
	if list.File == nil {
		return nil
	}
	store, err := mediaStore(b.cfg)
	if err != nil {
		return err
	}
	defer closeStore(store)
	for dec := json.NewDecoder(list); ; {
		var n mediamod.Named
		switch err := dec.Decode(&n); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
		err := b.file(ctx, store, n, out)
		if errors.Is(err, mediamod.ErrNotFound) {
			if f.Missing++; len(f.Examples) < missingShown {
				f.Examples = append(f.Examples, n.Key)
			}
		} else if err != nil {
			return err
		}
	}
}

func (b *backup) file(ctx context.Context, store mediamod.Store, n mediamod.Named, out *archive.Writer) error {
	blob, err := store.Open(ctx, n.Key)
	if err != nil {
		return err
	}
	defer blob.Close()
	return out.File(archive.File{Key: n.Key, ContentType: n.MIME, Sum: archive.Sum{Bytes: blob.Size()}}, blob)
}

// closeStore gives back what a store holds, if it holds something.
func closeStore(s mediamod.Store) {
	if c, ok := s.(io.Closer); ok {
		_ = c.Close() // nothing was written through it that is not safe
	}
}
