package live

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"agrovet/internal/chat/internal/core"
	"agrovet/internal/chat/internal/hub"
	"agrovet/internal/chat/internal/wire"
)

// marks puts together what members have got and read for a moment, so that receipts do not grow with the
// square of a room: those who did the same are told of by one frame, and who has read is not told of as one
// who has got.
type marks struct {
	live *Live

	mu      sync.Mutex
	pending map[who]*core.Marked
	timer   *time.Timer
}

// who is a member who got, or read.
type who struct {
	room, user int64
	read       bool
}

// Marked is what members have got and read now.
func (l *Live) Marked(_ context.Context, marked []core.Marked) {
	m := &l.marks
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.pending == nil {
		m.pending = map[who]*core.Marked{}
	}
	for _, one := range marked {
		if len(one.Messages) > 0 {
			m.add(one)
		}
	}
	if len(m.pending) > 0 && m.timer == nil {
		m.timer = time.AfterFunc(l.Config.Gather, m.flush)
	}
}

// mostMessages is of how many messages a frame tells.
const mostMessages = 100

func (m *marks) add(one core.Marked) {
	k := who{one.RoomID, one.UserID, one.Read}
	old := m.pending[k]
	if old == nil {
		m.pending[k] = &one
		return
	}
	old.After, old.UpTo = min(old.After, one.After), max(old.UpTo, one.UpTo)
	all := append(slices.Clone(one.Messages), old.Messages...)
	slices.SortFunc(all, func(a, b core.MarkedMessage) int { return cmp.Compare(b.Seq, a.Seq) })
	all = slices.Compact(all)
	old.Messages = all[:min(len(all), mostMessages)]
}

// flush tells of all that was put together.
func (m *marks) flush() {
	m.mu.Lock()
	pending := m.pending
	m.pending, m.timer = nil, nil
	m.mu.Unlock()
	for k := range pending {
		if read := pending[who{k.room, k.user, true}]; !k.read && read != nil && read.UpTo >= pending[k].UpTo && read.After <= pending[k].After {
			delete(pending, k)
		}
	}
	same := map[span][]*core.Marked{}
	for _, one := range pending {
		s := span{one.RoomID, one.Read, one.UpTo}
		same[s] = append(same[s], one)
	}
	for _, s := range slices.SortedFunc(maps.Keys(same), func(a, b span) int { return cmp.Compare(a.upTo, b.upTo) }) {
		if s.read {
			m.read(s, same[s])
		} else {
			m.delivered(s, same[s])
		}
	}
}

// span is what some members have got or read alike.
type span struct {
	room int64
	read bool
	upTo int64
}

// read tells of those who have read; in large rooms, the authors and the readers' other devices alone.
func (m *marks) read(s span, all []*core.Marked) {
	f := wire.Read{Type: wire.TypeRead, RoomIDs: wire.RoomIDsOf(s.room), Seq: s.upTo}
	told := map[int64]struct{}{}
	seqs := map[int64]int64{}
	for _, one := range all {
		f.UserIDs = append(f.UserIDs, one.UserID)
		told[one.UserID] = struct{}{}
		for _, message := range one.Messages {
			told[message.SenderID] = struct{}{}
			seqs[message.ID] = message.Seq
		}
	}
	slices.Sort(f.UserIDs)
	f.UserID = f.UserIDs[0]
	f.MessageIDs = slices.SortedFunc(maps.Keys(seqs), func(a, b int64) int { return cmp.Compare(seqs[b], seqs[a]) })
	f.MessageIDs = f.MessageIDs[:min(len(f.MessageIDs), mostMessages)]
	m.live.Hub.Publish(hub.Signal{Kind: hub.Marks, Room: s.room, Users: slices.Collect(maps.Keys(told)), Frame: Frame(func() any { return f })})
}

// delivered tells each author who has got their newest message.
func (m *marks) delivered(s span, all []*core.Marked) {
	frames := map[int64]*wire.Delivered{}
	for _, one := range all {
		newest := map[int64]core.MarkedMessage{}
		for _, message := range one.Messages {
			if message.Seq > newest[message.SenderID].Seq {
				newest[message.SenderID] = message
			}
		}
		for author, message := range newest {
			f := frames[author]
			if f == nil {
				f = &wire.Delivered{Type: wire.TypeDelivered, RoomIDs: wire.RoomIDsOf(s.room), Seq: s.upTo, UserID: one.UserID}
				frames[author] = f
			}
			f.MessageID = max(f.MessageID, message.ID)
			f.UserIDs = append(f.UserIDs, one.UserID)
		}
	}
	for author, f := range frames {
		if author == 0 {
			continue
		}
		slices.Sort(f.UserIDs)
		m.live.Hub.Publish(hub.Signal{Kind: hub.ToUsers, Users: []int64{author}, Frame: Frame(func() any { return *f })})
	}
}
