package chatmod_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/require"

	"agrovet/internal/auth"
	"agrovet/internal/chat/chatmod"
	"agrovet/internal/marketplace"
)

// line is a socket of an implementation that the server does not use.
type line struct {
	t      testing.TB
	c      *websocket.Conn
	frames chan object
	code   chan int
}

// serve has the world answer on 127.0.0.1 and returns the address of sockets.
func (w *world) serve() string {
	w.t.Helper()
	s := httptest.NewServer(w.handler)
	w.t.Cleanup(s.Close)
	return "ws" + strings.TrimPrefix(s.URL, "http")
}

func (w *world) dial(address, path string, user int64) *line {
	w.t.Helper()
	mark := map[bool]string{true: "&", false: "?"}[strings.Contains(path, "?")]
	c, _, err := websocket.Dial(context.Background(), fmt.Sprintf("%s%s%stoken=%d", address, path, mark, user), nil)
	require.NoError(w.t, err)
	c.SetReadLimit(1 << 20)
	l := &line{w.t, c, make(chan object, 10_000), make(chan int, 1)}
	go l.read()
	w.t.Cleanup(func() { _ = c.CloseNow() })
	return l
}

func (l *line) read() {
	defer close(l.frames)
	for {
		_, b, err := l.c.Read(context.Background())
		if err != nil {
			l.code <- int(websocket.CloseStatus(err))
			return
		}
		var o object
		_ = json.Unmarshal(b, &o)
		l.frames <- o
	}
}

// await skips frames until one of a type comes.
func (l *line) await(kind string) object {
	l.t.Helper()
	for limit := time.After(10 * time.Second); ; {
		select {
		case o, ok := <-l.frames:
			require.True(l.t, ok, "the socket has ended")
			if o["type"] == kind {
				return o
			}
		case <-limit:
			require.Fail(l.t, "no "+kind)
		}
	}
}

func (l *line) send(o object) {
	l.t.Helper()
	b, err := json.Marshal(o)
	require.NoError(l.t, err)
	require.NoError(l.t, l.c.Write(context.Background(), websocket.MessageText, b))
}

func (l *line) ends(code int) {
	l.t.Helper()
	select {
	case got := <-l.code:
		require.Equal(l.t, code, got)
	case <-time.After(10 * time.Second):
		require.Fail(l.t, "the socket stays open")
	}
}

// What is said on a socket and by REST is one log, and its ticks are honest.
func TestSocketsAndRESTAreOneChat(t *testing.T) {
	w := setup(t)
	at := w.serve()
	room := w.paired(ana, luis)
	a, old := w.dial(at, "/ws/", ana), w.dial(at, path("/ws/chat/%d/", room), luis)
	a.await("welcome")
	a.send(object{"type": "chat_message", "room_id": room, "text": "¿La vaca?", "client_msg_id": "k-1"})
	ack := a.await("ack")
	got := old.await("chat_message")
	has(t, got, object{"message_id": ack["message_id"], "seq": ack["seq"], "text": "¿La vaca?", "client_msg_id": "k-1", "sender_id": float64(ana)})
	has(t, a.await("message_delivered"), object{"message_id": ack["message_id"], "user_id": float64(luis)})
	old.send(object{"type": "mark_read"})
	has(t, a.await("messages_read"), object{"message_ids": []any{ack["message_id"]}, "user_id": float64(luis)})

	said := w.as(luis, "POST", "chat/messages/", object{"room": room, "content": "Vendida."}).ok(201)
	o := a.await("chat_message")
	for ; o["text"] != "Vendida."; o = a.await("chat_message") {
	}
	has(t, o, object{"message_id": said["message_id"], "seq": said["seq"]})

	back := w.dial(at, "/ws/", ana)
	back.await("welcome")
	back.send(object{"type": "resume", "rooms": object{fmt.Sprint(room): 0}})
	log := w.as(ana, "GET", path("chat/rooms/%d/log/?after=0", room), nil).ok(200)
	for _, e := range log["entries"].([]any) {
		entry := e.(object)
		has(t, <-back.frames, object{"type": entry["type"], "seq": entry["seq"], "room": entry["room"]})
	}
	back.await("resumed")

	a.send(object{"type": "chat_message", "room_id": room, "text": "otra vez", "client_msg_id": "k-1"})
	has(t, a.await("ack"), object{"repeated": true, "message_id": ack["message_id"]})
	a.send(object{"type": "chat_message", "room_id": room, "text": " ", "client_msg_id": "k-2"})
	has(t, a.await("error"), object{"client_msg_id": "k-2"})
	a.send(object{"type": "chat_message", "room_id": room, "text": "x", "client_msg_id": object{}})
	has(t, a.await("error"), object{"code": "invalid"})
}

