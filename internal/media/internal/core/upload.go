package core

import (
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"time"

	"agrovet/internal/media"
	"agrovet/internal/media/internal/content"
	"agrovet/internal/media/internal/spool"
	"agrovet/internal/media/internal/store"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/pg"
)

// Details is what is said of an object beside its file.
type Details struct {
	Name        string
	Description *string
	Price       *string // decimal
	ContentType *int64  // these two are kept as they were sent
	ObjectID    *int64
}

// Upload takes a file in; see media.Service.
func (c *Core) Upload(ctx context.Context, u media.Upload) (media.Object, error) {
	o, err := c.Create(ctx, u, Details{Name: u.Name, Price: noPrice()})
	return c.shown(o), err
}

func noPrice() *string { p := "0"; return &p }

// Create makes an object of a file.
//
// Errors: those of media that are about files; media.ErrStorage and ErrFull, and then nothing has
// happened.
func (c *Core) Create(ctx context.Context, u media.Upload, d Details) (store.Object, error) {
	return c.create(ctx, u, d, func(context.Context, int64) error { return nil })
}

// create is Create with a last step in the transaction that makes the object.
func (c *Core) create(ctx context.Context, u media.Upload, d Details, also func(ctx context.Context, id int64) error) (o store.Object, err error) {
	f, err := c.take(ctx, u)
	if err != nil {
		return o, err
	}
	err = c.tx(ctx, func(ctx context.Context) error {
		file, err := f.row(ctx)
		if err != nil {
			return err
		}
		if o, err = c.insert(ctx, u.OwnerID, &file, d); err != nil {
			return err
		}
		return also(ctx, o.ID)
	})
	f.settle(ctx, err)
	return o, err
}

// CreateEmpty makes an object without a file, which the original allows.
func (c *Core) CreateEmpty(ctx context.Context, owner int64, d Details) (o store.Object, err error) {
	err = c.tx(ctx, func(ctx context.Context) error {
		o, err = c.insert(ctx, owner, nil, d)
		return err
	})
	return o, err
}

// insert writes an object and tells of it.
func (c *Core) insert(ctx context.Context, owner int64, file *int64, d Details) (o store.Object, err error) {
	id, err := c.store.Insert(ctx, store.NewObject{OwnerID: owner, FileID: file, Name: d.Name, Description: d.Description,
		Price: d.Price, ContentType: d.ContentType, ObjectID: d.ObjectID})
	if err != nil {
		return o, err
	}
	if o, err = c.store.Object(ctx, id); err != nil {
		return o, err
	}
	return o, c.publish(ctx, media.Created{MediaID: id, URL: c.address(o), Name: o.Name})
}

// taken is a file whose bytes are in the store, or were there before.
type taken struct {
	core *Core
	new  store.NewFile
	put  bool // this upload has put the bytes there
	used bool // and a row says so, once its transaction has been committed
}

// take inspects, cleans and stores a file. Whoever has the same bytes already costs nothing but the
// reading.
func (c *Core) take(ctx context.Context, u media.Upload) (*taken, error) {
	folder, private, err := checkFolder(u.Folder)
	if err != nil {
		return nil, err
	}
	info, err := content.Inspect(u.Content, u.Size, u.MIME, c.cfg.Limits)
	if err != nil {
		return nil, err
	}
	if err := allowed(info.Kind, private, u.OwnerID); err != nil {
		return nil, err
	}
	sum := sha256.New()
	if _, err := io.Copy(sum, io.NewSectionReader(u.Content, 0, u.Size)); err != nil {
		return nil, err
	}
	t := &taken{core: c, new: newFile(u.OwnerID, private, sum.Sum(nil), info)}
	if _, err := c.store.SameFile(ctx, u.OwnerID, t.new.Sha256, private); err == nil || !errors.Is(err, errs.ErrNotFound) {
		return t, err
	}
	t.new.Key = newKey(folder, u.Name, info.Ext, time.Now())
	return t, t.store(ctx, u, info)
}

