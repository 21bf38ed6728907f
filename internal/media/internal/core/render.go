package core

import (
	"bytes"
	"context"
	"errors"

	"agrovet/internal/media"
	"agrovet/internal/media/internal/blob"
	"agrovet/internal/media/internal/content"
	"agrovet/internal/media/internal/picture"
	"agrovet/internal/media/internal/store"
	"agrovet/internal/platform/bus"
	"agrovet/internal/platform/errs"
)

// The handlers of media's own events. What they do to the store of bytes may happen again, with the
// same outcome, because keys follow from the file's.

var webP = content.Type{Kind: media.Image, MIME: "image/webp", Ext: ".webp"}

// MakeRenditions makes the smaller copies of a new picture, once, and tells whose objects it is.
func (c *Core) MakeRenditions(ctx context.Context, e media.FileStored) error {
	f, err := c.store.LockFile(ctx, e.FileID)
	switch {
	case errors.Is(err, errs.ErrNotFound), err == nil && f.State != store.Pending: // gone, or done
		return nil
	case err != nil:
		return err
	}
	set, err := c.render(ctx, f)
	if errors.Is(err, media.ErrDamaged) || errors.Is(err, media.ErrPixels) || errors.Is(err, blob.ErrNotFound) {
		c.log.WarnContext(ctx, "no renditions of a picture", "file", f.ID, "error", err)
		return c.store.Rendered(ctx, f.ID, store.Failed, "", nil) // trying again would not help
	}
	if err != nil {
		return err
	}
	kept, err := c.keep(ctx, f, set)
	if err != nil {
		return err
	}
	if err := c.store.Rendered(ctx, f.ID, store.Stored, set.Preview, kept); err != nil {
		return err
	}
	return c.tellOf(ctx, f)
}

func (c *Core) render(ctx context.Context, f store.File) (picture.Set, error) {
	b, err := c.blobs.Open(ctx, f.Key)
	if err != nil {
		return picture.Set{}, err
	}
	defer b.Close()
	return c.studio.Renditions(ctx, b, f.Mime)
}

// keep stores the copies.
func (c *Core) keep(ctx context.Context, f store.File, set picture.Set) (kept []store.Rendition, err error) {
	for _, r := range set.Renditions {
		key, size := renditionKey(f.Key, r.Name), int64(len(r.Bytes))
		if err := c.blobs.Put(ctx, key, bytes.NewReader(r.Bytes), size, headers(webP)); err != nil {
			return nil, err
		}
		kept = append(kept, store.Rendition{Name: r.Name, Key: key, Width: r.Width, Height: r.Height, Size: size})
	}
	return kept, nil
}

// tellOf publishes that the objects of a file have changed.
func (c *Core) tellOf(ctx context.Context, f store.File) error {
	ids, err := c.store.OfFile(ctx, f.ID)
	if err != nil {
		return err
	}
	var events []bus.Payload
	for _, id := range ids {
		events = append(events, media.Updated{MediaID: id, URL: c.addressOf(f.Private, f.Key)})
	}
	return c.publish(ctx, events...)
}

// RemoveBytes removes bytes that nothing has any more. While the store is away the event waits.
func (c *Core) RemoveBytes(ctx context.Context, e media.BytesFreed) error {
	return c.blobs.Delete(ctx, e.Keys...)
}

// allKeys are all keys that a file of the kind may have bytes under.
func allKeys(key string, kind media.Kind) []string {
	keys := []string{key}
	if kind == media.Image {
		for _, s := range picture.Sizes {
			keys = append(keys, renditionKey(key, s.Name))
		}
	}
	return keys
}
