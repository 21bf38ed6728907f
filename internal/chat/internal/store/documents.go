package store

import (
	"context"
	"slices"

	"agrovet/internal/chat"
	"agrovet/internal/chat/internal/store/chatdb"
	"agrovet/internal/platform/search"
)

// partSize is how many entries of a room share marked terms: a search asks the index for one such part of one
// room at a time, the newest first, and stops when it has enough.
const partSize = 512

// Document is what a search finds a message by.
type Document struct {
	ID, RoomID, Seq int64
	Terms           []int64
}

// marked are the terms, each marked with the part of the room in which the message stands (see part in find.go).
func (d Document) marked() []int64 {
	bucket := d.RoomID*partSpread + d.Seq/partSize
	out := make([]int64, len(d.Terms))
	for i, t := range d.Terms {
		out[i] = search.InBucket(t, bucket)
	}
	slices.Sort(out)
	return out
}

// AddDocuments stores those of messages that have none.
func (s Store) AddDocuments(ctx context.Context, docs []Document) error {
	rows := make([]chatdb.DocumentAddParams, len(docs))
	for i, d := range docs {
		rows[i] = chatdb.DocumentAddParams{EntryID: d.ID, RoomID: d.RoomID, Seq: d.Seq, Terms: d.marked()}
	}
	return s.DB.Tx(ctx, func(ctx context.Context) error {
		var failed error
		queries.DocumentAdd(ctx, s.DB.Q(ctx), rows).Exec(func(_ int, err error) {
			if failed == nil {
				failed = err
			}
		})
		return failed
	})
}

// PutDocument stores what a message that was changed is found by. One that was deleted keeps a document without
// terms: so whoever is just making it one of what it said waits, and makes none.
func (s Store) PutDocument(ctx context.Context, d Document) error {
	return queries.DocumentPut(ctx, s.DB.Q(ctx), chatdb.DocumentPutParams{EntryID: d.ID, RoomID: d.RoomID, Seq: d.Seq, Terms: d.marked()})
}

// Documented is up to which ids messages have their documents.
type Documented struct {
	Reached  int64 // up to it, but for those that came late
	Done     int64 // of those up to it none can come any more
	Fence    int64 // those up to it are all to be seen once
	FenceXID int64 // all transactions before this one have ended,
	Passed   bool  // which they have
	NowXID   int64 // the next transaction's, when this was read
	Last     int64 // the highest id
}

// Documented returns it.
func (s Store) Documented(ctx context.Context) (Documented, error) {
	r, err := queries.Documented(ctx, s.DB.Q(ctx))
	return Documented{r.ReachedID, r.DoneID, r.FenceID, r.FenceXid, r.Passed, r.NowXid, r.LastID}, err
}

// DocumentedTo notes it, unless it is not any more what it was: then an import has brought messages below.
func (s Store) DocumentedTo(ctx context.Context, was, d Documented) error {
	return queries.DocumentedTo(ctx, s.DB.Q(ctx), chatdb.DocumentedToParams{ReachedID: d.Reached, DoneID: d.Done, FenceID: d.Fence, FenceXid: d.FenceXID,
		WasReachedID: was.Reached, WasDoneID: was.Done, WasFenceXid: was.FenceXID})
}

// Undocumented are messages between two ids that have no document, by id, at most limit.
func (s Store) Undocumented(ctx context.Context, above, upTo int64, limit int) ([]chat.Entry, error) {
	rows, err := queries.Undocumented(ctx, s.DB.Q(ctx), chatdb.UndocumentedParams{Above: above, UpTo: upTo, MaxRows: int32(limit)})
	out := make([]chat.Entry, len(rows))
	for i, r := range rows {
		out[i] = chat.Entry{ID: r.ID, RoomID: r.RoomID, Seq: r.Seq, Content: r.Content}
	}
	return out, err
}
