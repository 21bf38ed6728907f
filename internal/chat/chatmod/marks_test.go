package chatmod_test

import (
	"context"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/chat"
	"agrovet/internal/chat/internal/core"
)

// heard is a Line that remembers what it is told.
type heard struct {
	mu      sync.Mutex
	entries []core.Shown
	marked  []core.Marked
}

func (h *heard) Entries(_ context.Context, entries []core.Shown) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.entries = append(h.entries, entries...)
}

func (h *heard) Marked(_ context.Context, marked []core.Marked) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.marked = append(h.marked, marked...)
}
func (h *heard) Added(context.Context, core.At, []chat.Member)    {}
func (h *heard) Removed(context.Context, core.At, ...int64)       {}
func (h *heard) Ended(context.Context, int64, ...int64)           {}
func (h *heard) Notify(_ context.Context, _ int64, _ core.Notice) {}

// listen is what those who are connected are told from now on.
func (w *world) listen() *heard {
	w.t.Helper()
	h := &heard{}
	w.module.Core().Line = h
	return h
}

func (h *heard) take() (entries []core.Shown, marked []core.Marked) {
	h.mu.Lock()
	defer h.mu.Unlock()
	entries, marked, h.entries, h.marked = h.entries, h.marked, nil, nil
	return entries, marked
}

// TestMarkRead: fault 44 of the contract.
func TestMarkRead(t *testing.T) {
	w := setup(t)
	room := w.pair(ana, luis)
	ids := w.says(ana, room, "uno", "dos", "tres")
	own := w.says(luis, room, "mío")
	line := w.listen()

	t.Run("ReadsUpToANumberAndTellsWhatIsNew", func(t *testing.T) {
		got := w.as(luis, "POST", "chat/messages/mark_read/", object{"room": room, "seq": 2}).ok(200)
		require.Equal(t, []any{float64(ids[0]), float64(ids[1])}, got["updated"])
		_, marked := line.take()
		require.Len(t, marked, 1, "reading is getting: once is enough")
		require.Equal(t, core.Marked{RoomID: room, UserID: luis, Read: true, After: 0, UpTo: 2,
			Messages: []core.MarkedMessage{{ID: ids[1], Seq: 2, SenderID: ana}, {ID: ids[0], Seq: 1, SenderID: ana}}}, marked[0])
	})
	t.Run("NothingNewIsToldToNobody", func(t *testing.T) {
		marks := w.count("mark")
		for _, seq := range []int{1, 2} {
			require.Equal(t, []any{}, w.as(luis, "POST", "chat/messages/mark_read/", object{"room_id": room, "seq": seq}).ok(200)["updated"])
		}
		_, marked := line.take()
		require.Empty(t, marked)
		require.Equal(t, marks, w.count("mark"))
	})
	t.Run("TellsReceiptsWithTheirTimes", func(t *testing.T) {
		rows := w.as(ana, "GET", path("chat/messages/last_messages/?room=%d", room), nil).list()
		has(t, rows[1], object{"delivered": true, "read": true, "recipients": 1.0, "read_count": 1.0})
		receipt := rows[1]["receipts"].([]any)[0].(object)
		has(t, receipt, object{"user_id": float64(luis), "delivered": true, "read": true})
		require.Equal(t, receipt["read_at"], rows[1]["read_at"])
		require.NotNil(t, receipt["delivered_at"])
		has(t, rows[2], object{"delivered": false, "read": false, "delivered_at": nil, "read_at": nil, "recipients": 1.0})
		has(t, rows[3], object{"sender_id": float64(luis), "read": false})
	})
	t.Run("EarlierTimesStay", func(t *testing.T) {
		before := w.as(ana, "GET", path("chat/messages/%d/", ids[0]), nil).ok(200)
		require.Equal(t, []any{float64(ids[2])}, w.as(luis, "POST", "chat/messages/mark_read/", object{"room": path("%d", room)}).ok(200)["updated"])
		after := w.as(ana, "GET", path("chat/messages/%d/", ids[0]), nil).ok(200)
		require.Equal(t, before["receipts"], after["receipts"])
	})
	t.Run("ByMessages", func(t *testing.T) {
		more := w.says(luis, room, "cuatro", "cinco")
		require.Equal(t, []any{float64(own[0]), float64(more[0])}, w.as(ana, "POST", "chat/messages/mark_read/", object{"room": room, "message_ids": []int64{more[0], ids[0], 99999}}).ok(200)["updated"])
		require.Equal(t, []any{}, w.as(ana, "POST", "chat/messages/mark_read/", object{"room": room, "message_ids": []int64{99999}}).ok(200)["updated"])
	})
	t.Run("NobodyReadsAhead", func(t *testing.T) {
		w.as(ana, "POST", "chat/messages/mark_read/", object{"room": room, "seq": 1 << 40}).ok(200)
		require.Equal(t, 1, w.count("member m join room r on r.id = m.room_id where m.user_id = $1 and read_seq = last_seq", ana))
	})
	for name, r := range map[string]struct {
		user   int64
		body   object
		status int
		detail string
	}{
		"NoRoom":        {ana, object{}, 400, "Invalid 'room' parameter."},
		"RoomIsNoId":    {ana, object{"room": "abc"}, 400, "Invalid 'room' parameter."},
		"NoSuchRoom":    {ana, object{"room": 999}, 404, "Sala no existe."},
		"ByAStranger":   {carla, object{"room": room}, 403, "No eres participante de esta sala."},
		"StrangersName": {carla, object{"room": room, "message_ids": ids}, 403, "No eres participante de esta sala."},
	} {
		t.Run(name, func(t *testing.T) {
			has(t, w.as(r.user, "POST", "chat/messages/mark_read/", r.body).ok(r.status), object{"detail": r.detail})
		})
	}
}

