package socket_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/require"
)

// §3 and §4: a message goes to everybody in the room, its sender included, with all names of all clients.
func TestAMessageOfTheOriginal(t *testing.T) {
	w := setup(t)
	a, l := w.as(ana, "/ws/chat/2/"), w.as(luis, "/ws/chat/2")
	a.send(object{"type": "chat_message", "text": "¿Cuánto por la vaca?", "client_msg_id": "c-1"})
	for _, c := range []*client{a, l} {
		o := c.next()
		has(t, o, object{"type": "chat_message", "message_id": 1.0, "id": 1.0, "sender_id": 1.0, "text": "¿Cuánto por la vaca?", "content": "¿Cuánto por la vaca?",
			"room_id": "2", "room": 2.0, "media_id": nil, "media_url": nil, "client_msg_id": "c-1", "seq": 1.0})
		require.Regexp(t, `^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$`, o["timestamp"])
	}
	a.send(object{"type": "chat_message", "content": "Sana.", "room_id": "2", "client_msg_id": 7})
	has(t, l.await("chat_message"), object{"content": "Sana.", "client_msg_id": 7.0})
	a.send(object{"type": "chat_message", "text": "x", "room_id": 2})
	has(t, l.await("chat_message"), object{"content": "x", "client_msg_id": nil})
	w.rules.Say(2, beto, "por REST")
	has(t, l.await("chat_message"), object{"content": "por REST", "sender_id": 3.0})
}

// Faults 2 and 3: a socket is of one room.
func TestAnotherRoomIsAnError(t *testing.T) {
	w := setup(t)
	a, l := w.as(ana, "/ws/chat/1/"), w.as(luis, "/ws/chat/2/")
	for _, frame := range []object{
		{"type": "chat_message", "text": "x", "room_id": 2, "client_msg_id": "k"},
		{"type": "mark_read", "room_id": "2", "client_msg_id": "k"},
		{"type": "typing", "room_id": 2, "client_msg_id": "k"},
		{"type": "delivered", "rooms": object{"2": 1}, "client_msg_id": "k"},
		{"type": "resume", "rooms": object{"2": 0}, "client_msg_id": "k"},
	} {
		a.send(frame)
		has(t, a.next(), object{"type": "error", "code": "chat.other_room", "client_msg_id": "k"})
	}
	l.quiet()
}

// Fault 14: whoever asks for what cannot be learns it.
func TestFailuresAreTold(t *testing.T) {
	w := setup(t)
	a := w.as(ana, "/ws/chat/1/")
	a.send(object{"type": "chat_message", "text": "", "client_msg_id": "k"})
	o := a.next()
	has(t, o, object{"type": "error", "code": "invalid", "client_msg_id": "k"})
	require.Contains(t, o["detail"], "El mensaje está vacío.")
	a.raw(`{"type": "chat_message", "text": 5, "client_msg_id": 1}`)
	has(t, a.next(), object{"type": "error", "code": "invalid", "client_msg_id": 1.0, "detail": "text: Valor inválido."})
	a.raw(`{"type": "chat_message", "text": "x", "room_id": "zzz"}`)
	has(t, a.next(), object{"type": "error", "code": "invalid", "client_msg_id": nil})
	w.rules.Fail(fmt.Errorf("the disk is full: /secret"))
	a.send(object{"type": "chat_message", "text": "x", "client_msg_id": "k2"})
	o = a.next()
	has(t, o, object{"type": "error", "code": "internal", "client_msg_id": "k2"})
	require.NotContains(t, o["detail"], "secret")
	w.rules.Fail(nil)
	a.quiet()
}

// Fault 15: sending again makes no second message.
func TestRepeatsAreNoSecondMessage(t *testing.T) {
	w := setup(t)
	a := w.as(ana, "/ws/")
	a.await("welcome")
	for i, repeated := range []bool{false, true} {
		a.send(object{"type": "chat_message", "room_id": 1, "text": fmt.Sprint(i), "client_msg_id": "same"})
		has(t, a.await("ack"), object{"seq": 1.0, "message_id": 1.0, "client_msg_id": "same", "repeated": repeated, "room": 1.0, "room_id": "1"})
	}
}

