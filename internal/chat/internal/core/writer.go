package core

import (
	"context"
	"slices"

	"agrovet/internal/chat"
	"agrovet/internal/platform/bus"
)

// sent is what came of a message.
type sent struct {
	Shown
	repeated bool
	busy     bool  // somebody else holds the room: nothing was done
	err      error // it was refused
}

// write stores messages in one transaction, whatever rooms they are for, and has them shown to those who
// are connected; it returns what came of each, for each who asked. Each is refused alone. It takes the same number of round trips for one as for many: the
// rooms are locked in the order of their ids; what decides is read behind the locks, so that nobody is put
// out, blocked or repeats themselves meanwhile; and all are written at once.
func (c *Core) write(ctx context.Context, asked [][]chat.Entry) (out [][]sent, err error) {
	return c.writeTo(ctx, asked, true)
}

// writeNow is write without messages to rooms that others hold, who may take their time.
func (c *Core) writeNow(ctx context.Context, asked [][]chat.Entry) (out [][]sent, err error) {
	return c.writeTo(ctx, asked, false)
}

func (c *Core) writeTo(ctx context.Context, asked [][]chat.Entry, wait bool) (out [][]sent, err error) {
	c.talked.Add(1)
	var all []sent
	var fresh []bool
	err = c.DB.Tx(ctx, func(ctx context.Context) error {
		all, fresh, err = c.writeLocked(ctx, slices.Concat(asked...), wait)
		return err
	})
	if err != nil {
		return nil, err
	}
	c.showSent(ctx, all, fresh)
	for _, messages := range asked {
		out = append(out, all[:len(messages):len(messages)])
		all = all[len(messages):]
	}
	return out, nil
}

func (c *Core) writeLocked(ctx context.Context, messages []chat.Entry, wait bool) (out []sent, fresh []bool, err error) {
	rooms, standings, err := c.store.Decide(ctx, messages, wait)
	if err != nil {
		return nil, nil, err
	}
	b := newBatch(messages)
	for i, s := range standings {
		b.decide(i, rooms[messages[i].RoomID], s)
	}
	if err := c.store.Append(ctx, b.rooms, b.fresh); err != nil {
		return nil, nil, err
	}
	if err := c.publishSent(ctx, b.fresh); err != nil {
		return nil, nil, err
	}
	stored, err := c.storedAgain(ctx, b)
	if err != nil {
		return nil, nil, err
	}
	return b.out(stored), b.isFresh, nil
}

// publishSent tells other modules of messages, and media of the files that they show.
func (c *Core) publishSent(ctx context.Context, messages []chat.Entry) error {
	var events []bus.Payload
	for _, e := range messages {
		events = append(events, chat.MessageSent{MessageID: e.ID, RoomID: e.RoomID, SenderID: e.UserID, Seq: e.Seq})
		if e.MediaID != 0 {
			events = append(events, showsMedia(e.ID, e.MediaID))
		}
	}
	return c.Outbox.Publish(ctx, events...)
}

// storedAgain are the messages of a batch that were stored before.
func (c *Core) storedAgain(ctx context.Context, b *batch) (map[place]chat.Entry, error) {
	if len(b.again) == 0 {
		return nil, nil
	}
	var rooms, seqs []int64
	for _, p := range b.again {
		rooms, seqs = append(rooms, p.room), append(seqs, p.seq)
	}
	found, err := c.store.EntriesAt(ctx, rooms, seqs)
	out := make(map[place]chat.Entry, len(found))
	for _, e := range found {
		out[place{e.RoomID, e.Seq}] = e
	}
	return out, err
}

// showSent adds names and files to what was stored, for the senders and for those who are connected.
func (c *Core) showSent(ctx context.Context, out []sent, fresh []bool) {
	late := c.DB.Outside(ctx)
	ctx, cancel := context.WithTimeout(ctx, tellWithin)
	defer cancel()
	entries, at := make([]chat.Entry, 0, len(out)), make([]int, 0, len(out))
	for i, s := range out {
		if s.err == nil && !s.busy {
			entries, at = append(entries, s.Entry), append(at, i)
		}
	}
	news := make([]Shown, 0, len(out))
	for i, s := range c.show(ctx, entries) {
		out[at[i]].Shown = s
		if fresh[at[i]] {
			news = append(news, s)
		}
	}
	if len(news) > 0 {
		c.DB.AfterCommit(ctx, func() { c.Line.Entries(late, news) })
	}
}
