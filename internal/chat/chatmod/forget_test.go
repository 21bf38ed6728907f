package chatmod_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/auth"
)

// goes is that somebody's account is deleted, and that all of it is forgotten.
func (w *world) goes(who int64) {
	w.t.Helper()
	w.event(auth.UserDeleted{UserID: who})
	w.job("chat.forget")
}

func TestWithAPersonGoWhatTheySaidAndTheirName(t *testing.T) {
	w := setup(t)
	pair, group := w.paired(ana, luis), w.grouped(ana, luis, beto)
	w.entered(pair, ana, "Soy Ana", "Vivo en Tiquipaya")
	w.entered(pair, luis, "Hola Ana")
	w.entered(group, ana, "Buenas")
	w.exec("update entry set media_id = 7, client_key = id::text where user_id = $1 and kind = 'message'", ana)
	w.exec("insert into revision (entry_id, number, content) select id, 1, 'Soy Ana Flores' from entry where content = 'Soy Ana'")
	w.exec("insert into mark (room_id, user_id, kind, seq, at) values ($1, $2, 'read', 3, now())", pair, ana)
	w.blocked(ana, carla)
	w.blocked(carla, ana)
	w.blocked(carla, luis)
	w.as(ana, "PATCH", "chat/settings/", object{"hide_last_seen": true}).ok(200)
	shown := w.texts("select 'chat/messages/' || id from entry where media_id = 7 order by id")
	for range 2 { // events may come twice
		w.goes(ana)
	}
	require.Zero(t, w.count("entry where user_id = $1 or client_key is not null or media_id is not null", ana))
	require.Equal(t, []string{"", "", "Hola Ana"}, w.texts("select content from entry where room_id = $1 order by seq", pair))
	require.Equal(t, 2, w.count("entry where room_id = $1 and deleted_at is not null and user_id = 0", pair))
	require.ElementsMatch(t, shown, w.texts("select key from outbox where topic = 'chat.media'"))
	require.Zero(t, w.count("revision")+w.count("mark")+w.count("member where user_id = $1", ana)+w.count("room where created_by = $1", ana))
	require.Equal(t, []string{"4 2"}, w.texts("select user_id || ' ' || blocked_id from block"))
	require.Equal(t, 1, w.count("person where user_id = $1 and gone and not forgetting and not hide_last_seen and last_seen is null", ana))

	require.Equal(t, []string{"create 0", "message 0", "role 0 2", "leave 0 1"}, w.log(group))
	require.Equal(t, []string{"2 owner", "3 member"}, w.roles(group))
	got := w.as(luis, "GET", path("chat/rooms/%d/", pair), nil).ok(200)
	require.ElementsMatch(t, []float64{2, 0}, ids(got, "participants"), "the room stays the other one's")
	require.Equal(t, []string{"2 member"}, w.roles(pair), "who is no owner of it: nobody owns a private room")
	has(t, got, object{"unread_count": 0.0, "participants_count": 1.0, "last_seq": 3.0, "created_by": 0.0})
	require.Equal(t, []string{"message 0", "message 0", "message 2"}, w.log(pair))
	require.NotContains(t, w.as(luis, "GET", "chat/rooms/", nil).Raw, "Ana Flores")
}

func TestAPrivateRoomWhoseTwoAreGoneIsRemoved(t *testing.T) {
	w := setup(t)
	room := w.paired(ana, luis)
	w.entered(room, ana, "Hola")
	w.as(luis, "DELETE", path("chat/rooms/%d/", room), nil).ok(204)
	w.goes(ana)
	require.Equal(t, 1, w.count("room"))
	w.goes(luis)
	require.Zero(t, w.count("room")+w.count("entry")+w.count("member"))
}

func TestAGroupOfSomebodyAloneGoesWithThem(t *testing.T) {
	w := setup(t)
	w.grouped(ana)
	w.goes(ana)
	require.Zero(t, w.count("room")+w.count("entry"))
}

