package blobtest

import (
	"context"
	"io"
	"sync"

	"agrovet/internal/media/internal/blob"
)

// Faulty is a store that fails when a test wants it to: &Faulty{Store: store}. Each of its Fail methods
// says how calls that begin from now on fail; nil heals. What is under way goes on as it began.
type Faulty struct {
	blob.Store

	mu                 sync.Mutex
	put, open, removal fault
}

type fault struct {
	err   error
	after int64
}

// FailPut has Put fail with err once it has read after bytes of its reader, so that shorter ones
// succeed; at 0, before it does anything.
func (f *Faulty) FailPut(err error, after int64) { f.set(&f.put, fault{err, after}) }

// FailOpen has what is opened fail with err once after bytes of it have been read; at 0, Open fails,
// and below, the first Read does: what was opened is gone since.
func (f *Faulty) FailOpen(err error, after int64) { f.set(&f.open, fault{err, after}) }

// FailDelete has Delete fail with err before it does anything.
func (f *Faulty) FailDelete(err error) { f.set(&f.removal, fault{err, 0}) }

func (f *Faulty) set(which *fault, to fault) {
	f.mu.Lock()
	defer f.mu.Unlock()
	*which = to
}

func (f *Faulty) get(which *fault) fault {
	f.mu.Lock()
	defer f.mu.Unlock()
	return *which
}

// Put implements blob.Store.
func (f *Faulty) Put(ctx context.Context, key string, r io.Reader, size int64, h blob.Headers) error {
	fault := f.get(&f.put)
	switch {
	case fault.err == nil:
		return f.Store.Put(ctx, key, r, size, h)
	case fault.after == 0:
		return fault.err
	}
	return f.Store.Put(ctx, key, &faultyReader{r, fault}, size, h)
}

// Open implements blob.Store.
func (f *Faulty) Open(ctx context.Context, key string) (blob.Blob, error) {
	fault := f.get(&f.open)
	if fault.err != nil && fault.after == 0 {
		return nil, fault.err
	}
	b, err := f.Store.Open(ctx, key)
	if err != nil || fault.err == nil {
		return b, err
	}
	return &faultyBlob{b, faultyReader{b, fault}}, nil
}

// Delete implements blob.Store.
func (f *Faulty) Delete(ctx context.Context, keys ...string) error {
	if fault := f.get(&f.removal); fault.err != nil {
		return fault.err
	}
	return f.Store.Delete(ctx, keys...)
}

// faultyReader fails after some bytes.
type faultyReader struct {
	r io.Reader
	fault
}

func (r *faultyReader) Read(p []byte) (int, error) {
	if r.after <= 0 {
		return 0, r.err
	}
	n, err := r.r.Read(p[:min(int64(len(p)), r.after)])
	r.after -= int64(n)
	return n, err
}

type faultyBlob struct {
	blob.Blob
	reader faultyReader
}

func (b *faultyBlob) Read(p []byte) (int, error) { return b.reader.Read(p) }
