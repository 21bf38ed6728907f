package core

import (
	"context"

	"agrovet/internal/chat"
	"agrovet/internal/chat/internal/store"
)

// MaxBehind is how many entries of a room somebody who comes back may lack and still get one by one. Whoever
// lacks more reads the newest, and goes on from there.
const MaxBehind = 1000

// maxAtOnce is how many entries of all rooms together one answer has.
const maxAtOnce = 2000

// MaxWants is how many rooms can be asked for at once.
const MaxWants = 500

// Want is the entries of a room behind a number.
type Want struct {
	RoomID, After int64
	Limit         int
}

// Last are the numbers of the last entries of rooms. Rooms that are not there are left out.
func (c *Core) Last(ctx context.Context, roomIDs []int64) (map[int64]int64, error) {
	return c.store.LastSeqs(ctx, roomIDs)
}

// After are the entries that are wanted, by room, oldest first. Who may see them is the caller's business.
func (c *Core) After(ctx context.Context, wants []Want) (map[int64][]Shown, error) {
	stretches := make([]store.Stretch, 0, len(wants))
	for _, w := range wants {
		stretches = append(stretches, store.Stretch{RoomID: w.RoomID, Above: w.After, UpTo: w.After + int64(w.Limit)}) // there are no gaps
	}
	found, err := c.store.Between(ctx, stretches)
	if err != nil {
		return nil, err
	}
	out := make(map[int64][]Shown, len(wants))
	for _, s := range c.show(ctx, found) {
		out[s.RoomID] = append(out[s.RoomID], s)
	}
	return out, nil
}

// Part is a part of a room's log.
type Part struct {
	RoomID  int64
	LastSeq int64 // of the whole log
	FromSeq int64 // the entries above it are the reader's to see
	Entries []Shown
	More    bool // there are more on the side that was asked for
	TooFar  bool // more than MaxBehind are missing, and none of them is here
}

// LogAfter is a room's log behind a number, at most limit entries.
//
// Errors: chat.ErrNoRoom, chat.ErrNotMember.
func (c *Core) LogAfter(ctx context.Context, roomID, userID, after int64, limit int) (Part, error) {
	r, m, err := c.Member(ctx, roomID, userID)
	if err != nil {
		return Part{}, err
	}
	above := max(after, m.FromSeq)
	return c.part(ctx, r, m, above, min(above+int64(limit), r.LastSeq), above+int64(limit) < r.LastSeq)
}

// LogBefore is a room's log before a number, at most limit entries.
//
// Errors: chat.ErrNoRoom, chat.ErrNotMember.
func (c *Core) LogBefore(ctx context.Context, roomID, userID, before int64, limit int) (Part, error) {
	r, m, err := c.Member(ctx, roomID, userID)
	if err != nil {
		return Part{}, err
	}
	upTo := min(before-1, r.LastSeq)
	above := max(upTo-int64(limit), m.FromSeq)
	return c.part(ctx, r, m, above, upTo, above > m.FromSeq)
}

func (c *Core) part(ctx context.Context, r chat.Room, m chat.Member, above, upTo int64, more bool) (Part, error) {
	p := Part{RoomID: r.ID, LastSeq: r.LastSeq, FromSeq: m.FromSeq, More: more}
	if upTo <= above {
		return p, nil
	}
	found, err := c.store.Between(ctx, []store.Stretch{{RoomID: r.ID, Above: above, UpTo: upTo}})
	if err != nil {
		return p, err
	}
	p.Entries = c.show(ctx, found)
	return p, nil
}

// Missing is what somebody lacks who has rooms up to some numbers: a part for each of the rooms that are
// theirs, in the order asked for. One answer has a limited number of entries; where More is set, it goes on
// behind the last one.
func (c *Core) Missing(ctx context.Context, userID int64, has []Want) (parts []Part, err error) {
	ids := make([]int64, len(has))
	for i, w := range has {
		ids[i] = w.RoomID
	}
	reaches, err := c.store.Reaches(ctx, userID, ids)
	if err != nil {
		return nil, err
	}
	var wants []Want
	left := maxAtOnce
	for _, w := range has {
		reach, ok := reaches[w.RoomID]
		if !ok {
			continue
		}
		p, lacks := behind(reach, w.After, &left)
		parts = append(parts, p)
		if lacks.Limit > 0 {
			wants = append(wants, lacks)
		}
	}
	if len(wants) == 0 {
		return parts, nil
	}
	found, err := c.After(ctx, wants)
	for i := range parts {
		parts[i].Entries = found[parts[i].RoomID]
	}
	return parts, err
}

// behind is what somebody lacks of a room, as far as there is room left in the answer.
func behind(reach store.Reach, after int64, left *int) (Part, Want) {
	p := Part{RoomID: reach.RoomID, LastSeq: reach.LastSeq, FromSeq: reach.FromSeq}
	above := max(after, reach.FromSeq)
	lacks := max(0, reach.LastSeq-above)
	if p.TooFar = lacks > MaxBehind; p.TooFar {
		return p, Want{}
	}
	n := min(int(lacks), *left)
	*left -= n
	p.More = int64(n) < lacks
	return p, Want{reach.RoomID, above, n}
}
