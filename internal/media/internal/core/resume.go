package core

import (
	"bytes"
	"context"
	"errors"
	"hash"
	"io"
	"sync"
	"time"

	"github.com/google/uuid"

	"agrovet/internal/media"
	"agrovet/internal/media/internal/blob"
	"agrovet/internal/media/internal/spool"
	"agrovet/internal/media/internal/store"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/errs"
)

// Resumable uploads (tus 1.0, see web/tus.go). What arrives is stored in pieces, each under a key of
// its own, so the store needs nothing but Put, and a process that dies loses at most the piece that was
// on its way. A piece counts once the upload's row says so, which it does only for bytes that continue
// what is there: two who send the same bytes at once cannot both succeed.

// pieceSize is how many bytes are kept in memory of each upload under way. A phone on 2G sends as much
// in about ten seconds.
const pieceSize = 128 << 10

var pieces = sync.Pool{New: func() any { b := make([]byte, pieceSize); return &b }}

// maxOpenUploads is how many uploads somebody may have under way.
const maxOpenUploads = 20

// Errors of resumable uploads.
var (
	ErrOffset      = errs.New(errs.Conflict, "media.upload_offset", "El envío continúa en otra posición.", "The upload continues at another offset.")
	ErrTooManyOpen = errs.New(errs.RateLimited, "media.too_many_uploads", "Tiene demasiados envíos sin terminar.", "You have too many unfinished uploads.")
	ErrChecksum    = errs.New(errs.Invalid, "media.checksum_mismatch", "Los datos llegaron alterados. Envíelos de nuevo.", "The data was altered on its way. Send it again.")
)

// Begin makes room for an upload. Errors: media.ErrFolder, ErrTooLarge, ErrEmpty; ErrTooManyOpen.
func (c *Core) Begin(ctx context.Context, u store.NewUpload) (store.Upload, error) {
	if _, _, err := checkFolder(u.Folder); err != nil {
		return store.Upload{}, err
	}
	switch {
	case u.Size == 0:
		return store.Upload{}, media.ErrEmpty
	case u.Size > c.largest():
		return store.Upload{}, media.ErrTooLarge
	}
	open, err := c.store.OpenUploads(ctx, u.OwnerID)
	if err != nil {
		return store.Upload{}, err
	}
	if open >= maxOpenUploads {
		return store.Upload{}, ErrTooManyOpen
	}
	u.ExpiresAt = c.uploadEnd()
	return c.store.InsertUpload(ctx, u)
}

// largest is the size in bytes of the largest file of any kind.
func (c *Core) largest() (most int64) {
	for _, b := range c.cfg.Limits.Bytes {
		most = max(most, b)
	}
	return most
}

// Largest is the size in bytes of the largest file that is taken in.
func (c *Core) Largest() int64 { return c.largest() }

func (c *Core) uploadEnd() time.Time { return time.Now().Add(c.cfg.KeepUpload) }

// Resume finds an upload of by's. Errors: errs.ErrNotFound, also for somebody else's.
func (c *Core) Resume(ctx context.Context, by authn.Principal, id uuid.UUID) (store.Upload, error) {
	u, err := c.store.Upload(ctx, id)
	if err == nil && !by.Is(u.OwnerID) {
		err = errs.ErrNotFound
	}
	return u, err
}

// Checksum is what the bytes of one Append must add up to.
type Checksum struct {
	Hash hash.Hash
	Want []byte
}

// Append adds what r brings to an upload at an offset, and returns the upload as it then is. What
// arrived stays although r ends early; with a checksum, it all stays or nothing does.
//
// Errors: ErrOffset when the upload continues elsewhere; media.ErrTooLarge for more bytes than were
// announced; ErrChecksum; r's; the store's.
func (c *Core) Append(ctx context.Context, u store.Upload, offset int64, r io.Reader, sum *Checksum) (store.Upload, error) {
	if offset != u.Received || u.Done {
		return u, ErrOffset
	}
	a := &appending{core: c, upload: u, sum: sum}
	err := a.all(ctx, r)
	if err != nil && len(a.loose) > 0 {
		a.drop(ctx)
	}
	return a.upload, err
}

// appending is an Append under way. Loose parts are stored and do not count yet.
type appending struct {
	core   *Core
	upload store.Upload
	sum    *Checksum
	loose  []store.Part
	bytes  int64 // in loose parts
}

// all takes in all of r. The request may be over with its connection, but what has arrived is kept.
func (a *appending) all(ctx context.Context, r io.Reader) error {
	piece := pieces.Get().(*[]byte)
	defer pieces.Put(piece)
	for {
		n, err := io.ReadFull(r, *piece)
		if kept := a.take(context.WithoutCancel(ctx), (*piece)[:n]); kept != nil {
			return kept
		}
		switch {
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			return a.end(context.WithoutCancel(ctx))
		case err != nil:
			return err
		}
	}
}

// pieceTime is how long storing a piece may take.
const pieceTime = 30 * time.Second

// take stores a piece. Without a checksum it counts at once.
func (a *appending) take(ctx context.Context, piece []byte) error {
	if len(piece) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, pieceTime)
	defer cancel()
	p := store.Part{UploadID: a.upload.ID, Start: a.upload.Received + a.bytes, Size: int64(len(piece)),
		Key: partsFolder + "/" + a.upload.ID.String() + "/" + randomHex()}
	if p.Start+p.Size > a.upload.Size {
		return media.ErrTooLarge
	}
	if err := stored(a.core.blobs.Put(ctx, p.Key, bytes.NewReader(piece), p.Size, blob.Headers{})); err != nil {
		return err
	}
	a.loose, a.bytes = append(a.loose, p), a.bytes+p.Size
	if a.sum == nil {
		return a.count(ctx)
	}
	a.sum.Hash.Write(piece)
	return nil
}

