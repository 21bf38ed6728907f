package chatmod_test

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"agrovet/internal/chat/internal/core"
	"agrovet/internal/chat/internal/wire"
)

func entriesOf(o object) (all []object) {
	for _, e := range o["entries"].([]any) {
		all = append(all, e.(object))
	}
	return all
}

func seqs(rows []object) (all []int64) {
	for _, r := range rows {
		all = append(all, seq(r))
	}
	return all
}

func TestLog(t *testing.T) {
	w := setup(t)
	room := w.crowd(ana, luis)
	line := w.listen()
	ids := w.says(ana, room, "uno", "dos")
	w.as(ana, "PATCH", path("chat/messages/%d/", ids[0]), object{"content": "uno de otra forma"}).ok(200)
	w.as(ana, "DELETE", path("chat/messages/%d/", ids[1]), nil)
	w.say(luis, room, "tres")
	at := path("chat/rooms/%d/log/", room)

	t.Run("IsWhatASocketWouldHaveSent", func(t *testing.T) {
		told, _ := line.take()
		got := entriesOf(w.as(luis, "GET", at+"?after=2", nil).ok(200))
		require.Len(t, got, 3)
		for i, s := range told[2:] {
			frame, err := json.Marshal(wire.EntryOf(s))
			require.NoError(t, err)
			var want object
			require.NoError(t, json.Unmarshal(frame, &want))
			require.Equal(t, want, got[i])
		}
		require.Equal(t, []string{"message_edited", "message_deleted", "chat_message"}, field[string](got, "type"))
	})
	for query, want := range map[string]struct {
		seqs []int64
		more bool
	}{
		"":                  {[]int64{1, 2, 3, 4, 5}, false},
		"?after=3":          {[]int64{4, 5}, false},
		"?after=1&limit=2":  {[]int64{2, 3}, true},
		"?after=5":          {nil, false},
		"?after=99":         {nil, false},
		"?before=4&limit=2": {[]int64{2, 3}, true},
		"?before=3":         {[]int64{1, 2}, false},
		"?before=99":        {[]int64{1, 2, 3, 4, 5}, false},
		"?before=1":         {nil, false},
	} {
		t.Run("Pages"+query, func(t *testing.T) {
			got := w.as(luis, "GET", at+query, nil).ok(200)
			require.Equal(t, want.seqs, seqs(entriesOf(got)))
			has(t, got, object{"more": want.more, "last_seq": 5.0, "room": float64(room), "room_id": fmt.Sprint(room), "from_seq": 0.0})
		})
	}
	t.Run("IsForMembersFromWhenTheyCame", func(t *testing.T) {
		w.as(beto, "GET", at, nil).ok(403)
		w.as(beto, "GET", "chat/rooms/999/log/", nil).ok(404)
		w.as(luis, "GET", at+"?limit=501", nil).ok(400)
		w.as(luis, "GET", at+"?after=-1", nil).ok(400)
		w.enter(room, beto)
		w.say(ana, room, "hola Beto")
		for _, query := range []string{"", "?after=2", "?before=99"} {
			require.Equal(t, []int64{6}, seqs(entriesOf(w.as(beto, "GET", at+query, nil).ok(200))), query)
		}
	})
}

