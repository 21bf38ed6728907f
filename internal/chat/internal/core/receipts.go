package core

import (
	"context"
	"slices"
	"time"

	"agrovet/internal/chat"
	"agrovet/internal/chat/internal/store"
)

// Receipts adds to messages what the other members of their rooms have got and read, all at once for all.
// A message is for those who were in the room when it was sent and are still. What cannot be had now is left out.
func (c *Core) Receipts(ctx context.Context, shown []Shown) []Shown {
	rooms := map[int64]bool{}
	for _, s := range shown {
		if s.Kind == chat.Message {
			rooms[s.RoomID] = true
		}
	}
	if len(rooms) == 0 {
		return shown
	}
	members, err := c.store.Members(ctx, keys(rooms))
	if err != nil {
		c.Log.WarnContext(ctx, "messages are shown without receipts", "error", err)
		return shown
	}
	marks, err := c.store.Marks(ctx, sights(shown, members))
	if err != nil {
		c.Log.WarnContext(ctx, "messages are shown without times of receipts", "error", err)
	}
	for i := range shown {
		if shown[i].Kind == chat.Message {
			shown[i].receive(members[shown[i].RoomID], marks)
		}
	}
	return shown
}

// receive counts what the members have of a message, and lists it for each where they are few.
func (s *Shown) receive(members []chat.Member, marks map[store.Seat][]store.Mark) {
	few := len(members) <= MaxReceipts+1
	s.Receipts = nil
	s.Recipients, s.DeliveredCount, s.ReadCount = 0, 0, 0
	for _, m := range members {
		if m.UserID == s.UserID || m.FromSeq >= s.Seq {
			continue
		}
		s.Recipients++
		r := Receipt{UserID: m.UserID}
		if m.DeliveredSeq >= s.Seq {
			s.DeliveredCount++
			r.DeliveredAt = when(marks[store.Seat{RoomID: m.RoomID, UserID: m.UserID}], s.Seq, false)
		}
		if m.ReadSeq >= s.Seq {
			s.ReadCount++
			r.ReadAt = when(marks[store.Seat{RoomID: m.RoomID, UserID: m.UserID}], s.Seq, true)
		}
		if few {
			s.Receipts = append(s.Receipts, r)
		}
	}
	s.DeliveredAt, s.ReadAt = s.whole()
}

// whole is when the last of all got a message, and read it; zero: not all have, or it is not known.
func (s *Shown) whole() (delivered, read time.Time) {
	for _, r := range s.Receipts {
		delivered, read = latest(delivered, r.DeliveredAt), latest(read, r.ReadAt)
	}
	if s.DeliveredCount < s.Recipients {
		delivered = time.Time{}
	}
	if s.ReadCount < s.Recipients {
		read = time.Time{}
	}
	return delivered, read
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// when is the time of the first acknowledgement that stands for an entry.
func when(marks []store.Mark, seq int64, read bool) time.Time {
	for _, m := range marks {
		if m.Read == read && m.Seq >= seq {
			return m.At
		}
	}
	return time.Time{}
}

// sightGap is how far apart two messages may be for what lies between them to be read as well.
const sightGap = 100

// sights are the parts of rooms of which the acknowledgements are needed: those of shown messages, by each
// other member, in rooms of few.
func sights(shown []Shown, members map[int64][]chat.Member) (all []store.Sight) {
	seqs := map[int64][]int64{}
	for _, s := range shown {
		if s.Kind == chat.Message && len(members[s.RoomID]) <= MaxReceipts+1 {
			seqs[s.RoomID] = append(seqs[s.RoomID], s.Seq)
		}
	}
	for room, of := range seqs {
		slices.Sort(of)
		for from := 0; from < len(of); {
			to := from
			for to+1 < len(of) && of[to+1]-of[to] <= sightGap {
				to++
			}
			for _, m := range members[room] {
				if m.DeliveredSeq >= of[from] {
					all = append(all, store.Sight{Seat: store.Seat{RoomID: room, UserID: m.UserID}, From: of[from], To: of[to]})
				}
			}
			from = to + 1
		}
	}
	return all
}
