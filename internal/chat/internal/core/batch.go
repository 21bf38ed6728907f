package core

import (
	"agrovet/internal/chat"
	"agrovet/internal/chat/internal/store"
)

// batch is messages that are stored together.
type batch struct {
	messages []chat.Entry
	refused  []error
	busy     []bool
	isFresh  []bool
	at       []int                // of the fresh ones: which of fresh; else -1
	fresh    []chat.Entry         // to be stored
	rooms    map[int64]*chat.Room // that get fresh ones
	again    map[int]place        // stored before
	keys     map[senderKey]int    // fresh ones with a key: which of fresh
}

type senderKey struct {
	room, sender int64
	key          string
}

func newBatch(messages []chat.Entry) *batch {
	n := len(messages)
	return &batch{messages: messages, refused: make([]error, n), busy: make([]bool, n), isFresh: make([]bool, n), at: make([]int, n), fresh: make([]chat.Entry, 0, n),
		rooms: map[int64]*chat.Room{}, again: map[int]place{}, keys: map[senderKey]int{}}
}

// decide says what becomes of one of the messages.
func (b *batch) decide(i int, r *chat.Room, s store.Standing) {
	m := b.messages[i]
	b.at[i] = -1
	k := senderKey{m.RoomID, m.UserID, m.ClientKey}
	twin, doubled := b.keys[k]
	switch {
	case !s.Room:
		b.refused[i] = chat.ErrNoRoom
	case r == nil:
		b.busy[i] = true
	case !s.Member:
		b.refused[i] = chat.ErrNotMember
	case s.StoredSeq != 0:
		b.again[i] = place{m.RoomID, s.StoredSeq}
	case m.ClientKey != "" && doubled:
		b.at[i] = twin
	case s.Blocked:
		b.refused[i] = chat.ErrBlocked
	case !s.ReplyIsThere:
		b.refused[i] = errReply
	default:
		b.isFresh[i], b.at[i], b.keys[k], b.rooms[r.ID] = true, len(b.fresh), len(b.fresh), r
		b.fresh = append(b.fresh, m)
	}
}

// out is what came of all, once they are stored.
func (b *batch) out(stored map[place]chat.Entry) []sent {
	out := make([]sent, len(b.messages))
	for i := range out {
		out[i].err, out[i].busy, out[i].repeated = b.refused[i], b.busy[i], !b.isFresh[i]
		if p, ok := b.again[i]; ok {
			out[i].Entry = stored[p]
		} else if b.at[i] >= 0 {
			out[i].Entry = b.fresh[b.at[i]]
		}
	}
	return out
}
