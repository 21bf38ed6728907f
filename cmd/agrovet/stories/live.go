package stories

import (
	"bufio"
	"context"
	"net/http"
	"strings"

	"github.com/stretchr/testify/require"
)

// connected is a socket for everything, which has been welcomed.
func (p *person) connected() *socket {
	p.s.Helper()
	k := p.open("/ws/")
	k.await("welcome", "user_id", p.id)
	k.say(j{"type": "resume", "rooms": j{}})
	return k
}

// inRoom is a socket of one room, from which on nothing is missed.
func (p *person) inRoom(room int64) *socket {
	p.s.Helper()
	k := p.open(at("/ws/chat/%d/", room))
	k.say(j{"type": "ping"})
	k.await("pong")
	return k
}

// liveTales are websocket.md.
var liveTales = []tale{
	{"SocketsHearWhatIsSaid", func(s *story) {
		ana, beto := s.member("consumer"), s.member("consumer")
		room := ana.private(beto)
		own, all, his := ana.inRoom(room), ana.connected(), beto.inRoom(room)
		sent := beto.says(room, "por REST")
		for _, k := range []*socket{own, all, his} {
			k.await("chat_message", "message_id", sent.id("id"), "text", "por REST", "room_id", at("%d", room), "sender_id", beto.id, "sender.full_name", beto.name)
		}
		his.say(j{"type": "chat_message", "content": "por el socket", "client_msg_id": "k7"})
		heard := own.await("chat_message", "text", "por el socket", "client_msg_id", "k7")
		his.await("chat_message", "client_msg_id", "k7")
		ana.get(200, at("/api/chat/messages/%d/", heard.id("message_id"))).is("content", "por el socket", "sender_id", beto.id)
		his.await("message_delivered", "user_id", ana.id)
		own.say(j{"type": "mark_read"})
		his.await("messages_read", "user_id", ana.id)
		beto.get(200, at("/api/chat/messages/%d/", heard.id("message_id"))).is("read", true)
		own.say(j{"type": "typing"})
		his.await("typing", "user_id", ana.id)
	}},
	{"OneSocketSendsIntoAnyRoom", func(s *story) {
		ana, beto := s.member("consumer"), s.member("consumer")
		room := ana.private(beto)
		hers, his := ana.connected(), beto.connected()
		hers.say(j{"type": "chat_message", "room_id": room, "text": "Hola", "client_msg_id": "a1"})
		ack := hers.await("ack", "client_msg_id", "a1", "repeated", false)
		hers.say(j{"type": "chat_message", "room_id": room, "text": "Hola", "client_msg_id": "a1"})
		hers.await("ack", "client_msg_id", "a1", "repeated", true, "message_id", ack.id("message_id"))
		his.await("chat_message", "message_id", ack.id("message_id"), "seq", 1)
		his.say(j{"type": "delivered", "rooms": j{at("%d", room): 1}})
		hers.await("message_delivered", "user_id", beto.id)
		hers.say(j{"type": "chat_message", "room_id": room, "text": "", "client_msg_id": "a2"})
		hers.await("error", "client_msg_id", "a2")
		hers.say(j{"type": "chat_message", "room_id": 999999999, "text": "x", "client_msg_id": "a3"})
		hers.await("error", "client_msg_id", "a3")
		hers.write("no JSON")
		hers.await("error")
		hers.say(j{"type": "ping"})
		hers.await("pong")
	}},
	{"WhoWasAwayResumes", func(s *story) {
		ana, beto := s.member("consumer"), s.member("consumer")
		room := ana.private(beto)
		for _, text := range []string{"uno", "dos", "tres"} {
			ana.says(room, text)
		}
		his := beto.open("/ws/")
		his.await("welcome", "rooms.0.room", room, "rooms.0.last_seq", 3)
		his.say(j{"type": "resume", "rooms": j{at("%d", room): 1}})
		his.await("chat_message", "seq", 2, "text", "dos")
		his.await("chat_message", "seq", 3, "text", "tres")
		his.await("resumed", "seq", 3)
		ana.says(room, "cuatro")
		his.await("chat_message", "seq", 4)
		beto.get(200, at("/api/chat/rooms/%d/log/?after=2", room)).is("entries.*.seq", []int{3, 4}, "last_seq", 4, "more", false)
		beto.get(200, at("/api/chat/log/?rooms=%d:3,999999999:0", room)).is("rooms.0.entries.*.text", []string{"cuatro"}, "gone", []int{999999999})
		beto.get(200, at("/api/chat/messages/?room=%d&page_size=3", room)).is("count", 4, "results.*.content", []string{"uno", "dos", "tres"})
		third := beto.get(200, at("/api/chat/messages/last_messages/?room=%d&limit=2", room)).is("*.content", []string{"tres", "cuatro"}).id("0.id")
		beto.get(200, at("/api/chat/messages/?room=%d&before=%d", room, third)).at("results")
	}},
	{"TheEventStreamSaysTheSame", func(s *story) {
		ana, beto := s.member("consumer"), s.member("consumer")
		room := ana.private(beto)
		ctx, cancel := context.WithTimeout(s.Context(), eventTime)
		defer cancel()
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.url("/api/chat/stream/?token="+ana.token), nil)
		require.NoError(s, err)
		res, err := s.http.Do(req)
		require.NoError(s, err)
		defer res.Body.Close()
		require.Equal(s, 200, res.StatusCode)
		lines := bufio.NewScanner(res.Body)
		for lines.Scan() && !strings.Contains(lines.Text(), `"welcome"`) {
		}
		beto.says(room, "para el flujo")
		for lines.Scan() && !strings.Contains(lines.Text(), "para el flujo") {
		}
		require.Contains(s, lines.Text(), `"chat_message"`)
	}},
	{"PresenceIsToldToThoseWhoShareARoom", func(s *story) {
		ana, beto, stranger := s.member("consumer"), s.member("consumer"), s.member("consumer")
		ana.private(beto)
		hers, other := ana.open("/ws/presence/"), stranger.open("/ws/presence/")
		hers.say(j{"type": "ping"})
		hers.await("pong")
		first, second := beto.open("/ws/presence/"), beto.open("/ws/presence/")
		hers.await("presence.online", "user_id", beto.id)
		online := func(k *socket, who int64) bool {
			k.say(j{"type": "get_online_users"})
			return len(among(k.await("online_users_list").list("users"), who)) == 1
		}
		s.until("he is on the list", func() bool { return online(hers, beto.id) && online(hers, ana.id) })
		require.False(s, online(other, beto.id))
		_ = first.conn.CloseNow()
		require.True(s, online(hers, beto.id), "the other tab is open")
		_ = second.conn.CloseNow()
		hers.await("presence.offline", "user_id", beto.id)
		require.False(s, online(hers, beto.id))
	}},
	{"SocketsEndWithTheirSession", func(s *story) {
		ana, beto := s.member("consumer"), s.someone("specialist")
		sockets := []*socket{ana.inRoom(ana.private(beto)), ana.connected(), ana.open("/ws/presence/")}
		ana.post(204, "/api/auth/logout/", nil)
		for _, k := range sockets {
			k.ends(4401)
		}
		_, status := ana.dial("/ws/")
		require.Contains(s, []int{401, 403}, status)
	}},
}
