package socket_test

import (
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/require"

	"agrovet/internal/chat/internal/live"
)

// §5: what the original's client asks right after opening.
func TestOnlineUsersList(t *testing.T) {
	w := setup(t)
	a := w.as(ana, "/ws/presence/")
	a.quiet()
	a.send(object{"type": "get_online_users"})
	require.Equal(t, object{"type": "online_users_list", "users": []any{1.0}}, a.next())
	w.as(zoe, "/ws/presence/") // shares no room: fault 7
	w.as(beto, "/ws/chat/3/")  // fault 8: any socket counts
	has(t, a.next(), object{"type": "presence.online", "user_id": 3.0})
	a.send(object{"type": "get_online_users"})
	require.Equal(t, []any{1.0, 3.0}, a.next()["users"])
	a.send(object{"type": "get_online_users", "users": []int{3, 9}})
	require.Equal(t, []any{3.0}, a.next()["users"])
	w.rules.Fail(errAway)
	a.send(object{"type": "get_online_users"})
	require.Equal(t, object{"type": "online_users_list", "users": []any{}}, a.next())
}

// Fault 6: only the first tab and the last one are told of, and a page that changes is neither. One's own
// sockets learn nothing of oneself.
func TestTabsAreCounted(t *testing.T) {
	w := setup(t, func(c *live.Config) { c.Grace = 300 * time.Millisecond })
	a := w.as(ana, "/ws/presence/")
	a.quiet()
	first := w.as(luis, "/ws/presence/")
	has(t, a.next(), object{"type": "presence.online", "user_id": 2.0})
	second := w.as(luis, "/ws/")
	second.await("welcome")
	a.quiet()
	first.close()
	second.close()
	third := w.as(luis, "/ws/chat/1/") // within the grace
	third.quiet()
	time.Sleep(600 * time.Millisecond) // twice the grace: nothing may come
	a.quiet()
	third.close()
	o := a.next()
	has(t, o, object{"type": "presence.offline", "user_id": 2.0})
	require.NotEmpty(t, o["last_seen"])
	a.quiet()
}

// A network that is cut says nothing: who is not heard goes.
func TestWhoIsNotHeardGoes(t *testing.T) {
	w := setup(t, func(c *live.Config) { c.Heartbeat = 100 * time.Millisecond })
	a := w.as(ana, "/ws/presence/")
	a.quiet()
	c, _, err := websocket.Dial(t.Context(), w.address("/ws/presence/?token=2"), nil)
	require.NoError(t, err)
	defer c.CloseNow() // it never reads: pings are not answered
	has(t, a.next(), object{"type": "presence.online", "user_id": 2.0})
	has(t, a.next(), object{"type": "presence.offline", "user_id": 2.0})
	a.quiet() // who answers stays
}

func TestLastSeenIsToldUnlessItIsHidden(t *testing.T) {
	w := setup(t)
	w.rules.Hide(luis)
	a := w.as(ana, "/ws/")
	a.await("welcome")
	l := w.as(luis, "/ws/presence/")
	has(t, a.next(), object{"type": "presence.online"})
	l.close()
	o := a.next()
	require.Equal(t, object{"type": "presence.offline", "user_id": 2.0}, o)
	require.False(t, w.rules.SeenAt(luis).IsZero())
}

// Fault 9: the presence socket learns of messages in rooms for which no socket is open.
func TestPresenceLearnsOfMessages(t *testing.T) {
	w := setup(t)
	a := w.as(ana, "/ws/presence/")
	a.quiet()
	w.rules.Say(2, luis, "hola")
	has(t, a.next(), object{"type": "chat_message", "room_id": "2", "seq": 1.0})
}

func (c *client) close() {
	c.t.Helper()
	require.NoError(c.t, c.c.Close(websocket.StatusNormalClosure, ""))
}
