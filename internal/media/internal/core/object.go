package core

import (
	"context"
	"slices"
	"time"

	"agrovet/internal/media"
	"agrovet/internal/media/internal/blob"
	"agrovet/internal/media/internal/content"
	"agrovet/internal/media/internal/store"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/bus"
	"agrovet/internal/platform/errs"
)

// address is where a public object is read; empty for private ones and those without a file.
func (c *Core) address(o store.Object) string { return c.addressOf(o.Private, o.Key) }

func (c *Core) addressOf(private bool, key string) string {
	if private || key == "" {
		return ""
	}
	return c.cfg.PublicURL + key
}

// headers are what a store that is read directly answers with. They are the same as of files.go in web.
func headers(t content.Type) blob.Headers { return HeadersOf(t.MIME) }

// HeadersOf are the headers of bytes of a MIME type; none for pieces of uploads, which have no type.
func HeadersOf(mime string) blob.Headers {
	if mime == "" {
		return blob.Headers{}
	}
	return blob.Headers{ContentType: mime, CacheControl: "public, max-age=31536000, immutable", Disposition: "inline"}
}

// shown is an object as other modules see it.
func (c *Core) shown(o store.Object) media.Object {
	m := media.Object{ID: o.ID, OwnerID: o.OwnerID, Kind: media.Kind(o.Kind), MIME: o.Mime, Private: o.Private, Name: o.Name,
		Description: o.Description, URL: c.address(o), Size: o.Size, Width: int(o.Width), Height: int(o.Height),
		Duration: time.Duration(o.DurationMs) * time.Millisecond, CreatedAt: o.CreatedAt}
	if o.Price != "" {
		m.Price = &o.Price
	}
	if o.Private {
		return m
	}
	m.Preview = o.Preview
	for _, r := range o.Renditions {
		m.Renditions = append(m.Renditions, media.Rendition{Name: r.Name, URL: c.cfg.PublicURL + r.Key, Width: r.Width, Height: r.Height, Size: r.Size})
	}
	return m
}

// Shown is an object as other modules see it.
func (c *Core) Shown(o store.Object) media.Object { return c.shown(o) }

// Objects returns the objects with these ids; see media.Service.
func (c *Core) Objects(ctx context.Context, ids ...int64) (map[int64]media.Object, error) {
	found := make(map[int64]media.Object, len(ids))
	if len(ids) == 0 {
		return found, nil
	}
	rows, err := c.store.Objects(ctx, ids)
	for _, o := range rows {
		found[o.ID] = c.shown(o)
	}
	return found, err
}

// Claim makes unclaimed objects the user's; see media.Service.
func (c *Core) Claim(ctx context.Context, userID int64, ids ...int64) error {
	if len(ids) == 0 {
		return nil
	}
	return c.tx(ctx, func(ctx context.Context) error {
		rows, err := c.store.Lock(ctx, ids...)
		if err != nil {
			return err
		}
		missing := slices.Clone(ids)
		for _, o := range rows {
			if o.OwnerID == 0 || o.OwnerID == userID {
				missing = slices.DeleteFunc(missing, func(id int64) bool { return id == o.ID })
			}
		}
		if len(missing) > 0 {
			slices.Sort(missing)
			return &media.NotOwned{IDs: slices.Compact(missing)}
		}
		return c.store.Claim(ctx, userID, ids)
	})
}

// Get shows an object to whoever may know of it: its owner and staff, and everybody while nobody owns
// it, so that whoever uploads without signing in can look at it.
//
// Errors: errs.ErrNotFound, also for somebody else's.
func (c *Core) Get(ctx context.Context, by authn.Principal, id int64) (store.Object, error) {
	o, err := c.store.Object(ctx, id)
	if err == nil && o.OwnerID != 0 && !mayChange(by, o.OwnerID) {
		err = errs.ErrNotFound
	}
	return o, err
}

// mayChange says whether by is the owner or staff.
func mayChange(by authn.Principal, owner int64) bool { return by.Is(owner) || by.Staff || by.Superuser }

// Of lists somebody's objects, newest first.
func (c *Core) Of(ctx context.Context, owner int64, s store.Span) ([]store.Object, error) {
	return c.store.Of(ctx, owner, s)
}

// Count counts somebody's objects, up to most.
func (c *Core) Count(ctx context.Context, owner int64, most int) (int64, error) {
	return c.store.Count(ctx, owner, most)
}

// Change says what is to become of an object; nil leaves a field as it is.
type Change struct {
	Name        *string
	Description **string // to nil: cleared
	Price       **string
	ContentType **int64
	ObjectID    **int64
	File        *media.Upload // its owner is the object's
}

// Update changes an object in the name of by. The old file serves until the new one is there.
//
// Errors: errs.ErrNotFound, also for somebody else's; those of Create.
func (c *Core) Update(ctx context.Context, by authn.Principal, id int64, change Change) (o store.Object, err error) {
	old, err := c.own(ctx, by, id)
	if err != nil {
		return o, err
	}
	f := &taken{core: c}
	if change.File != nil {
		change.File.OwnerID = old.OwnerID
		if err := keepPrivacy(change.File, old); err != nil {
			return o, err
		}
		if f, err = c.take(ctx, *change.File); err != nil {
			return o, err
		}
	}
	err = c.tx(ctx, func(ctx context.Context) error {
		o, err = c.update(ctx, id, change, f)
		return err
	})
	f.settle(ctx, err)
	return o, err
}

