package socket_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/stretchr/testify/require"

	"agrovet/internal/chat/internal/live"
)

// One socket is enough for a phone: everything of all rooms, and nothing of others.
func TestEverythingComesOnOneSocket(t *testing.T) {
	w := setup(t)
	w.rules.Say(2, luis, "antes")
	a := w.as(ana, "/ws/")
	o := a.next()
	has(t, o, object{"type": "welcome", "user_id": 1.0, "heartbeat": 30.0})
	require.Equal(t, []any{
		object{"room": 1.0, "last_seq": 0.0, "from_seq": 0.0, "delivered_seq": 0.0, "read_seq": 0.0},
		object{"room": 2.0, "last_seq": 1.0, "from_seq": 0.0, "delivered_seq": 0.0, "read_seq": 0.0},
	}, o["rooms"])
	w.rules.Say(1, luis, "uno")
	w.rules.Say(3, luis, "geheim")
	w.rules.Say(2, beto, "dos")
	got := []any{a.next(), a.next()}
	require.ElementsMatch(t, []any{"uno", "dos"}, []any{got[0].(object)["text"], got[1].(object)["text"]})
	a.quiet()
}

// What is missing comes once, in order, without holes, and then the present: with what is said meanwhile.
func TestResumeIsExact(t *testing.T) {
	const before, meanwhile = 700, 300
	w := setup(t)
	for i := range before {
		w.rules.Say(1, luis, fmt.Sprint(i))
	}
	var wg sync.WaitGroup
	talk := make(chan struct{})
	wg.Go(func() {
		<-talk
		for i := range meanwhile {
			w.rules.Say(1, luis, fmt.Sprint(i))
		}
	})
	var clients []*client
	for i := range 20 {
		c := w.as(ana, "/ws/")
		if i == 0 {
			close(talk)
		}
		c.await("welcome")
		c.send(object{"type": "resume", "rooms": object{"1": i * 10}})
		clients = append(clients, c)
	}
	wg.Wait()
	for i, c := range clients {
		require.Equal(t, until(i*10+1, before+meanwhile), c.seqs(1, before+meanwhile))
	}
	require.Less(t, w.rules.Asked("after"), 150, "questions are shared")
}

// Whoever does not say what they have gets the present from now on; asking later goes back.
func TestResumeMayComeLate(t *testing.T) {
	w := setup(t)
	for range 5 {
		w.rules.Say(1, luis, "x")
	}
	a := w.as(ana, "/ws/")
	a.await("welcome")
	w.rules.Say(1, luis, "y")
	has(t, a.next(), object{"seq": 6.0})
	a.send(object{"type": "resume", "rooms": object{"1": 3}})
	require.Equal(t, until(4, 6), a.seqs(1, 6))
	has(t, a.next(), object{"type": "resumed", "seq": 6.0})
	w.rules.Say(1, luis, "z")
	has(t, a.next(), object{"seq": 7.0})
	a.quiet()
}

func TestTooFarIsToldAndThePresentFollows(t *testing.T) {
	w := setup(t)
	for range 1500 {
		w.rules.Say(1, luis, "x")
	}
	a := w.as(ana, "/ws/")
	a.await("welcome")
	a.send(object{"type": "resume", "rooms": object{"1": 499}})
	has(t, a.next(), object{"type": "too_far", "room": 1.0, "room_id": "1", "seq": 1500.0})
	w.rules.Say(1, luis, "y")
	has(t, a.next(), object{"seq": 1501.0})
	a.send(object{"type": "resume", "rooms": object{"1": 501}})
	require.Equal(t, until(502, 1501), a.seqs(1, 1501))
}

// A client that claims more than there is (a restored backup) is told where the room is.
func TestAClaimBeyondTheLogIsCorrected(t *testing.T) {
	w := setup(t)
	w.rules.Say(1, luis, "x")
	a := w.as(ana, "/ws/")
	a.await("welcome")
	a.send(object{"type": "resume", "rooms": object{"1": 1_000_000, "99": 5, "2": -7}})
	for range 2 {
		o := a.await("resumed")
		require.Equal(t, map[float64]float64{1: 1, 2: 0}[o["room"].(float64)], o["seq"])
	}
	w.rules.Say(1, luis, "y")
	has(t, a.next(), object{"seq": 2.0})
}

