package chatmod_test

import (
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/require"

	"agrovet/internal/chat/chatmod"
)

// While one of two blocks the other, neither sees in their private room that the other one is writing. In groups
// everybody does.
func TestTypingIsNotShownBetweenWhoBlocks(t *testing.T) {
	w := setup(t)
	at := w.serve()
	room, group := w.paired(ana, luis), w.grouped(ana, luis, beto)
	a, l := w.dial(at, "/ws/", ana), w.dial(at, "/ws/", luis)
	a.await("welcome")
	l.await("welcome")
	for _, blocker := range []int64{ana, luis} {
		w.blocked(blocker, ana+luis-blocker)
		for writer, reader := range map[*line]*line{a: l, l: a} {
			writer.send(object{"type": "typing", "room_id": room})
			has(t, writer.await("error"), object{"code": "chat.blocked"})
			writer.send(object{"type": "typing", "room_id": group})
			has(t, reader.await("typing"), object{"room": float64(group)})
		}
		w.as(blocker, "DELETE", path("chat/blocks/%d/", ana+luis-blocker), nil).ok(204)
	}
	a.send(object{"type": "typing", "room_id": room})
	has(t, l.await("typing"), object{"room": float64(room), "user_id": float64(ana)})
}

// Who is blocked while both are online learns of no coming and going from then on, and is not told to the blocker
// either.
func TestPresenceEndsWithABlock(t *testing.T) {
	w := setup(t, func(c *chatmod.Config) { c.Live.Grace = 20 * time.Millisecond })
	at := w.serve()
	w.paired(ana, luis)
	w.paired(ana, beto)
	w.paired(luis, beto)
	l := w.dial(at, "/ws/presence/", luis)
	l.silent()
	b := w.dial(at, "/ws/presence/", beto)
	l.about("presence.online", beto)
	a := w.dial(at, "/ws/", ana)
	for _, x := range []*line{l, b} {
		x.about("presence.online", ana)
	}
	w.blocked(ana, luis)
	require.NoError(t, a.c.Close(websocket.StatusNormalClosure, ""))
	b.about("presence.offline", ana)
	a = w.dial(at, "/ws/", ana)
	b.about("presence.online", ana)
	l.silent()
	require.NoError(t, l.c.Close(websocket.StatusNormalClosure, ""))
	b.about("presence.offline", luis)
	a.await("welcome")
	a.silent()

	w.as(ana, "DELETE", path("chat/blocks/%d/", luis), nil).ok(204)
	w.dial(at, "/ws/presence/", luis)
	a.about("presence.online", luis)
}

// silent expects that nothing was sent before the answer to a ping.
func (l *line) silent() {
	l.t.Helper()
	l.send(object{"type": "ping"})
	require.Equal(l.t, object{"type": "pong"}, <-l.frames)
}

// about awaits that somebody came or went.
func (l *line) about(kind string, user int64) {
	l.t.Helper()
	for l.await(kind)["user_id"] != float64(user) {
	}
}