func TestLogs(t *testing.T) {
	w := setup(t)
	one, two, far, others := w.pair(ana, luis), w.crowd(ana, luis), w.crowd(ana, beto), w.pair(luis, beto)
	w.says(luis, one, "1", "2", "3")
	w.says(luis, two, "4")
	w.says(luis, others, "secreto")
	w.exec("insert into entry (room_id, seq, kind, user_id, content) select $1, n, 'message', $2, 'x' from generate_series(1, 1500) n", far, beto)
	w.exec("update room set last_seq = 1500 where id = $1", far)

	got := w.as(ana, "GET", path("chat/log/?rooms=%d:1,%d:1,%d:400,%d:0,777:3", one, two, far, others), nil).ok(200)
	require.Equal(t, []any{float64(others), 777.0}, got["gone"])
	var rooms []object
	for _, r := range got["rooms"].([]any) {
		rooms = append(rooms, r.(object))
	}
	require.Len(t, rooms, 3)
	require.Equal(t, []int64{2, 3}, seqs(entriesOf(rooms[0])))
	require.Empty(t, entriesOf(rooms[1]))
	has(t, rooms[2], object{"too_far": true, "last_seq": 1500.0, "entries": []any{}})
	near := w.as(ana, "GET", path("chat/log/?rooms=%d:500", far), nil).ok(200)["rooms"].([]any)[0].(object)
	has(t, near, object{"too_far": false, "more": false})
	require.Len(t, entriesOf(near), 1000)

	for _, bad := range []string{"", "1", "1:x", "x:1", "1:-1", "1:1,1:2", "1:1,,"} {
		require.Contains(t, w.as(ana, "GET", "chat/log/?rooms="+bad, nil).ok(400), "rooms", bad)
	}
}

// TestLogsAreBounded: what does not fit into one answer is asked for again.
func TestLogsAreBounded(t *testing.T) {
	w := setup(t)
	query := ""
	for i := range 4 {
		room := w.crowd(ana, luis)
		w.exec("insert into entry (room_id, seq, kind, user_id, content) select $1, n, 'message', $2, 'x' from generate_series(1, 900) n", room, luis)
		w.exec("update room set last_seq = 900 where id = $1", room)
		query += fmt.Sprintf("%s%d:0", map[bool]string{true: ","}[i > 0], room)
	}
	total := 0
	var more []bool
	for _, r := range w.as(ana, "GET", "chat/log/?rooms="+query, nil).ok(200)["rooms"].([]any) {
		total += len(entriesOf(r.(object)))
		more = append(more, r.(object)["more"].(bool))
	}
	require.Equal(t, 2000, total)
	require.Equal(t, []bool{false, false, true, true}, more)
}

func TestAfterAndLast(t *testing.T) {
	w := setup(t)
	one, two := w.pair(ana, luis), w.crowd(ana, luis)
	w.says(ana, one, "1", "2", "3")
	w.says(ana, two, "4")
	c, ctx := w.module.Core(), context.Background()
	last, err := c.Last(ctx, []int64{one, two, 777})
	require.NoError(t, err)
	require.Equal(t, map[int64]int64{one: 3, two: 1}, last)
	got, err := c.After(ctx, []core.Want{{RoomID: one, After: 1, Limit: 1}, {RoomID: two, After: 0, Limit: 9}})
	require.NoError(t, err)
	require.Len(t, got[one], 1)
	require.Equal(t, "2", got[one][0].Content)
	require.Len(t, got[two], 1)
}

// TestARoomThatIsHeldHoldsUpNobodyElse: another transaction may take its time.
func TestARoomThatIsHeldHoldsUpNobodyElse(t *testing.T) {
	w := setup(t)
	held, free := w.pair(ana, luis), w.pair(ana, beto)
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	sent := make(chan error, 1)
	require.NoError(t, w.db.Tx(ctx, func(tx context.Context) error {
		_, err := w.db.Q(tx).Exec(tx, "select from room where id = $1 for update", held)
		require.NoError(t, err)
		go func() {
			_, _, err := w.module.Core().Send(ctx, core.Draft{RoomID: held, SenderID: ana, Content: "después"})
			sent <- err
		}()
		require.Eventually(t, func() bool { return w.count("pg_locks where not granted") > 0 }, 20*time.Second, time.Millisecond)
		w.says(ana, free, "ahora", "y ahora")
		require.Empty(t, sent)
		return nil
	}))
	require.NoError(t, <-sent)
	require.Equal(t, 1, w.count("entry where room_id = $1 and seq = 1", held))
}