// Who joins, leaves or is put out learns of it on open sockets.
func TestSocketsFollowMembership(t *testing.T) {
	w := setup(t)
	at := w.serve()
	room := w.grouped(ana, luis)
	b, l := w.dial(at, "/ws/", beto), w.dial(at, path("/ws/chat/%d/", room), luis)
	b.await("welcome")
	w.as(ana, "POST", path("chat/rooms/%d/members/", room), object{"user_ids": []int64{beto}})
	has(t, b.await("room_added"), object{"room": float64(room)})
	has(t, b.await("member_joined"), object{"member_id": float64(beto)})
	w.as(ana, "DELETE", path("chat/rooms/%d/members/%d/", room, luis), nil)
	l.ends(4403)
	w.as(ana, "DELETE", path("chat/rooms/%d/members/%d/", room, beto), nil)
	b.await("room_gone")
	_, res, err := websocket.Dial(t.Context(), fmt.Sprintf("%s/ws/chat/%d/?token=%d", at, room, luis), nil)
	require.Error(t, err)
	require.Equal(t, 403, res.StatusCode)
}

// Other modules' events arrive: sessions that are over, and notices.
func TestEventsReachSockets(t *testing.T) {
	w := setup(t)
	at := w.serve()
	a, l := w.dial(at, "/ws/", ana), w.dial(at, "/ws/presence/", luis)
	a.await("welcome")
	w.event(marketplace.Alert{AddID: 5, UserID: ana, SearchID: 2, Search: "vacas", Title: "Vaca"})
	n := a.await("notification")
	has(t, n, object{"kind": "add.alert"})
	has(t, n["data"].(object), object{"add_id": 5.0, "title": "Vaca"})
	l.send(object{"type": "ping"})
	l.await("pong")
	w.event(auth.SessionsEnded{UserID: ana, SessionIDs: []int64{7}}) // not hers: tests have session 0
	w.event(auth.SessionsEnded{UserID: ana, SessionIDs: []int64{}})
	a.ends(4401)
	l.send(object{"type": "ping"})
	l.await("pong")
}

// Presence is told to those who share a room, unless one of the two blocks the other; last seen is stored.
func TestPresenceIsOfPartners(t *testing.T) {
	w := setup(t, func(c *chatmod.Config) { c.Live.Grace = 20 * time.Millisecond })
	at := w.serve()
	w.paired(ana, luis)
	w.paired(beto, luis)
	w.as(luis, "POST", "chat/blocks/", object{"user_id": beto})
	a, b := w.dial(at, "/ws/presence/", ana), w.dial(at, "/ws/presence/", beto)
	for _, x := range []*line{a, b} {
		x.send(object{"type": "ping"})
		x.await("pong")
	}
	l := w.dial(at, "/ws/", luis)
	l.await("welcome")
	has(t, a.await("presence.online"), object{"user_id": float64(luis)})
	a.send(object{"type": "get_online_users"})
	require.Equal(t, []any{float64(ana), float64(luis)}, a.await("online_users_list")["users"])
	b.send(object{"type": "get_online_users", "users": []int64{luis}})
	require.Empty(t, b.await("online_users_list")["users"])
	require.NoError(t, l.c.Close(websocket.StatusNormalClosure, ""))
	has(t, a.await("presence.offline"), object{"user_id": float64(luis)})
	require.Equal(t, 1, w.count("person where user_id = $1 and last_seen is not null", luis))
	b.send(object{"type": "ping"})
	require.Equal(t, object{"type": "pong"}, <-b.frames)
}
