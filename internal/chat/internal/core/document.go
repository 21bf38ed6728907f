package core

import (
	"context"

	"agrovet/internal/chat"
	"agrovet/internal/chat/internal/store"
	"agrovet/internal/platform/search"
)

// documentsAtOnce is how many messages get their documents in one transaction.
const documentsAtOnce = 500

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
	if d.Passed {
		if err := c.documentBetween(ctx, d.Done, d.Fence); err != nil {
			return err
		}
		d.Done = d.Fence
	}
	if err := c.documentBetween(ctx, max(d.Reached, d.Done), d.Last); err != nil {
		return err
	}
	d.Reached = max(d.Reached, d.Last)
	if d.Passed {
		d.Fence, d.FenceXID = d.Last, d.NowXID
	}
	return c.store.DocumentedTo(ctx, d)
}

func (c *Core) documentBetween(ctx context.Context, above, upTo int64) error {
	for above < upTo {
		messages, err := c.store.Undocumented(ctx, above, upTo, documentsAtOnce)
		if err != nil || len(messages) == 0 {
			return err
		}
		docs := make([]store.Document, len(messages))
		for i, m := range messages {
			docs[i] = c.document(m, m.Content)
		}
		if err := c.store.AddDocuments(ctx, docs); err != nil {
			return err
		}
		above = messages[len(messages)-1].ID
	}
	return nil
}

// document is what a search finds a message by when it says content.
func (c *Core) document(m chat.Entry, content string) store.Document {
	return store.Document{ID: m.ID, RoomID: m.RoomID, Seq: m.Seq, Terms: c.cfg.Analyzer.Text(search.Field{Text: content})}
}

// documentAgain has a message found by what it says now.
func (c *Core) documentAgain(ctx context.Context, m chat.Entry, content string) error {
	return c.store.PutDocument(ctx, c.document(m, content))
}
