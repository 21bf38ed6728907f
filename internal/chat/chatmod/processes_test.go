package chatmod_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"agrovet/internal/auth"
	"agrovet/internal/chat/chatmod"
	"agrovet/internal/platform/kv/redistest"
	"agrovet/internal/platform/redisx"
)

// shared has a world use Redis, as a process does; kill takes that away from it.
func shared(t *testing.T, r *redistest.Server, c *chatmod.Config) (server *redisx.Server) {
	t.Helper()
	server, err := redisx.Open(redisx.Config{URL: r.URL})
	require.NoError(t, err)
	t.Cleanup(server.Close)
	c.Live.Broker = chatmod.RedisBroker(server, nil)
	c.Live.Grace, c.Live.Lease = 20*time.Millisecond, 1500*time.Millisecond
	return server
}

// processes are two of one chat, on one database and one Redis.
func processes(t *testing.T) (r *redistest.Server, one, two *world, ways [2]*redisx.Server) {
	t.Helper()
	r = redistest.New(t)
	one = setup(t, func(c *chatmod.Config) { ways[0] = shared(t, r, c) })
	two = &world{t: t, db: one.db, kv: one.kv, media: one.media, users: one.users, now: one.clock(), cfg: one.cfg}
	ways[1] = shared(t, r, &two.cfg)
	two.start()
	return r, one, two, ways
}

// upTo reads a socket until an entry has come, and returns the numbers of all entries on the way.
func (l *line) upTo(seq float64) (seqs []float64) {
	l.t.Helper()
	for limit := time.After(20 * time.Second); ; {
		select {
		case o, ok := <-l.frames:
			require.True(l.t, ok, "the socket has ended")
			if o["type"] == "chat_message" {
				seqs = append(seqs, o["seq"].(float64))
			}
			if slices.Contains(seqs, seq) {
				return seqs
			}
		case <-limit:
			require.Fail(l.t, "it does not come", "%v, only %v", seq, seqs)
		}
	}
}

// Members who are connected to different processes are in one chat.
func TestProcessesAreOneChat(t *testing.T) {
	_, one, two, _ := processes(t)
	room := one.grouped(ana, luis)
	a, l := one.dial(one.serve(), "/ws/", ana), two.dial(two.serve(), path("/ws/chat/%d/", room), luis)
	a.await("presence.online")
	b := two.dial(two.serve(), "/ws/", beto)
	b.await("welcome")
	a.send(object{"type": "chat_message", "room_id": room, "text": "¿Lluvia?", "client_msg_id": "k-1"})
	ack := a.await("ack")
	has(t, l.await("chat_message"), object{"message_id": ack["message_id"], "seq": ack["seq"], "text": "¿Lluvia?"})
	has(t, a.await("message_delivered"), object{"message_id": ack["message_id"], "user_id": float64(luis)})
	l.send(object{"type": "mark_read"})
	has(t, a.await("messages_read"), object{"user_id": float64(luis)})

	one.as(ana, "POST", path("chat/rooms/%d/members/", room), object{"user_ids": []int64{beto}}).ok(200)
	has(t, b.await("room_added"), object{"room": float64(room)})
	said := one.as(ana, "POST", "chat/messages/", object{"room": room, "content": "Hola, Beto"}).ok(201)
	has(t, b.await("chat_message"), object{"seq": said["seq"]})
	one.as(ana, "DELETE", path("chat/rooms/%d/members/%d/", room, luis), nil)
	l.ends(4403)
	one.event(auth.SessionsEnded{UserID: beto, SessionIDs: []int64{}})
	b.ends(4401)
}

// A process that dies says goodbye to nobody: its people are gone when their leases end.
func TestAProcessDies(t *testing.T) {
	_, one, two, ways := processes(t)
	one.paired(ana, luis)
	a := one.dial(one.serve(), "/ws/presence/", ana)
	two.dial(two.serve(), "/ws/presence/", luis)
	has(t, a.await("presence.online"), object{"user_id": float64(luis)})
	ways[1].Close()
	two.stop()
	has(t, a.await("presence.offline"), object{"user_id": float64(luis)})
	a.send(object{"type": "get_online_users"})
	require.Equal(t, []any{float64(ana)}, a.await("online_users_list")["users"])
}

// While Redis is away each process goes on; when it is back nobody lacks anything that was said meanwhile.
func TestRedisIsAwayInTheMiddle(t *testing.T) {
	r, one, two, ways := processes(t)
	room := one.paired(ana, luis)
	a, l := one.dial(one.serve(), "/ws/", ana), two.dial(two.serve(), path("/ws/chat/%d/", room), luis)
	a.await("presence.online")
	var last float64
	say := func(text string) {
		last = one.as(ana, "POST", "chat/messages/", object{"room": room, "content": text}).ok(201)["seq"].(float64)
	}
	say("antes")
	first := last
	require.Equal(t, []float64{first}, l.upTo(last))
	r.Stop()
	for _, w := range ways {
		require.Eventually(t, w.Away, 20*time.Second, time.Millisecond)
	}
	for i := range 50 {
		say(fmt.Sprint("sin Redis ", i))
	}
	require.Len(t, a.upTo(last), 51, "who is in the same process hears at once")
	r.Start()
	got := l.upTo(last)
	require.Len(t, got, 50)
	require.True(t, slices.IsSorted(got))
	say("después")
	require.Equal(t, []float64{last}, l.upTo(last))
}
