package socket_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/chat"
	"agrovet/internal/chat/internal/core"
	"agrovet/internal/chat/internal/wire"
)

// put tells of entries before it is told who is in the room, as happens when others write meanwhile.
func (w *world) put(room int64, all ...chat.Entry) {
	for _, e := range all {
		e.RoomID = room
		w.live.Entries(context.Background(), []core.Shown{{Entry: e}})
	}
}

// Who is put out gets the entry that says so, and nothing behind it, however late it is known that they are out.
func TestNothingComesBehindOnesOwnLeaving(t *testing.T) {
	w := setup(t)
	stays := w.as(ana, "/ws/")
	stays.await("welcome")
	b, room := w.as(beto, "/ws/"), w.as(beto, "/ws/chat/2/")
	stays.await("presence.online") // so all coming is told
	for _, c := range []*client{b, room} {
		c.send(object{"type": "ping"})
		c.await("pong")
	}
	said := w.rules.Stored(2, luis, "antes")
	left := w.rules.StoredLeaving(2, ana, beto)
	after := w.rules.Stored(2, luis, "después")
	w.put(2, said.Entry, left.Entry, after.Entry)
	require.Equal(t, until(1, 3), stays.seqs(2, 3))
	w.live.Typing(2, luis)
	stays.await("typing")
	for _, c := range []*client{b, room} {
		require.Equal(t, until(1, 2), c.seqs(2, 2))
		c.quiet()
	}
	b.send(object{"type": "resume", "rooms": object{"2": 0}})
	b.quiet()
	w.live.Added(t.Context(), core.At{RoomID: 2}, []chat.Member{{RoomID: 2, UserID: beto, FromSeq: 1}}) // of an earlier joining
	b.await("room_added")
	b.quiet()

	w.live.Added(t.Context(), core.At{RoomID: 2}, []chat.Member{{RoomID: 2, UserID: beto, FromSeq: 3}}) // he is back
	b.await("room_added")
	w.put(2, w.rules.Stored(2, luis, "otra vez").Entry)
	require.Equal(t, until(4, 4), b.seqs(2, 4))

	w.live.Removed(t.Context(), core.At{RoomID: 2}, beto)
	room.ends(wire.CloseNotMember)
}