// An entry of which nobody was told is read when the next one shows the hole.
func TestHolesAreFilled(t *testing.T) {
	w := setup(t)
	a, r := w.as(ana, "/ws/"), w.as(ana, "/ws/chat/1/")
	a.await("welcome")
	w.rules.Say(1, luis, "x")
	require.Equal(t, 1.0, a.next()["seq"])
	w.rules.Lose(3)
	for range 5 {
		w.rules.Say(1, luis, "x")
	}
	require.Equal(t, until(2, 6), a.seqs(1, 6))
	require.Equal(t, until(1, 6), r.seqs(1, 6))
}

// Even without a next one: rooms are compared with their logs now and then.
func TestLostEntriesAreFoundByTheAudit(t *testing.T) {
	w := setup(t, func(c *live.Config) { c.Lease = 60 * time.Millisecond })
	a := w.as(ana, "/ws/chat/1/")
	w.rules.Say(1, luis, "x")
	require.Equal(t, 1.0, a.next()["seq"])
	w.rules.Lose(1)
	w.rules.Say(1, luis, "x")
	require.Equal(t, 2.0, a.next()["seq"])
}

// While the log cannot be read, those who wait keep waiting.
func TestResumeOutlivesADatabaseThatIsAway(t *testing.T) {
	w := setup(t)
	for range 10 {
		w.rules.Say(1, luis, "x")
	}
	a := w.as(ana, "/ws/")
	a.await("welcome")
	w.rules.Fail(errors.New("away"))
	a.send(object{"type": "resume", "rooms": object{"1": 4}})
	for w.rules.Asked("last")+w.rules.Asked("after") < 2 {
		time.Sleep(time.Millisecond)
	}
	w.rules.Fail(nil)
	require.Equal(t, until(5, 10), a.seqs(1, 10))
}

// Who says something while the database is away is told to say it again, as by REST.
func TestTheDatabaseIsAwayForAMoment(t *testing.T) {
	w := setup(t)
	a := w.as(ana, "/ws/")
	a.await("welcome")
	w.rules.Fail(fmt.Errorf("begin: %w", pgconn.ErrConnClosed))
	a.send(object{"type": "chat_message", "room_id": 1, "text": "hola", "client_msg_id": "k"})
	problem := a.await("error")
	require.Equal(t, "unavailable", problem["code"])
	require.Equal(t, "k", problem["client_msg_id"])
	require.Positive(t, problem["retry_after"])
	w.rules.Fail(nil)
	a.send(object{"type": "chat_message", "room_id": 1, "text": "hola", "client_msg_id": "k"})
	a.await("ack")
}

// Frames of one connection are obeyed in their order, however many are under way.
func TestMessagesOfOneConnectionKeepTheirOrder(t *testing.T) {
	w := setup(t, func(c *live.Config) { c.Frames = 0 })
	a := w.as(ana, "/ws/")
	a.await("welcome")
	for i := range 500 {
		a.send(object{"type": "chat_message", "room_id": 1, "text": fmt.Sprint(i), "client_msg_id": i})
	}
	for i := 0; i < 500; {
		if o := a.next(); o["type"] == "ack" {
			has(t, o, object{"client_msg_id": float64(i), "seq": float64(i + 1)})
			i++
		}
	}
}

func TestTypingIsShownToTheOthers(t *testing.T) {
	w := setup(t)
	a, l := w.as(ana, "/ws/"), w.as(luis, "/ws/chat/2/")
	a.await("welcome")
	for range 3 {
		a.send(object{"type": "typing", "room_id": 2})
	}
	has(t, l.next(), object{"type": "typing", "room": 2.0, "room_id": "2", "user_id": 1.0})
	l.quiet()
	a.send(object{"type": "typing", "room_id": 3})
	has(t, a.await("error"), object{"code": "chat.not_a_participant"})
	a.send(object{"type": "typing"})
	has(t, a.await("error"), object{"code": "invalid", "detail": "room_id: Se requiere la sala."})
}

// The errors of a connection are in its reader's language.
func TestErrorsAreInTheReadersLanguage(t *testing.T) {
	w := setup(t)
	a := w.dial("/ws/", english)
	a.await("welcome")
	a.raw("{")
	has(t, a.next(), object{"detail": "The frame is not JSON."})
}
