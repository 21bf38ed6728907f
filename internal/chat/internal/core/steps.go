package core

import (
	"cmp"

	"agrovet/internal/chat"
	"agrovet/internal/chat/internal/store"
)

// steps are what members move on together.
type steps struct {
	members   []chat.Member
	marks     []store.Mark
	passed    []passed
	stretches []store.Passed // those of passed
}

// take moves a member on as far as is wanted and there is. Nobody goes back.
func (s *steps) take(reach store.Reach, wants []want) {
	m := reach.Member
	for _, w := range wants {
		to := min(cmp.Or(w.upTo, reach.LastSeq), reach.LastSeq)
		m.DeliveredSeq = max(m.DeliveredSeq, to)
		if w.read {
			m.ReadSeq = max(m.ReadSeq, to)
		}
	}
	if m == reach.Member {
		return
	}
	s.members = append(s.members, m)
	s.step(m, false, reach.DeliveredSeq, m.DeliveredSeq)
	s.step(m, true, reach.ReadSeq, m.ReadSeq)
}

func (s *steps) step(m chat.Member, read bool, from, to int64) {
	if to <= from {
		return
	}
	seat, above := store.Seat{RoomID: m.RoomID, UserID: m.UserID}, max(from, m.FromSeq)
	s.marks = append(s.marks, store.Mark{Seat: seat, Read: read, Seq: to})
	s.passed = append(s.passed, passed{Marked: Marked{RoomID: m.RoomID, UserID: m.UserID, Read: read, After: above, UpTo: to}})
	s.stretches = append(s.stretches, store.Passed{Seat: seat, Above: above, UpTo: to})
}