// allowed says what may go where: documents are private, and so are pictures of them; whoever is not
// signed in sends public pictures.
func allowed(kind media.Kind, private bool, owner int64) error {
	switch {
	case private && owner == 0:
		return errs.ErrUnauthenticated
	case private && kind != media.Document && kind != media.Image,
		!private && kind == media.Document,
		owner == 0 && kind != media.Image:
		return media.ErrType
	}
	return nil
}

func newFile(owner int64, private bool, sum []byte, info content.Info) store.NewFile {
	f := store.NewFile{OwnerID: owner, Sha256: sum, Private: private, Kind: string(info.Kind), Mime: info.MIME,
		DurationMs: info.Duration.Milliseconds(), TakenAt: info.TakenAt, State: store.Stored}
	if info.Place != nil {
		f.Latitude, f.Longitude = &info.Place.Latitude, &info.Place.Longitude
	}
	if info.Kind == media.Image {
		f.Width, f.Height = int32(info.Width), int32(info.Height)
	}
	if info.Kind == media.Image && !private {
		f.State = store.Pending // renditions are public, or nothing
	}
	return f
}

// store puts the cleaned bytes into the store. They take a way over a file without a name, because how
// long they are is only known at the end.
func (t *taken) store(ctx context.Context, u media.Upload, info content.Info) error {
	spooled, err := spool.New()
	if err != nil {
		return err
	}
	defer spooled.Close()
	if err := t.clean(ctx, spooled, u, info); err != nil {
		return err
	}
	if t.new.Size, err = spooled.Seek(0, io.SeekCurrent); err != nil {
		return err
	}
	if _, err := spooled.Seek(0, io.SeekStart); err != nil {
		return err
	}
	t.put = true
	err = stored(t.core.blobs.Put(ctx, t.new.Key, spooled, t.new.Size, headers(info.Type)))
	if err != nil {
		t.settle(ctx, err)
	}
	return err
}

// clean writes the file without metadata, and upright. Turning decodes and encodes the picture again;
// one that is upright already keeps its pixels bit for bit.
func (t *taken) clean(ctx context.Context, w io.Writer, u media.Upload, info content.Info) error {
	if info.Orientation <= 1 {
		return content.Clean(w, u.Content, u.Size, info)
	}
	width, height, err := t.core.studio.Upright(ctx, w, io.NewSectionReader(u.Content, 0, u.Size), info.MIME, info.Orientation)
	t.new.Width, t.new.Height = int32(width), int32(height)
	return err
}

// row finds or makes the file's row, in the transaction of its object, and returns its id.
func (t *taken) row(ctx context.Context) (int64, error) {
	c := t.core
	if !t.put {
		same, err := c.store.SameFile(ctx, t.new.OwnerID, t.new.Sha256, t.new.Private)
		if errors.Is(err, errs.ErrNotFound) {
			err = media.ErrUnavailable.Wrap(err) // deleted this very moment: sending it again stores it
		}
		return same.ID, err
	}
	id, made, err := c.store.InsertFile(ctx, t.new)
	if t.used = made; err != nil || made {
		if made && t.new.State == store.Pending {
			err = c.publish(ctx, media.FileStored{FileID: id})
		}
		return id, err
	}
	same, err := c.store.SameFile(ctx, t.new.OwnerID, t.new.Sha256, t.new.Private) // stored twice at once
	return same.ID, err
}

// settle removes bytes that no row tells of. Failing to is no harm: the sweep will find them. So they stay where
// nobody knows whether the row was committed.
func (t *taken) settle(ctx context.Context, err error) {
	if !t.put || t.used && (err == nil || ctx.Err() != nil || pg.Unavailable(err)) {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	if err := t.core.blobs.Delete(ctx, t.new.Key); err != nil {
		t.core.log.WarnContext(ctx, "bytes of a failed upload stay until the sweep", "key", t.new.Key, "error", err)
	}
}