// Fault 16, and the last rows of §3: what is no frame gets a clear answer, never a crash.
func TestBadFrames(t *testing.T) {
	w := setup(t)
	t.Run("NotJSON", func(t *testing.T) {
		a := w.as(ana, "/ws/chat/1/")
		for range 10 {
			a.raw(`{"type":`)
		}
		for range 10 {
			has(t, a.next(), object{"type": "error", "code": "invalid_json"})
		}
		a.ends(1007)
	})
	t.Run("UnknownTypesAreIgnoredWhereTheyWere", func(t *testing.T) {
		for _, path := range []string{"/ws/chat/1/", "/ws/presence/"} {
			a := w.as(zoeIf(path), path)
			for _, text := range []string{`{"type":"nothing"}`, `{}`, `[]`, `5`, `null`, `"ping"`, `{"type":5}`, `{"type":null}`} {
				a.raw(text)
			}
			a.quiet()
		}
	})
	t.Run("PresenceTakesNoMessages", func(t *testing.T) {
		a := w.as(ana, "/ws/presence/")
		a.send(object{"type": "chat_message", "room_id": 1, "text": "x"})
		a.quiet()
	})
	t.Run("UnknownTypesAreErrorsOnTheNewOne", func(t *testing.T) {
		a := w.as(zoe, "/ws/")
		a.await("welcome")
		for _, text := range []string{`{"type":"nothing"}`, `{}`, `[]`, `5`, `{"type":5}`} {
			a.raw(text)
			has(t, a.next(), object{"type": "error", "code": "unknown_type"})
		}
	})
	t.Run("Binary", func(t *testing.T) {
		a := w.as(ana, "/ws/chat/1/")
		require.NoError(t, a.c.Write(context.Background(), websocket.MessageBinary, []byte("{}")))
		a.ends(1003)
	})
	t.Run("TooBig", func(t *testing.T) {
		a := w.as(ana, "/ws/chat/1/")
		_ = a.c.Write(context.Background(), websocket.MessageText, []byte(`{"type":"ping","x":"`+strings.Repeat("x", 300<<10)+`"}`))
		a.ends(1009)
	})
	t.Run("LargestIsFine", func(t *testing.T) {
		a := w.as(ana, "/ws/chat/1/")
		a.raw(`{"type":"ping","x":"` + strings.Repeat("x", 64<<10-22) + `"}`)
		require.Equal(t, "pong", a.next()["type"])
	})
}

// zoeIf is somebody who may open a path and to whom nothing happens there.
func zoeIf(path string) int64 {
	if path == "/ws/presence/" {
		return zoe
	}
	return ana
}

// Fault 11: what no device of the person has yet is sent to whoever comes; ?since= says better.
func TestWhatWasMissedIsPushed(t *testing.T) {
	w := setup(t)
	for i := range 150 {
		w.rules.Say(1, luis, fmt.Sprint(i))
	}
	require.Equal(t, until(51, 150), w.as(ana, "/ws/chat/1/").seqs(1, 150))
	require.Equal(t, until(3, 150), w.as(ana, "/ws/chat/1/?since=2").seqs(1, 150))
	a := w.as(ana, "/ws/chat/1/?since=150")
	has(t, a.next(), object{"type": "resumed", "seq": 150.0, "room_id": "1"})
	w.rules.Say(1, luis, "jetzt")
	require.Equal(t, 151.0, a.next()["seq"])
}

// Fault 1, later: a member who is put out is closed, and gets nothing more.
func TestAMemberWhoIsPutOutIsClosed(t *testing.T) {
	w := setup(t)
	room, all := w.as(beto, "/ws/chat/2/"), w.as(beto, "/ws/")
	all.await("welcome")
	w.rules.Leave(2, beto)
	room.ends(4403)
	has(t, all.next(), object{"type": "room_gone", "room": 2.0, "room_id": "2"})
	w.rules.Say(2, ana, "unter uns")
	all.send(object{"type": "chat_message", "room_id": 2, "text": "x"})
	has(t, all.next(), object{"type": "error", "code": "chat.not_a_participant"})
	all.send(object{"type": "typing", "room_id": 2})
	has(t, all.next(), object{"type": "error", "code": "chat.not_a_participant"})
	all.send(object{"type": "resume", "rooms": object{"2": 0}})
	all.quiet()
	w.refused(403, "/ws/chat/2/?token=3")
}

// Whoever joins sees what is said from then on, also when they ask for more.
func TestANewMemberSeesOnlyWhatFollows(t *testing.T) {
	w := setup(t)
	for range 5 {
		w.rules.Say(1, ana, "geheim")
	}
	z := w.as(zoe, "/ws/")
	z.await("welcome")
	w.rules.Join(1, zoe)
	has(t, z.next(), object{"type": "room_added", "room": 1.0, "from_seq": 5.0})
	has(t, z.next(), object{"type": "member_joined", "seq": 6.0})
	z.send(object{"type": "resume", "rooms": object{"1": 0}})
	has(t, z.next(), object{"type": "member_joined", "seq": 6.0})
	has(t, z.next(), object{"type": "resumed", "seq": 6.0})
	y := w.as(zoe, "/ws/chat/1/?since=0")
	has(t, y.next(), object{"type": "member_joined", "seq": 6.0})
}
