package core

import (
	"context"
	"time"

	"agrovet/internal/chat"
	"agrovet/internal/chat/internal/store"
	"agrovet/internal/platform/search"
)

// Making documents is dear to the database, and those who talk come first: so little is done at once, and
// while others talk, with pauses. When more is said than that, it is found later.
const (
	documentsAtOnce = 100 // in one transaction
	documentsPause  = 100 * time.Millisecond
	documentsPauses = 20 // then a run ends, so that what it did is noted
)

// Document makes the documents by which messages are found, of those that are new.
//
// Messages get their ids before they are committed, so a lower one can appear after a higher one. Each run goes
// on behind the highest id that it has seen, and comes back once for those that came late: when all
// transactions that were under way then have ended, nothing below can come any more (sql/chat/queries/find.sql).
func (c *Core) Document(ctx context.Context) error {
	d, err := c.store.Documented(ctx)
	if err != nil {
		return err
	}
	was := d
	if d.Passed {
		if d.Done, err = c.documentBetween(ctx, d.Done, d.Fence); err != nil {
			return err
		}
	}
	reached, err := c.documentBetween(ctx, max(d.Reached, d.Done), d.Last)
	if err != nil {
		return err
	}
	d.Last = reached
	d.Reached = max(d.Reached, d.Last)
	if d.Passed && d.Done >= d.Fence {
		d.Fence, d.FenceXID = d.Last, d.NowXID
	}
	return c.store.DocumentedTo(ctx, was, d)
}

// documentBetween makes documents of messages with ids above one, and returns up to which all have one.
func (c *Core) documentBetween(ctx context.Context, above, upTo int64) (reached int64, err error) {
	for pauses := 0; above < upTo && pauses < documentsPauses; {
		talked := c.talked.Load()
		messages, err := c.store.Undocumented(ctx, above, upTo, documentsAtOnce)
		if err != nil {
			return above, err
		}
		if len(messages) == 0 {
			return upTo, nil
		}
		docs := make([]store.Document, len(messages))
		for i, m := range messages {
			docs[i] = c.document(m, m.Content)
		}
		if err := c.store.AddDocuments(ctx, docs); err != nil {
			return above, err
		}
		above = messages[len(messages)-1].ID
		if len(messages) < documentsAtOnce {
			return upTo, nil
		}
		if c.talked.Load() == talked {
			continue
		}
		pauses++
		if err := pause(ctx, documentsPause); err != nil {
			return above, err
		}
	}
	return above, nil
}

// pause waits, unless ctx ends before.
func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// document is what a search finds a message by when it says content.
func (c *Core) document(m chat.Entry, content string) store.Document {
	return store.Document{ID: m.ID, RoomID: m.RoomID, Seq: m.Seq, Terms: c.cfg.Analyzer.Text(search.Field{Text: content})}
}

// documentAgain has a message found by what it says now.
func (c *Core) documentAgain(ctx context.Context, m chat.Entry, content string) error {
	return c.store.PutDocument(ctx, c.document(m, content))
}