// TestManyMessagesAreForgottenBitByBit: no transaction takes more than 500 of them.
func TestManyMessagesAreForgottenBitByBit(t *testing.T) {
	w := setup(t)
	room := w.paired(ana, luis)
	w.exec(`insert into entry (room_id, seq, kind, user_id, content) select $1, n, 'message', $2, 'Hola' from generate_series(1, 2600) n`, room, ana)
	w.exec("update room set last_seq = 2600")
	w.exec("insert into room (is_private, created_by) select false, $1 from generate_series(1, 1200)", ana)
	w.exec("insert into member (room_id, user_id, role) select id, $1, 'owner' from room where not is_private", ana)
	w.exec("insert into block (user_id, blocked_id) select n, $1 from generate_series(10001, 11200) n", ana)
	w.goes(ana)
	require.Equal(t, 2600, w.count("entry where user_id = 0 and content = '' and deleted_at is not null"))
	require.Equal(t, 1, w.count("room"), "the others had nobody but her")
	require.Zero(t, w.count("block"))
	require.Greater(t, w.count("(select distinct xmin::text from entry) x"), 5)
}

func TestForgettingGoesOnWhereItStopped(t *testing.T) {
	w := setup(t)
	room := w.paired(ana, luis)
	w.entered(room, ana, "Hola")
	w.event(auth.UserDeleted{UserID: ana})
	w.restart() // before the job came
	require.Equal(t, 1, w.count("entry where user_id = $1", ana))
	w.job("chat.forget")
	require.Zero(t, w.count("entry where user_id = $1", ana))
}

func TestNothingLateRefersToSomebodyWhoIsGone(t *testing.T) {
	w := setup(t)
	room := w.grouped(luis, beto)
	w.event(auth.UserDeleted{UserID: ana}) // whom auth, or its cache, still knows
	w.as(beto, "POST", "chat/rooms/", object{"participants_ids": []int64{ana, beto}}).ok(400)
	w.as(beto, "POST", "chat/rooms/", object{"participants_ids": []int64{ana, luis}, "is_private": false}).ok(400)
	w.as(luis, "POST", path("chat/rooms/%d/members/", room), object{"user_ids": []int64{ana}}).ok(400)
	w.as(beto, "POST", "chat/blocks/", object{"user_id": ana}).ok(400)
	_, err := w.module.Service().RoomAbout(t.Context(), beto, ana, 7)
	require.ErrorContains(t, err, "not_found")
	w.as(ana, "POST", "chat/rooms/", object{"participants_ids": []int64{ana, beto}}).ok(403)
	w.as(ana, "POST", "chat/rooms/", object{"participants_ids": []int64{}, "is_private": false}).ok(403)
	w.as(ana, "POST", "chat/blocks/", object{"user_id": beto}).ok(403)
	w.as(ana, "PATCH", "chat/settings/", object{"hide_last_seen": true}).ok(403)
	require.Equal(t, 2, w.count("member"))
	require.Zero(t, w.count("block")+w.count("person where user_id = $1 and hide_last_seen", ana))
}

// TestAPersonWhoGoesWhileOthersOpenRoomsIsInNone: rooms are opened, members added and messages stored while the
// person goes.
func TestAPersonWhoGoesWhileOthersOpenRoomsIsInNone(t *testing.T) {
	w := setup(t)
	group := w.grouped(luis, ana)
	for n := int64(100); n < 130; n++ {
		w.users.put(auth.User{ID: n})
	}
	together(61, func(i int) int {
		other := int64(100 + i%30)
		switch {
		case i == 30:
			w.goes(ana)
			return 0
		case i%3 == 0:
			return w.as(other, "POST", "chat/rooms/", object{"participants_ids": []int64{ana, other}}).Status
		case i%3 == 1:
			return w.as(luis, "POST", path("chat/rooms/%d/members/", group), object{"user_ids": []int64{ana, other}}).Status
		}
		// As whoever stores a message does: the room is held, and its author is a member.
		w.exec(`with r as (update room set last_seq = last_seq + 1 where id = $1 and exists (select from member where room_id = $1 and user_id = $2) returning last_seq)
			insert into entry (room_id, seq, kind, user_id, content) select $1, last_seq, 'message', $2, $3 from r`, group, luis, fmt.Sprint(i))
		return w.as(ana, "POST", "chat/rooms/", object{"participants_ids": []int64{other}, "is_private": false}).Status
	})
	w.job("chat.forget")
	require.Zero(t, w.count("member where user_id = $1", ana)+w.count("entry where user_id = $1", ana)+w.count("room where created_by = $1", ana))
	require.Zero(t, w.count("person where forgetting"))
	require.Equal(t, w.texts("select last_seq::text from room where id = $1", group), w.texts("select count(*)::text from entry where room_id = $1", group))
}