func TestDelivered(t *testing.T) {
	w := setup(t)
	one, two, other := w.pair(ana, luis), w.crowd(ana, luis, beto), w.pair(ana, carla)
	ids := w.says(ana, one, "a", "b")
	w.says(ana, two, "c")
	w.says(ana, other, "d")
	c, ctx := w.module.Core(), context.Background()
	line := w.listen()

	require.NoError(t, c.Delivered(ctx, luis, map[int64]int64{one: 1, two: 99, other: 1, 777: 3}))
	_, marked := line.take()
	require.Len(t, marked, 2, "of rooms that are not his nothing is told")
	has(t, w.as(ana, "GET", path("chat/messages/%d/", ids[0]), nil).ok(200), object{"delivered": true, "read": false, "delivered_count": 1.0})
	has(t, w.as(ana, "GET", path("chat/messages/%d/", ids[1]), nil).ok(200), object{"delivered": false})
	require.Equal(t, 1, w.count("member where room_id = $1 and user_id = $2 and delivered_seq = 1 and read_seq = 0", two, luis), "nobody has more than there is")
	require.NoError(t, c.Delivered(ctx, luis, map[int64]int64{one: 1, two: 1, other: 1}))
	_, marked = line.take()
	require.Empty(t, marked)
	require.Equal(t, 2, w.count("mark"))
}

func TestMarksAtOnce(t *testing.T) {
	w := setup(t)
	room := w.pair(ana, luis)
	for range 20 {
		w.say(ana, room, "x")
	}
	c := w.module.Core()
	var all sync.WaitGroup
	for i := range 60 {
		all.Go(func() {
			if i%2 == 0 {
				_, err := c.Read(context.Background(), room, luis, int64(i%20+1))
				require.NoError(t, err)
			} else {
				require.NoError(t, c.Delivered(context.Background(), luis, map[int64]int64{room: int64(21 - i%20)}))
			}
		})
	}
	all.Wait()
	require.Equal(t, 1, w.count("member where room_id = $1 and user_id = $2 and delivered_seq = 20 and read_seq = 19", room, luis))
	require.Equal(t, 0, w.count("(select at < lag(at) over (partition by kind order by seq) as back from mark) m where back"), "later ones have later times")
}

// TestReceiptsInAGroup: those who came later, or left, do not count.
func TestReceiptsInAGroup(t *testing.T) {
	w := setup(t)
	room := w.crowd(ana, luis, beto)
	first := w.say(ana, room, "hola")
	w.enter(room, carla)
	second := w.say(ana, room, "bienvenida")
	c := w.module.Core()
	for _, user := range []int64{luis, carla} {
		_, err := c.Read(context.Background(), room, user, 0)
		require.NoError(t, err)
	}
	at := func(m object) object { return w.as(ana, "GET", path("chat/messages/%d/", id(m)), nil).ok(200) }
	has(t, at(first), object{"recipients": 2.0, "read_count": 1.0, "read": false, "read_at": nil})
	has(t, at(second), object{"recipients": 3.0, "read_count": 2.0, "read": false})
	w.putOut(room, beto)
	has(t, at(first), object{"recipients": 1.0, "read_count": 1.0, "read": true})
	require.NotNil(t, at(first)["read_at"])
}

// TestReceiptsInALargeGroup: the counts tell.
func TestReceiptsInALargeGroup(t *testing.T) {
	w := setup(t)
	room := w.crowd(ana, luis)
	w.exec("insert into member (room_id, user_id) select $1, n from generate_series(1000, 1039) n", room)
	m := w.say(ana, room, "hola")
	_, err := w.module.Core().Read(context.Background(), room, luis, 0)
	require.NoError(t, err)
	has(t, w.as(ana, "GET", path("chat/messages/%d/", id(m)), nil).ok(200), object{"recipients": 41.0, "delivered_count": 1.0, "read_count": 1.0, "receipts": []any{}})
}

func TestHidingARoomTakesNoReceiptBack(t *testing.T) {
	w := setup(t)
	room := w.pair(ana, luis)
	one := w.says(ana, room, "uno")[0]
	w.as(luis, "POST", "chat/messages/mark_read/", object{"room": room}).ok(200)
	w.as(luis, "DELETE", path("chat/rooms/%d/", room), nil).ok(204)
	has(t, w.as(ana, "GET", path("chat/messages/%d/", one), nil).ok(200), object{"read": true, "recipients": 1.0, "read_count": 1.0})
	w.as(luis, "GET", path("chat/messages/%d/", one), nil).ok(404)
}