// keepPrivacy has a new file be as private as the old one: what shows the object relies on it.
func keepPrivacy(u *media.Upload, old store.Object) error {
	switch {
	case old.Private:
		u.Folder = media.FolderVerification
	case old.FileID != nil && u.Folder == media.FolderVerification:
		return media.ErrFolder.At("folder")
	}
	return nil
}

// own finds an object that by may change. Errors: errs.ErrNotFound.
func (c *Core) own(ctx context.Context, by authn.Principal, id int64) (store.Object, error) {
	o, err := c.store.Object(ctx, id)
	if err == nil && !mayChange(by, o.OwnerID) {
		err = errs.ErrNotFound
	}
	return o, err
}

// update writes the changes, in a transaction, and tells of them if there are any.
func (c *Core) update(ctx context.Context, id int64, change Change, f *taken) (o store.Object, err error) {
	if locked, err := c.store.Lock(ctx, id); err != nil || len(locked) == 0 {
		return o, orNotFound(err)
	}
	old, err := c.store.Object(ctx, id)
	if err != nil {
		return o, err
	}
	row := applied(old, change)
	if change.File != nil {
		file, err := f.row(ctx)
		if err != nil {
			return o, err
		}
		row.FileID = &file
	}
	if same(row, old) {
		return old, nil
	}
	if err := c.store.Update(ctx, row); err != nil {
		return o, err
	}
	if err := c.replaced(ctx, old.FileID, row.FileID); err != nil {
		return o, err
	}
	if o, err = c.store.Object(ctx, id); err != nil {
		return o, err
	}
	return o, c.publish(ctx, media.Updated{MediaID: id, URL: c.address(o)})
}

func orNotFound(err error) error {
	if err == nil {
		return errs.ErrNotFound
	}
	return err
}

// applied is the changed row.
func applied(old store.Object, change Change) store.Changes {
	row := store.Changes{ID: old.ID, FileID: old.FileID, Name: old.Name, Description: old.Description,
		ContentType: old.ContentType, ObjectID: old.ObjectID}
	if old.Price != "" {
		row.Price = &old.Price
	}
	set(&row.Name, change.Name)
	set(&row.Description, change.Description)
	set(&row.Price, change.Price)
	set(&row.ContentType, change.ContentType)
	set(&row.ObjectID, change.ObjectID)
	return row
}

func set[T any](to *T, value *T) {
	if value != nil {
		*to = *value
	}
}

// same says whether the row is what the object is already. Prices are compared as they are written.
func same(row store.Changes, old store.Object) bool {
	price := ""
	if row.Price != nil {
		price = *row.Price
	}
	return row.Name == old.Name && equal(row.Description, old.Description) && price == old.Price &&
		equal(row.ContentType, old.ContentType) && equal(row.ObjectID, old.ObjectID) && equal(row.FileID, old.FileID)
}

func equal[T comparable](a, b *T) bool { return a == b || a != nil && b != nil && *a == *b }

// replaced frees the file that an object had before.
func (c *Core) replaced(ctx context.Context, old, now *int64) error {
	if old == nil || equal(old, now) {
		return nil
	}
	return c.free(ctx, *old)
}

// Delete removes an object in the name of by; everybody who shows it forgets it by the event.
//
// Errors: errs.ErrNotFound, also for somebody else's.
func (c *Core) Delete(ctx context.Context, by authn.Principal, id int64) error {
	return c.tx(ctx, func(ctx context.Context) error {
		if _, err := c.own(ctx, by, id); err != nil {
			return err
		}
		return c.remove(ctx, id)
	})
}

// remove deletes objects, in a transaction, frees their files and tells of it. Ids of nothing are fine.
func (c *Core) remove(ctx context.Context, ids ...int64) error {
	locked, err := c.store.Lock(ctx, ids...)
	if err != nil || len(locked) == 0 {
		return err
	}
	objects, err := c.store.Objects(ctx, ids)
	if err != nil {
		return err
	}
	if err := c.store.Delete(ctx, ids); err != nil {
		return err
	}
	var files []int64
	var events []bus.Payload
	for _, o := range objects {
		events = append(events, media.Deleted{MediaID: o.ID, URL: c.address(o)})
		if o.FileID != nil {
			files = append(files, *o.FileID)
		}
	}
	if err := c.publish(ctx, events...); err != nil {
		return err
	}
	return c.free(ctx, files...)
}

// free removes files that no object has any more, and has their bytes removed after the commit.
func (c *Core) free(ctx context.Context, files ...int64) error {
	if len(files) == 0 {
		return nil
	}
	freed, err := c.store.FreeFiles(ctx, files)
	if err != nil {
		return err
	}
	for _, f := range freed {
		if err := c.publish(ctx, media.BytesFreed{FileID: f.ID, Keys: allKeys(f.Key, media.Kind(f.Kind))}); err != nil {
			return err
		}
	}
	return nil
}
