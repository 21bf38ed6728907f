// Package mediatest is for tests that meet media: a fake for other modules' tests, and the checks
// that every media.Service passes.
package mediatest

import (
	"context"
	"fmt"
	"io"
	"slices"
	"sync"

	"agrovet/internal/media"
)

// Fake is a media.Service in memory. Its zero value has no objects.
type Fake struct {
	mu      sync.Mutex
	last    int64
	objects map[int64]media.Object
	bytes   map[int64][]byte
	err     error
}

var _ media.Service = (*Fake)(nil)

// Put keeps an object as it is, under its id, or under a new one when it has none; it returns the id.
func (f *Fake) Put(o media.Object) int64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.put(o)
}

func (f *Fake) put(o media.Object) int64 {
	if o.ID == 0 {
		f.last++
		o.ID = f.last
	}
	f.last = max(f.last, o.ID)
	if o.URL == "" && !o.Private {
		o.URL = fmt.Sprintf("/media/media/%d.jpg", o.ID)
	}
	if f.objects == nil {
		f.objects, f.bytes = map[int64]media.Object{}, map[int64][]byte{}
	}
	f.objects[o.ID] = o
	return o.ID
}

// Remove forgets an object. No event tells of it.
func (f *Fake) Remove(id int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.objects, id)
}

// Fail makes every call return err, until it is called with nil.
func (f *Fake) Fail(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.err = err
}

// Bytes is what was uploaded as the object.
func (f *Fake) Bytes(id int64) []byte {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.bytes[id]
}

// Objects returns those that are there.
func (f *Fake) Objects(_ context.Context, ids ...int64) (map[int64]media.Object, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.err != nil {
		return nil, f.err
	}
	found := map[int64]media.Object{}
	for _, id := range ids {
		if o, ok := f.objects[id]; ok {
			found[id] = o
		}
	}
	return found, nil
}

// Claim takes unclaimed objects for the user.
func (f *Fake) Claim(_ context.Context, userID int64, ids ...int64) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.err != nil {
		return f.err
	}
	var wrong []int64
	for _, id := range ids {
		if o, ok := f.objects[id]; !ok || o.OwnerID != 0 && o.OwnerID != userID {
			wrong = append(wrong, id)
		}
	}
	if len(wrong) > 0 {
		slices.Sort(wrong)
		return &media.NotOwned{IDs: slices.Compact(wrong)}
	}
	for _, id := range ids {
		o := f.objects[id]
		o.OwnerID = userID
		f.objects[id] = o
	}
	return nil
}

// Links are addresses that nobody answers.
func (f *Fake) Links(_ context.Context, ids ...int64) (map[int64]string, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.err != nil {
		return nil, f.err
	}
	links := map[int64]string{}
	for _, id := range ids {
		if o, ok := f.objects[id]; ok && o.Private {
			links[id] = fmt.Sprintf("/media/private/%d/signed", id)
		}
	}
	return links, nil
}

// Upload keeps the bytes; whatever they are, they are a picture, and a document in the private folder.
func (f *Fake) Upload(_ context.Context, u media.Upload) (media.Object, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.err != nil {
		return media.Object{}, f.err
	}
	if u.Size == 0 {
		return media.Object{}, media.ErrEmpty
	}
	content, err := io.ReadAll(io.NewSectionReader(u.Content, 0, u.Size))
	if err != nil {
		return media.Object{}, err
	}
	o := media.Object{OwnerID: u.OwnerID, Name: u.Name, Kind: media.Image, MIME: "image/jpeg", Size: u.Size}
	if o.Private = u.Folder == media.FolderVerification; o.Private {
		o.Kind, o.MIME = media.Document, "application/pdf"
	}
	id := f.put(o)
	f.bytes[id] = content
	return f.objects[id], nil
}
