package chatmod_test

import (
	"context"
	"slices"

	"github.com/stretchr/testify/require"
)

// Rooms made by SQL, so that the tests of messages stand for themselves.

func (w *world) roomRow(query string, args ...any) (id int64) {
	w.t.Helper()
	require.NoError(w.t, w.db.Q(context.Background()).QueryRow(context.Background(), query, args...).Scan(&id))
	return id
}

// pair is a private room of two.
func (w *world) pair(a, b int64) int64 {
	w.t.Helper()
	two := []int64{a, b}
	slices.Sort(two)
	id := w.roomRow("insert into room (is_private, low_id, high_id, created_by) values (true, $1, $2, $3) returning id", two[0], two[1], a)
	w.exec("insert into member (room_id, user_id) select $1, unnest($2::bigint[])", id, two)
	return id
}

// crowd is a group whose owner is the first.
func (w *world) crowd(ids ...int64) int64 {
	w.t.Helper()
	id := w.roomRow("insert into room (is_private, name, created_by) values (false, 'Grupo', $1) returning id", ids[0])
	w.exec("insert into member (room_id, user_id, role) select $1, u, case when u = $2 then 'owner' else 'member' end from unnest($3::bigint[]) u", id, ids[0], ids)
	return id
}

// enter makes somebody a member, who sees what comes from now on.
func (w *world) enter(room, user int64) {
	w.t.Helper()
	w.exec(`insert into member (room_id, user_id, from_seq, delivered_seq, read_seq) select id, $2, last_seq, last_seq, last_seq from room where id = $1`, room, user)
}

func (w *world) putOut(room, user int64) {
	w.t.Helper()
	w.exec("delete from member where room_id = $1 and user_id = $2", room, user)
}

// say sends a text and returns the answer.
func (w *world) say(user, room int64, text string) object {
	w.t.Helper()
	return w.as(user, "POST", "chat/messages/", object{"room": room, "content": text}).ok(201)
}

// says sends several texts.
func (w *world) says(user, room int64, texts ...string) (ids []int64) {
	w.t.Helper()
	for _, text := range texts {
		ids = append(ids, id(w.say(user, room, text)))
	}
	return ids
}

func id(o object) int64 { return int64(o["id"].(float64)) }

func seq(o object) int64 { return int64(o["seq"].(float64)) }
