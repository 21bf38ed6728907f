package core

import (
	"context"
	"maps"
	"slices"

	"agrovet/internal/chat"
	"agrovet/internal/chat/internal/store"
	"agrovet/internal/platform/errs"
)

const (
	markedShown = 100  // messages of which others learn that they were got or read
	markedMost  = 1000 // messages of which the reader learns it
	maxMarkIDs  = 1000 // that name what was read
)

// want is how far somebody says that they are in a room.
type want struct {
	store.Seat
	upTo int64 // 0: all there is
	read bool  // else delivered
}

// passed is what somebody has got or read now: messages are the newest that others wrote, newest first.
type passed struct {
	Marked
	messages []chat.Entry
}

// Read notes that a member has read a room up to an entry, or, for 0, all of it. It returns the ids of the
// messages of others that are read now and were not before: the newest 1,000, oldest first.
//
// Errors: chat.ErrNoRoom, chat.ErrNotMember.
func (c *Core) Read(ctx context.Context, roomID, userID, upToSeq int64) ([]int64, error) {
	if _, _, err := c.Member(ctx, roomID, userID); err != nil {
		return nil, err
	}
	all, err := c.note(ctx, []want{{store.Seat{RoomID: roomID, UserID: userID}, max(0, upToSeq), true}})
	ids := []int64{}
	for _, p := range all {
		if p.Read {
			for _, m := range slices.Backward(p.messages) {
				ids = append(ids, m.ID)
			}
		}
	}
	return ids, err
}

// ReadMessages is Read up to the newest of those of the messages that are in the room. When none is, nothing
// is read.
func (c *Core) ReadMessages(ctx context.Context, roomID, userID int64, ids []int64) ([]int64, error) {
	if len(ids) > maxMarkIDs {
		return nil, errs.InField("message_ids", "Son demasiados mensajes.", "There are too many messages.")
	}
	if _, _, err := c.Member(ctx, roomID, userID); err != nil {
		return nil, err
	}
	seq, err := c.store.NewestOf(ctx, roomID, ids)
	if err != nil || seq == 0 {
		return []int64{}, err
	}
	return c.Read(ctx, roomID, userID, seq)
}

// Delivered notes that a device of a person has all entries of rooms up to some, by room. Rooms that are not
// theirs are ignored, and nobody has more than there is.
func (c *Core) Delivered(ctx context.Context, userID int64, upTo map[int64]int64) error {
	var wants []want
	for room, seq := range upTo {
		if seq > 0 {
			wants = append(wants, want{store.Seat{RoomID: room, UserID: userID}, seq, false})
		}
	}
	if len(wants) == 0 {
		return nil
	}
	_, err := c.note(ctx, wants)
	return err
}

// note moves a person on, together with others who move at the same time.
func (c *Core) note(ctx context.Context, wants []want) ([]passed, error) {
	if c.DB.InTx(ctx) {
		return one(c.mark(ctx, [][]want{wants}))
	}
	return c.marks.ask(ctx, wants)
}

// mark moves members on in one transaction, and tells those who are connected what is new to them. It
// returns, of each asker, what they have passed now.
func (c *Core) mark(ctx context.Context, asked [][]want) (out [][]passed, err error) {
	var all []passed
	err = c.DB.Tx(ctx, func(ctx context.Context) error {
		all, err = c.markLocked(ctx, slices.Concat(asked...))
		return err
	})
	if err != nil {
		return nil, err
	}
	c.tellMarked(ctx, all)
	for _, wants := range asked {
		out = append(out, slices.DeleteFunc(slices.Clone(all), func(p passed) bool {
			return !slices.ContainsFunc(wants, func(w want) bool { return w.Seat == store.Seat{RoomID: p.RoomID, UserID: p.UserID} })
		}))
	}
	return out, nil
}

func (c *Core) markLocked(ctx context.Context, wants []want) ([]passed, error) {
	bySeat := map[store.Seat][]want{}
	for _, w := range wants {
		bySeat[w.Seat] = append(bySeat[w.Seat], w)
	}
	locked, err := c.store.LockSeats(ctx, slices.Collect(maps.Keys(bySeat)))
	if err != nil {
		return nil, err
	}
	var s steps
	for _, reach := range locked {
		s.take(reach, bySeat[store.Seat{RoomID: reach.RoomID, UserID: reach.UserID}])
	}
	if len(s.members) == 0 {
		return nil, nil
	}
	if err := c.store.Advance(ctx, s.members, s.marks); err != nil {
		return nil, err
	}
	most := markedShown
	if slices.ContainsFunc(wants, func(w want) bool { return w.read }) {
		most = markedMost
	}
	messages, err := c.store.PassedMessages(ctx, s.stretches, most)
	if err != nil {
		return nil, err
	}
	for i := range s.passed {
		s.passed[i].messages = messages[i]
	}
	return s.passed, nil
}

// tellMarked tells those who are connected, once it is stored. Who reads has got it, too: one is told.
func (c *Core) tellMarked(ctx context.Context, all []passed) {
	read := map[store.Seat]int64{}
	for _, p := range all {
		if p.Read {
			read[store.Seat{RoomID: p.RoomID, UserID: p.UserID}] = p.UpTo
		}
	}
	var told []Marked
	for _, p := range all {
		if !p.Read && read[store.Seat{RoomID: p.RoomID, UserID: p.UserID}] >= p.UpTo {
			continue
		}
		m := p.Marked
		for _, e := range p.messages[:min(len(p.messages), markedShown)] {
			m.Messages = append(m.Messages, MarkedMessage{e.ID, e.Seq, e.UserID})
		}
		told = append(told, m)
	}
	if len(told) > 0 {
		late := c.DB.Outside(ctx)
		c.DB.AfterCommit(ctx, func() { c.Line.Marked(late, told) })
	}
}
