package store

import (
	"context"
	"time"

	"github.com/google/uuid"

	"agrovet/internal/media/internal/store/mediadb"
	"agrovet/internal/platform/errs"
)

// InsertUpload begins an upload.
func (s Store) InsertUpload(ctx context.Context, u NewUpload) (Upload, error) {
	return s.q.UploadInsert(ctx, s.DB.Q(ctx), u)
}

// OpenUploads counts what somebody has under way.
func (s Store) OpenUploads(ctx context.Context, owner int64) (int64, error) {
	return s.q.UploadsOpen(ctx, s.DB.Q(ctx), owner)
}

// Upload finds an upload that has not expired. Errors: errs.ErrNotFound.
func (s Store) Upload(ctx context.Context, id uuid.UUID) (Upload, error) {
	u, err := s.q.UploadByID(ctx, s.DB.Q(ctx), id)
	return u, found(err)
}

// LockUpload finds an upload, expired or not, that nobody else changes until the transaction ends.
// Errors: errs.ErrNotFound.
func (s Store) LockUpload(ctx context.Context, id uuid.UUID) (Upload, error) {
	u, err := s.q.UploadForUpdate(ctx, s.DB.Q(ctx), id)
	return u, found(err)
}

// Advance notes that parts have arrived, in order, the first at its start; ok is false, and nothing is
// written, when others have arrived there meanwhile.
func (s Store) Advance(ctx context.Context, id uuid.UUID, parts []Part, expires time.Time) (ok bool, err error) {
	err = s.DB.Tx(ctx, func(ctx context.Context) error {
		var sum int64
		for _, p := range parts {
			sum += p.Size
		}
		n, err := s.q.UploadAdvance(ctx, s.DB.Q(ctx), mediadb.UploadAdvanceParams{ID: id, Start: parts[0].Start, Size: sum, ExpiresAt: expires})
		if ok = n == 1; err != nil || !ok {
			return err
		}
		for _, p := range parts {
			if err := s.q.UploadPartInsert(ctx, s.DB.Q(ctx), mediadb.UploadPartInsertParams{
				UploadID: id, Start: p.Start, Size: p.Size, Key: p.Key}); err != nil {
				return err
			}
		}
		return nil
	})
	return ok && err == nil, err
}

// Parts returns an upload's parts in order.
func (s Store) Parts(ctx context.Context, id uuid.UUID) ([]Part, error) {
	return s.q.UploadParts(ctx, s.DB.Q(ctx), id)
}

// FinishUpload notes the object that an upload became, and returns the keys of its parts, which are no
// longer needed.
func (s Store) FinishUpload(ctx context.Context, id uuid.UUID, object int64, expires time.Time) (keys []string, err error) {
	if err := s.q.UploadDone(ctx, s.DB.Q(ctx), mediadb.UploadDoneParams{ID: id, ObjectID: &object, ExpiresAt: expires}); err != nil {
		return nil, err
	}
	return s.q.UploadPartsDelete(ctx, s.DB.Q(ctx), id)
}

// DeleteUpload removes an upload and returns the keys of its parts. Errors: errs.ErrNotFound.
func (s Store) DeleteUpload(ctx context.Context, id uuid.UUID) (keys []string, err error) {
	if keys, err = s.q.UploadPartsDelete(ctx, s.DB.Q(ctx), id); err != nil {
		return nil, err
	}
	n, err := s.q.UploadDelete(ctx, s.DB.Q(ctx), id)
	if err == nil && n == 0 {
		err = errs.ErrNotFound
	}
	return keys, err
}

// ExpiredUploads returns ids of uploads whose time is over.
func (s Store) ExpiredUploads(ctx context.Context, amount int) ([]uuid.UUID, error) {
	return s.q.UploadsExpired(ctx, s.DB.Q(ctx), int32(amount))
}

// UploadsOf returns ids of somebody's uploads.
func (s Store) UploadsOf(ctx context.Context, owner int64, amount int) ([]uuid.UUID, error) {
	return s.q.UploadsOfOwner(ctx, s.DB.Q(ctx), mediadb.UploadsOfOwnerParams{OwnerID: owner, Amount: int32(amount)})
}

// UnfinishedUploads returns ids of uploads that have arrived before that time and have not become an
// object.
func (s Store) UnfinishedUploads(ctx context.Context, before time.Time, amount int) ([]uuid.UUID, error) {
	return s.q.UploadsUnfinished(ctx, s.DB.Q(ctx), mediadb.UploadsUnfinishedParams{Before: before, Amount: int32(amount)})
}
