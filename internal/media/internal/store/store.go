// Package store keeps media's rows. It is the only one to speak to the generated queries.
package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"agrovet/internal/media/internal/store/mediadb"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/pg"
)

// The rows, as they stand in the tables.
type (
	File      = mediadb.File
	NewFile   = mediadb.FileInsertParams
	NewObject = mediadb.ObjectInsertParams
	Changes   = mediadb.ObjectUpdateParams
	Lock      = mediadb.ObjectsLockRow
	Upload    = mediadb.Upload
	NewUpload = mediadb.UploadInsertParams
	Part      = mediadb.UploadPart
)

// States of files.
const (
	Stored  = "stored"  // nothing more to be done
	Pending = "pending" // renditions are to be made
	Failed  = "failed"  // renditions cannot be made
)

// Store is media's schema.
type Store struct {
	DB *pg.DB
	q  mediadb.Queries
}

// Object is an object with its file.
type Object struct {
	mediadb.ObjectsByIDsRow
	Renditions []Rendition
}

// Rendition is a smaller copy of an image in the store.
type Rendition struct {
	Name   string `json:"name"`
	Key    string `json:"key"`
	Width  int    `json:"width"`
	Height int    `json:"height"`
	Size   int64  `json:"size"`
}

// found turns the driver's word for nothing into ours.
func found(err error) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return errs.ErrNotFound
	}
	return err
}

// Objects returns the objects with these ids, in the order given; ids of nothing are left out.
func (s Store) Objects(ctx context.Context, ids []int64) ([]Object, error) {
	rows, err := s.q.ObjectsByIDs(ctx, s.DB.Q(ctx), ids)
	if err != nil {
		return nil, err
	}
	byID := make(map[int64]Object, len(rows))
	for _, row := range rows {
		o := Object{ObjectsByIDsRow: row}
		if err := json.Unmarshal(row.Renditions, &o.Renditions); err != nil {
			return nil, fmt.Errorf("renditions of object %d: %w", row.ID, err)
		}
		byID[row.ID] = o
	}
	objects := make([]Object, 0, len(rows))
	for _, id := range ids {
		if o, ok := byID[id]; ok {
			objects = append(objects, o)
			delete(byID, id) // an id given twice counts once
		}
	}
	return objects, nil
}

// Object finds one. Errors: errs.ErrNotFound.
func (s Store) Object(ctx context.Context, id int64) (Object, error) {
	all, err := s.Objects(ctx, []int64{id})
	if err == nil && len(all) == 0 {
		err = errs.ErrNotFound
	}
	if err != nil {
		return Object{}, err
	}
	return all[0], nil
}

// Lock finds objects that nobody else changes until the transaction ends; ids of nothing are left out.
func (s Store) Lock(ctx context.Context, ids ...int64) ([]Lock, error) {
	return s.q.ObjectsLock(ctx, s.DB.Q(ctx), ids)
}

// Insert makes an object and returns its id.
func (s Store) Insert(ctx context.Context, o NewObject) (int64, error) {
	row, err := s.q.ObjectInsert(ctx, s.DB.Q(ctx), o)
	return row.ID, err
}

// Update writes what is said of an object.
func (s Store) Update(ctx context.Context, c Changes) error {
	return s.q.ObjectUpdate(ctx, s.DB.Q(ctx), c)
}

// Claim makes objects the user's.
func (s Store) Claim(ctx context.Context, userID int64, ids []int64) error {
	return s.q.ObjectsClaim(ctx, s.DB.Q(ctx), mediadb.ObjectsClaimParams{OwnerID: userID, Ids: ids})
}

// Delete removes objects, and what was known of where they are shown.
func (s Store) Delete(ctx context.Context, ids []int64) error {
	return s.q.ObjectsDelete(ctx, s.DB.Q(ctx), ids)
}

// Span is a part of somebody's objects, newest first.
type Span struct {
	Before int64 // only lower ids
	Skip   int
	Amount int
}

// Of returns somebody's objects.
func (s Store) Of(ctx context.Context, owner int64, span Span) ([]Object, error) {
	ids, err := s.q.ObjectsOf(ctx, s.DB.Q(ctx), mediadb.ObjectsOfParams{OwnerID: owner, BeforeID: span.Before,
		Amount: int32(span.Amount), Skip: int32(span.Skip)})
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	return s.Objects(ctx, ids)
}

// Count counts somebody's objects, up to most.
func (s Store) Count(ctx context.Context, owner int64, most int) (int64, error) {
	return s.q.ObjectsCount(ctx, s.DB.Q(ctx), mediadb.ObjectsCountParams{OwnerID: owner, Most: int32(most)})
}

// OfOwner returns ids of somebody's objects.
func (s Store) OfOwner(ctx context.Context, owner int64, amount int) ([]int64, error) {
	return s.q.ObjectsOfOwner(ctx, s.DB.Q(ctx), mediadb.ObjectsOfOwnerParams{OwnerID: owner, Amount: int32(amount)})
}

// OfFile returns the ids of the objects that have the file.
func (s Store) OfFile(ctx context.Context, file int64) ([]int64, error) {
	return s.q.ObjectsOfFile(ctx, s.DB.Q(ctx), &file)
}

// Unshown returns ids of objects that no place has shown for long: owned ones since before owned,
// nobody's since before unclaimed.
func (s Store) Unshown(ctx context.Context, owned, unclaimed time.Time, amount int) ([]int64, error) {
	theirs, err := s.q.ObjectsUnshown(ctx, s.DB.Q(ctx), mediadb.ObjectsUnshownParams{Before: &owned, Amount: int32(amount)})
	if err != nil {
		return nil, err
	}
	nobodys, err := s.q.ObjectsUnclaimed(ctx, s.DB.Q(ctx), mediadb.ObjectsUnclaimedParams{Before: &unclaimed, Amount: int32(amount)})
	return append(theirs, nobodys...), err
}

// ShownAt returns what a place shows.
func (s Store) ShownAt(ctx context.Context, place string) ([]int64, error) {
	return s.q.ShownAt(ctx, s.DB.Q(ctx), place)
}

// Show notes that a place shows added and no longer shows removed. All of them must be there.
func (s Store) Show(ctx context.Context, place string, added, removed []int64) error {
	if err := s.q.ShownRemove(ctx, s.DB.Q(ctx), mediadb.ShownRemoveParams{Place: place, Ids: removed}); err != nil {
		return err
	}
	if err := s.q.ShownAdd(ctx, s.DB.Q(ctx), mediadb.ShownAddParams{Place: place, Ids: added}); err != nil {
		return err
	}
	return s.q.ObjectsNoteShown(ctx, s.DB.Q(ctx), append(added, removed...))
}

// Secret is what links are signed with.
func (s Store) Secret(ctx context.Context) (string, error) {
	return s.q.Secret(ctx, s.DB.Q(ctx))
}

// ParseUploadID reads the id of an upload. Errors: errs.ErrNotFound.
func ParseUploadID(text string) (uuid.UUID, error) {
	id, err := uuid.Parse(text)
	if err != nil {
		return id, errs.ErrNotFound.Wrap(err)
	}
	return id, nil
}
