package store

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/jackc/pgx/v5"

	"agrovet/internal/media/internal/store/mediadb"
)

// InsertFile makes a file. made is false when its owner has the same bytes already; nothing is written
// then.
func (s Store) InsertFile(ctx context.Context, f NewFile) (id int64, made bool, err error) {
	id, err = s.q.FileInsert(ctx, s.DB.Q(ctx), f)
	if errors.Is(err, pgx.ErrNoRows) {
		return 0, false, nil
	}
	return id, err == nil, err
}

// SameFile finds the owner's file with the same bytes, which nobody removes until the transaction
// ends. Errors: errs.ErrNotFound.
func (s Store) SameFile(ctx context.Context, owner int64, sha256 []byte, private bool) (File, error) {
	f, err := s.q.FileSame(ctx, s.DB.Q(ctx), mediadb.FileSameParams{OwnerID: owner, Sha256: sha256, Private: private})
	return f, found(err)
}

// LockFile finds a file that nobody else changes until the transaction ends. Errors: errs.ErrNotFound.
func (s Store) LockFile(ctx context.Context, id int64) (File, error) {
	f, err := s.q.FileForUpdate(ctx, s.DB.Q(ctx), id)
	return f, found(err)
}

// Rendered notes a file's renditions and preview.
func (s Store) Rendered(ctx context.Context, id int64, state, preview string, all []Rendition) error {
	if all == nil {
		all = []Rendition{}
	}
	text, err := json.Marshal(all)
	if err != nil {
		return err
	}
	return s.q.FileRendered(ctx, s.DB.Q(ctx), mediadb.FileRenderedParams{ID: id, State: state, Preview: preview, Renditions: text})
}

// Freed is a file that is no more.
type Freed = mediadb.FileFreeRow

// FreeFiles removes those of these files that no object has. It waits for whoever is just making an
// object of one.
func (s Store) FreeFiles(ctx context.Context, ids []int64) ([]Freed, error) {
	if err := s.q.FilesLock(ctx, s.DB.Q(ctx), ids); err != nil {
		return nil, err
	}
	return s.q.FileFree(ctx, s.DB.Q(ctx), ids)
}

// UnknownKeys returns those of these keys of the store that nothing here has.
func (s Store) UnknownKeys(ctx context.Context, keys []string) ([]string, error) {
	return s.q.KeysUnknown(ctx, s.DB.Q(ctx), keys)
}
