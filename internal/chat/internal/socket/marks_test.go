package socket_test

import (
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/require"

	"agrovet/internal/chat/internal/live"
)

var english = &websocket.DialOptions{HTTPHeader: http.Header{"Authorization": {"Token 1"}, "Accept-Language": {"en"}}}

// Fault 10: delivered is what a device has said, by answering the ping behind it (RFC 6455 §5.5.3), and it
// is told once, to all the author's sockets (fault 4: also to presence).
func TestDeliveredIsWhatADeviceSays(t *testing.T) {
	w := setup(t)
	author := []*client{w.as(ana, "/ws/"), w.as(ana, "/ws/chat/1/"), w.as(ana, "/ws/presence/")}
	tabs := []*client{w.as(luis, "/ws/chat/1/"), w.as(luis, "/ws/chat/1/")}
	for _, c := range slices.Concat(author, tabs) { // who has an answer has been taken in
		c.send(object{"type": "ping"})
		c.await("pong")
	}
	s := w.rules.Say(1, ana, "hola")
	for _, c := range author {
		has(t, c.await("message_delivered"), object{"message_id": float64(s.ID), "user_id": 2.0, "user_ids": []any{2.0}, "room_id": "1", "room": 1.0, "seq": 1.0})
	}
	require.EqualValues(t, 1, w.rules.MemberOf(1, luis).DeliveredSeq)
	for _, c := range tabs {
		c.await("chat_message")
		c.quiet()
	}
	author[1].quiet()
}

// A device that does not read has nothing.
func TestADeviceThatDoesNotAnswerHasNothing(t *testing.T) {
	w := setup(t)
	c, _, err := websocket.Dial(t.Context(), w.address("/ws/chat/1/?token=2"), nil)
	require.NoError(t, err)
	defer c.CloseNow()
	a := w.as(ana, "/ws/chat/1/")
	w.rules.Say(1, ana, "hola")
	a.await("chat_message")
	a.quiet()
	require.Zero(t, w.rules.MemberOf(1, luis).DeliveredSeq)
	_, _, err = c.Read(t.Context()) // reads the message, and not yet the ping behind it
	require.NoError(t, err)
	go func() { _, _, _ = c.Read(t.Context()) }()
	has(t, a.await("message_delivered"), object{"user_id": 2.0})
}

// On /ws/ the client says itself what it has, of many rooms at once.
func TestAClientSaysWhatItHas(t *testing.T) {
	w := setup(t)
	a, l := w.as(ana, "/ws/"), w.as(luis, "/ws/")
	l.await("welcome")
	w.rules.Say(1, ana, "uno")
	w.rules.Say(1, ana, "dos")
	l.await("chat_message")
	l.await("chat_message")
	require.Zero(t, w.rules.MemberOf(1, luis).DeliveredSeq)
	l.send(object{"type": "delivered", "rooms": object{"1": 2, "99": 5}})
	has(t, a.await("message_delivered"), object{"message_id": 2.0, "seq": 2.0})
	l.send(object{"type": "delivered", "rooms": object{"x": 2}})
	has(t, l.await("error"), object{"code": "chat.room_invalid"})
}

// Faults 12 and 13: reading is told to everybody, the reader included, once, and with nothing to do there is
// no frame.
func TestReadIsTold(t *testing.T) {
	w := setup(t)
	a, l, b := w.as(ana, "/ws/chat/2/"), w.as(luis, "/ws/chat/2/"), w.as(beto, "/ws/")
	b.await("welcome")
	for range 3 {
		w.rules.Say(2, ana, "x")
	}
	l.seqs(2, 3)
	l.send(object{"type": "mark_read", "message_ids": []int{1, 2}})
	for _, c := range []*client{a, l, b} {
		has(t, c.await("messages_read"), object{"message_ids": []any{2.0, 1.0}, "user_id": 2.0, "room_id": "2", "seq": 2.0})
	}
	l.send(object{"type": "mark_read"})
	has(t, l.await("messages_read"), object{"message_ids": []any{3.0}})
	b.send(object{"type": "mark_read", "room_id": 2, "seq": 1})
	has(t, b.await("messages_read"), object{"message_ids": []any{3.0}})
	has(t, b.await("messages_read"), object{"message_ids": []any{1.0}, "user_id": 3.0})
	require.EqualValues(t, 1, w.rules.MemberOf(2, beto).DeliveredSeq)
	for range 2 {
		l.send(object{"type": "mark_read", "seq": 3})
		l.send(object{"type": "mark_read", "message_ids": []int{1}})
	}
	has(t, l.await("messages_read"), object{"user_id": 3.0})
	time.Sleep(3 * 20 * time.Millisecond) // receipts are put together for so long: nothing may come
	l.quiet()
}

// Receipts do not grow with the square of a room: those who do the same are one frame.
func TestReceiptsOfARoomAreAtMostTwiceItsMembers(t *testing.T) {
	for _, n := range []int{2, 8, 40} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			w := setup(t, func(c *live.Config) { c.Gather = 300 * time.Millisecond })
			users := make([]int64, n)
			for i := range users {
				users[i] = int64(100 + i)
			}
			w.rules.Room(7, users...)
			clients := make([]*client, n)
			for i, u := range users {
				clients[i] = w.as(u, "/ws/")
				clients[i].await("welcome")
			}
			const messages = 3
			frames := 0
			for range messages {
				s := w.rules.Say(7, users[0], "x")
				for _, c := range clients {
					c.await("chat_message")
				}
				for _, c := range clients[1:] {
					c.send(object{"type": "delivered", "rooms": object{"7": s.Seq}})
					c.send(object{"type": "mark_read", "room_id": 7, "seq": s.Seq})
				}
				read := map[any]bool{}
				for len(read) < n-1 { // the author learns of all
					o := clients[0].next()
					frames++
					if o["type"] == "messages_read" {
						for _, u := range o["user_ids"].([]any) {
							read[u] = true
						}
					}
				}
			}
			for _, c := range clients {
				c.send(object{"type": "ping"})
				for o := c.next(); o["type"] != "pong"; o = c.next() {
					frames++
				}
			}
			require.LessOrEqual(t, frames+messages*n, messages*2*n, "chat_message, message_delivered and messages_read")
		})
	}
}