// end is the proper end of what was sent.
func (a *appending) end(ctx context.Context) error {
	if a.sum == nil || len(a.loose) == 0 {
		return nil
	}
	if !bytes.Equal(a.sum.Hash.Sum(nil), a.sum.Want) {
		return ErrChecksum
	}
	return a.count(ctx)
}

// count makes the loose parts count.
func (a *appending) count(ctx context.Context) error {
	end := a.core.uploadEnd()
	ok, err := a.core.store.Advance(ctx, a.upload.ID, a.loose, end)
	switch {
	case err != nil:
		return err
	case !ok:
		return ErrOffset
	}
	a.upload.Received, a.upload.ExpiresAt = a.upload.Received+a.bytes, end
	a.loose, a.bytes = nil, 0
	return nil
}

// drop removes loose parts. Failing to is no harm: the sweep will find them.
func (a *appending) drop(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), pieceTime)
	defer cancel()
	keys := make([]string, len(a.loose))
	for i, p := range a.loose {
		keys[i] = p.Key
	}
	if err := a.core.blobs.Delete(ctx, keys...); err != nil {
		a.core.log.WarnContext(ctx, "pieces of an upload stay until the sweep", "upload", a.upload.ID, "error", err)
	}
}

// Finish makes the object of an upload that has arrived, once. An upload whose file is refused is
// removed.
//
// Errors: those of Create.
func (c *Core) Finish(ctx context.Context, u store.Upload) (store.Upload, error) {
	if u.Done || u.Received < u.Size {
		return u, nil
	}
	_, err := c.assemble(ctx, u)
	var refused *errs.Error
	if errors.As(err, &refused) && (refused.Kind == errs.Invalid || refused.Kind == errs.TooLarge) {
		return u, errors.Join(err, c.End(ctx, u.ID))
	}
	if err != nil && !errors.Is(err, errDone) {
		return u, err
	}
	return c.store.Upload(ctx, u.ID)
}

// errDone says that somebody else has finished the upload meanwhile.
var errDone = errors.New("media: the upload is done already")

func (c *Core) assemble(ctx context.Context, u store.Upload) (store.Object, error) {
	spooled, err := spool.New()
	if err != nil {
		return store.Object{}, err
	}
	defer spooled.Close()
	if err := c.join(ctx, spooled, u); err != nil {
		return store.Object{}, err
	}
	up := media.Upload{OwnerID: u.OwnerID, Folder: u.Folder, Name: u.Name, MIME: u.Mime, Size: u.Size, Content: spooled}
	return c.create(ctx, up, Details{Name: u.Name, Description: u.Description, Price: noPrice()}, func(ctx context.Context, object int64) error {
		now, err := c.store.LockUpload(ctx, u.ID)
		switch {
		case errors.Is(err, errs.ErrNotFound), err == nil && now.Done:
			return errDone
		case err != nil:
			return err
		}
		keys, err := c.store.FinishUpload(ctx, u.ID, object, c.uploadEnd())
		if err != nil {
			return err
		}
		return c.publish(ctx, media.BytesFreed{Keys: keys})
	})
}

// join writes the parts of an upload, one behind the other.
func (c *Core) join(ctx context.Context, w io.Writer, u store.Upload) error {
	parts, err := c.store.Parts(ctx, u.ID)
	if err != nil {
		return err
	}
	for _, p := range parts {
		b, err := c.blobs.Open(ctx, p.Key)
		if err != nil {
			return stored(err)
		}
		_, err = io.Copy(w, b)
		b.Close()
		if err != nil {
			return stored(err)
		}
	}
	return nil
}

// End removes an upload with everything that has arrived. Errors: errs.ErrNotFound.
func (c *Core) End(ctx context.Context, id uuid.UUID) error {
	return c.tx(ctx, func(ctx context.Context) error { return c.end(ctx, id) })
}

func (c *Core) end(ctx context.Context, id uuid.UUID) error {
	if _, err := c.store.LockUpload(ctx, id); err != nil {
		return err
	}
	keys, err := c.store.DeleteUpload(ctx, id)
	if err != nil || len(keys) == 0 {
		return err
	}
	return c.publish(ctx, media.BytesFreed{Keys: keys})
}

// endUploadsOf removes a user's uploads, in a transaction.
func (c *Core) endUploadsOf(ctx context.Context, user int64) error {
	for {
		ids, err := c.store.UploadsOf(ctx, user, removing)
		if err != nil || len(ids) == 0 {
			return err
		}
		for _, id := range ids {
			if err := c.end(ctx, id); err != nil {
				return err
			}
		}
	}
}

// SweepUploads removes uploads whose time is over.
func (c *Core) SweepUploads(ctx context.Context) error {
	for {
		ids, err := c.store.ExpiredUploads(ctx, removing)
		if err != nil || len(ids) == 0 {
			return err
		}
		for _, id := range ids {
			if err := c.End(ctx, id); err != nil && !errors.Is(err, errs.ErrNotFound) {
				return err
			}
		}
	}
}

// abandonedFor is how long an upload that has arrived may wait for whoever is finishing it.
const abandonedFor = time.Minute

// finishUploads makes objects of uploads that arrived in a process that died before it could.
func (c *Core) finishUploads(ctx context.Context) error {
	ids, err := c.store.UnfinishedUploads(ctx, time.Now().Add(-abandonedFor), removing)
	if err != nil {
		return err
	}
	for _, id := range ids {
		u, err := c.store.Upload(ctx, id)
		if err == nil {
			_, err = c.Finish(ctx, u)
		}
		if err != nil {
			c.log.WarnContext(ctx, "an upload that has arrived could not be finished", "upload", id, "error", err)
		}
	}
	return nil
}
