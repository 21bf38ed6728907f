package stories

import (
	"strings"

	"github.com/stretchr/testify/require"
)

// private is the room of two.
func (p *person) private(other *person) int64 {
	p.s.Helper()
	return p.post(200, "/api/chat/rooms/get_or_create_private/", j{"participants_ids": []int64{p.id, other.id}}).id("id")
}

// group is a new room of somebody and others.
func (p *person) group(name string, others ...*person) int64 {
	p.s.Helper()
	ids := []int64{p.id}
	for _, o := range others {
		ids = append(ids, o.id)
	}
	return p.post(201, "/api/chat/rooms/", j{"participants_ids": ids, "is_private": false, "name": name}).id("id")
}

// says sends a message by REST.
func (p *person) says(room int64, text string) answer {
	p.s.Helper()
	return p.post(201, "/api/chat/messages/", j{"room": room, "content": text})
}

// chatTales are rest.md §6.
var chatTales = []tale{
	{"TwoHaveOneRoom", func(s *story) {
		ana, beto := s.member("consumer"), s.someone("specialist")
		room := ana.private(beto)
		require.Equal(s, room, beto.private(ana))
		ana.post(200, "/api/chat/rooms/", j{"participants": []int64{beto.id, ana.id}}).is("id", room, "is_private", true, "participants_count", 2, "unread_count", 0, "name", at("Chat: User %d & User %d", min(ana.id, beto.id), max(ana.id, beto.id)))
		ana.get(200, at("/api/chat/rooms/%d/", room)).is("messages", []int{}, "last_message", nil).contains("participants.*.full_name", beto.name)
		ana.get(200, "/api/chat/rooms/").is("count", 1, "results.0.id", room)
	}},
	{"WrongRoomsAreRefused", func(s *story) {
		ana, beto, carla := s.someone("consumer"), s.someone("specialist"), s.someone("businessman")
		path := "/api/chat/rooms/get_or_create_private/"
		ana.post(400, path, j{"participants_ids": []int64{ana.id}}).is("detail", "Se requieren exactamente 2 participantes.")
		ana.post(400, path, j{"participants_ids": []int64{ana.id, ana.id}}).is("detail", "Un usuario no puede chatear consigo mismo.")
		ana.post(403, path, j{"participants_ids": []int64{beto.id, carla.id}})
		require.Contains(s, []int{400, 404}, ana.try("POST", path, j{"participants_ids": []int64{ana.id, 999999999}}).status)
		s.nobody().post(401, path, j{"participants_ids": []int64{ana.id, beto.id}})
	}},
	{"AMessageIsSentByREST", func(s *story) {
		ana, beto := s.member("consumer"), s.member("consumer")
		room := ana.private(beto)
		body := j{"room": room, "content": "¿Sigue en venta?", "client_msg_id": "k1"}
		sent := ana.post(201, "/api/chat/messages/", body).is("type", "chat.message", "room_id", at("%d", room), "room", room, "sender_id", ana.id, "sender.full_name", ana.name,
			"text", "¿Sigue en venta?", "content", "¿Sigue en venta?", "media_id", nil, "client_msg_id", "k1", "repeated", false, "receipts.0.user_id", beto.id, "receipts.0.read", false)
		require.True(s, strings.HasSuffix(sent.text("timestamp"), "+00:00"))
		ana.post(201, "/api/chat/messages/", body).is("id", sent.id("message_id"), "repeated", true)
		beto.get(200, at("/api/chat/messages/last_messages/?room=%d", room)).is("*.id", []int64{sent.id("id")}, "0.sender.full_name", ana.name)
		beto.get(200, at("/api/chat/rooms/%d/", room)).is("unread_count", 1, "last_message.id", sent.id("id"))
		beto.post(200, "/api/chat/messages/mark_read/", j{"room_id": room}).is("updated", []int64{sent.id("id")})
		beto.post(200, "/api/chat/messages/mark_read/", j{"room": room}).is("updated", []int{})
		ana.get(200, at("/api/chat/messages/%d/", sent.id("id"))).is("read", true, "delivered", true, "receipts.0.read", true, "receipts.0.delivered", true)
		beto.get(200, at("/api/chat/rooms/%d/", room)).is("unread_count", 0)
	}},
	{"WrongMessagesAreRefused", func(s *story) {
		ana, beto := s.someone("consumer"), s.someone("specialist")
		room := ana.private(beto)
		ana.post(400, "/api/chat/messages/", j{"content": "x"}).is("room", []string{"Este campo es requerido."})
		ana.post(400, "/api/chat/messages/", j{"room": room}).is("content.#", 1)
		ana.post(400, "/api/chat/messages/", j{"room": room, "content": strings.Repeat("x", 20_000)})
		ana.post(404, "/api/chat/messages/", j{"room": 999999999, "content": "x"}).is("detail", "Sala no existe.")
		for path, status := range map[string]int{"?room=999999999": 404, "": 400, "?room=null": 400, "?room=undefined": 400} {
			ana.get(status, "/api/chat/messages/last_messages/"+path).is("detail", map[int]string{404: "Sala no existe.", 400: "Se requiere 'room' query param válido."}[status])
		}
		ana.get(400, at("/api/chat/messages/last_messages/?room=%d&limit=abc", room))
		ana.post(400, "/api/chat/messages/mark_read/", j{"room": "x"}).is("detail", "Invalid 'room' parameter.")
	}},
	{"StrangersHaveNoPartInARoom", func(s *story) {
		ana, beto, stranger := s.member("consumer"), s.someone("specialist"), s.someone("businessman")
		room := ana.private(beto)
		said := at("/api/chat/messages/%d/", ana.says(room, "secreto").id("id"))
		stranger.get(404, at("/api/chat/rooms/%d/", room))
		stranger.get(403, at("/api/chat/messages/last_messages/?room=%d", room)).is("detail", "No eres participante de esta sala.")
		stranger.post(403, "/api/chat/messages/", j{"room": room, "content": "x"})
		stranger.post(403, "/api/chat/messages/mark_read/", j{"room": room})
		for _, method := range []string{"GET", "PATCH", "DELETE"} {
			require.Contains(s, []int{403, 404}, stranger.try(method, said, j{"content": "x"}).status)
		}
		_, status := stranger.dial(at("/ws/chat/%d/", room))
		require.Equal(s, 403, status)
		for _, path := range []string{"/ws/", "/ws/presence/", at("/ws/chat/%d/", room)} {
			_, status := s.nobody().dial(path)
			require.Contains(s, []int{401, 403}, status, path)
		}
		_, status = ana.dial("/ws/chat/999999999/")
		require.Contains(s, []int{403, 404}, status)
		_, status = ana.dial("/ws/nada/")
		require.Equal(s, 404, status)
		require.Contains(s, []int{403}, beto.try("PATCH", said, j{"content": "x"}).status, "others' messages are theirs")
	}},
	{"MessagesAreEditedAndDeleted", func(s *story) {
		ana, beto := s.member("consumer"), s.member("consumer")
		room := ana.private(beto)
		his := beto.inRoom(room)
		id := ana.says(room, "vendo baca").id("id")
		path := at("/api/chat/messages/%d/", id)
		ana.patch(200, path, j{"content": "vendo vaca", "room": 1}).is("content", "vendo vaca", "room", room)
		his.await("message_edited", "message_id", id, "content", "vendo vaca")
		s.staff(1).get(200, path+"revisions/").is("results.0.content", "vendo baca")
		ana.get(403, path+"revisions/")
		beto.delete(403, path)
		ana.delete(204, path)
		his.await("message_deleted", "message_id", id, "content", "")
		beto.get(200, at("/api/chat/messages/last_messages/?room=%d", room)).is("0.content", "", "0.id", id)
	}},
	{"PicturesAreSentAlong", func(s *story) {
		ana, beto := s.member("consumer"), s.member("consumer")
		room := ana.private(beto)
		his, picture := beto.inRoom(room), ana.uploaded("folder", "chat")
		sent := ana.post(201, "/api/chat/messages/", j{"room": room, "media_id": picture}).is("media_id", picture, "media.kind", "image")
		s.nobody().get(200, sent.text("media_url"))
		s.nobody().get(200, his.await("chat_message", "media_id", picture, "media.kind", "image").text("media_url"))
		ana.send(201, "/api/chat/messages/", "image", "vaca.png", s.picture(), "room", at("%d", room), "content", "otra").is("media.kind", "image", "content", "otra")
		beto.post(400, "/api/chat/messages/", j{"room": room, "media_id": 999999999})
		ana.delete(204, at("/api/media/%d/", picture))
		s.until("it has left the message", func() bool {
			return beto.get(200, at("/api/chat/messages/%d/", sent.id("id"))).has("media", nil)
		})
	}},
	{"GroupsHaveOwnersAndMembers", func(s *story) {
		ana, beto, carla := s.member("consumer"), s.member("consumer"), s.member("consumer")
		room := ana.group("Ovejeros", beto)
		path, members := at("/api/chat/rooms/%d/", room), at("/api/chat/rooms/%d/members/", room)
		ana.get(200, path).is("name", "Ovejeros", "role", "owner", "is_private", false)
		beto.patch(403, path, j{"name": "x"})
		ana.patch(200, path, j{"name": "Los ovejeros"}).is("name", "Los ovejeros")
		beto.post(403, members, j{"user_ids": []int64{carla.id}})
		hers := carla.connected()
		ana.post(200, members, j{"user_ids": []int64{carla.id}})
		hers.await("room_added", "room", room)
		ana.says(room, "bienvenida")
		hers.await("chat_message", "text", "bienvenida")
		ana.patch(200, at("%s%d/", members, beto.id), j{"role": "admin"})
		beto.get(200, members).is("count", 3).contains("results.*.role", "admin")
		inside := carla.inRoom(room)
		beto.delete(204, at("%s%d/", members, carla.id))
		inside.ends(4403)
		hers.await("room_gone", "room", room)
		carla.get(404, path)
		beto.delete(204, path) // leaves
		beto.get(404, path)
		ana.get(200, path).is("participants_count", 1)
	}},
	{"WhoIsBlockedMayNotWrite", func(s *story) {
		ana, beto := s.member("consumer"), s.member("consumer")
		room := ana.private(beto)
		beto.post(201, "/api/chat/blocks/", j{"user_id": ana.id}).is("user_id", ana.id)
		ana.post(403, "/api/chat/messages/", j{"room": room, "content": "x"}).is("code", "chat.blocked")
		beto.get(200, "/api/chat/blocks/").is("results.0.user_id", ana.id)
		beto.delete(204, at("/api/chat/blocks/%d/", ana.id))
		ana.says(room, "gracias")
	}},
	{"MessagesAreFoundInOnesOwnRooms", func(s *story) {
		ana, beto, word := s.member("consumer"), s.someone("specialist"), s.word()
		id := ana.says(ana.private(beto), "vendo novillos "+word).id("id")
		s.until("it is found", func() bool {
			return beto.get(200, "/api/chat/messages/search/?q=novillo%20"+word).has("results.*.id", []int64{id})
		})
		s.someone("businessman").get(200, "/api/chat/messages/search/?q="+word).is("results", []int{})
	}},
	{"RoomsAreMutedAndHiddenByThemselves", func(s *story) {
		ana, beto := s.member("consumer"), s.member("consumer")
		room := ana.private(beto)
		path := at("/api/chat/rooms/%d/", room)
		ana.put(200, path+"mute/", j{}).at("muted_until")
		ana.delete(204, path+"mute/")
		ana.get(200, path).is("muted_until", nil)
		ana.delete(204, path)
		ana.get(200, "/api/chat/rooms/").is("count", 0)
		beto.says(room, "¿Estás?")
		ana.get(200, "/api/chat/rooms/").is("count", 1)
		ana.get(200, "/api/chat/settings/").is("hide_last_seen", false)
		ana.patch(200, "/api/chat/settings/", j{"hide_last_seen": true}).is("hide_last_seen", true)
	}},
}
