package chatmod_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"agrovet/internal/auth"
	"agrovet/internal/chat"
	"agrovet/internal/media"
)

// TestEdit: faults 37 and 45 of the contract.
func TestEdit(t *testing.T) {
	w := setup(t)
	room, other := w.pair(ana, luis), w.pair(ana, beto)
	m := w.say(ana, room, "Vendo vaca")
	at := path("chat/messages/%d/", id(m))
	active := w.texts("select last_activity::text from room where id = $1", room)
	line := w.listen()

	t.Run("ByOthersIsRefused", func(t *testing.T) {
		for user, status := range map[int64]int{luis: 403, carla: 404, jefa: 403, 0: 401} {
			w.as(user, "PATCH", at, object{"content": "x"}).ok(status)
		}
	})
	t.Run("SaysWhatItSaysNow", func(t *testing.T) {
		got := w.as(ana, "PATCH", at, object{"content": "Vendo dos vacas", "room": other, "sender": luis}).ok(200)
		has(t, got, object{"content": "Vendo dos vacas", "room": float64(room), "seq": 1.0, "sender_id": float64(ana)})
		require.NotNil(t, got["edited_at"])
		entries, _ := line.take()
		require.Len(t, entries, 1)
		require.Equal(t, chat.Edit, entries[0].Kind)
		require.Equal(t, []any{int64(2), id(m), int64(1), "Vendo dos vacas"}, []any{entries[0].Seq, entries[0].TargetID, entries[0].TargetSeq, entries[0].Content})
		require.Equal(t, active, w.texts("select last_activity::text from room where id = $1", room))
	})
	t.Run("TheSameTextChangesNothing", func(t *testing.T) {
		w.as(ana, "PUT", at, object{"content": "Vendo dos vacas"}).ok(200)
		w.as(ana, "PATCH", at, object{}).ok(200)
		entries, _ := line.take()
		require.Empty(t, entries)
		require.Equal(t, 1, w.count("revision"))
	})
	t.Run("WrongTextsAreRefused", func(t *testing.T) {
		for _, text := range []any{"", "  ", nil} {
			require.Contains(t, w.as(ana, "PATCH", at, object{"content": text}).ok(400), "content")
		}
	})
	t.Run("NotUnderABlock", func(t *testing.T) {
		w.exec("insert into block (user_id, blocked_id) values ($1, $2)", luis, ana)
		w.as(ana, "PATCH", at, object{"content": "y otra cosa"}).ok(403)
		w.exec("delete from block")
	})
	t.Run("WhatItSaidIsForStaff", func(t *testing.T) {
		w.as(ana, "GET", at+"revisions/", nil).ok(403)
		rows := results(w.as(jefa, "GET", at+"revisions/", nil).ok(200))
		require.Len(t, rows, 1)
		has(t, rows[0], object{"number": 1.0, "content": "Vendo vaca"})
		has(t, w.as(jefa, "GET", at, nil).ok(200), object{"content": "Vendo dos vacas"})
		w.as(jefa, "GET", "chat/messages/999/revisions/", nil).ok(404)
	})
}

func TestDelete(t *testing.T) {
	w := setup(t)
	room := w.crowd(ana, luis, beto)
	w.exec("update member set role = 'admin' where user_id = $1", luis)
	m := w.as(beto, "POST", "chat/messages/", object{"room": room, "content": "foto", "media_id": 1, "client_msg_id": "k"}).ok(201)
	at := path("chat/messages/%d/", id(m))
	line := w.listen()

	w.as(carla, "DELETE", at, nil).ok(404)
	owners := w.say(ana, room, "de la dueña")
	w.as(beto, "DELETE", path("chat/messages/%d/", id(owners)), nil).ok(403)
	line.take()
	require.Equal(t, 204, w.as(luis, "DELETE", at, nil).Status, "an admin may")

	has(t, w.as(ana, "GET", at, nil).ok(200), object{"content": "", "media_id": nil, "media_url": nil})
	entries, _ := line.take()
	require.Len(t, entries, 1)
	require.Equal(t, []any{chat.Delete, luis, id(m), int64(1)}, []any{entries[0].Kind, entries[0].UserID, entries[0].TargetID, entries[0].TargetSeq})
	require.False(t, entries[0].DeletedAt.IsZero())
	require.Equal(t, `{"place": "chat/messages/`+path("%d", id(m))+`", "media_ids": []}`, w.texts("select data::text from outbox where topic = 'chat.media' order by position desc limit 1")[0])
	require.Equal(t, 204, w.as(luis, "DELETE", at, nil).Status, "again is no change")
	entries, _ = line.take()
	require.Empty(t, entries)
	has(t, w.as(beto, "PATCH", at, object{"content": "x"}).ok(409), object{"code": "chat.message_deleted"})
	has(t, w.as(beto, "POST", "chat/messages/", object{"room": room, "content": "foto", "client_msg_id": "k"}).ok(201), object{"id": m["id"], "content": "", "repeated": true})
	has(t, results(w.as(jefa, "GET", at+"revisions/", nil).ok(200))[0], object{"content": "foto", "media_id": 1.0})
}

func TestDeleteInPrivate(t *testing.T) {
	w := setup(t)
	room := w.pair(ana, luis)
	ids := w.says(ana, room, "uno", "dos")
	w.as(luis, "DELETE", path("chat/messages/%d/", ids[0]), nil).ok(403)
	require.Equal(t, 204, w.as(ana, "DELETE", path("chat/messages/%d/", ids[0]), nil).Status)
	t.Run("ByStaffWhoIsNoMember", func(t *testing.T) {
		require.Equal(t, 204, w.as(jefa, "DELETE", path("chat/messages/%d/", ids[1]), nil).Status)
		require.Equal(t, 1, w.count("entry where kind = 'delete' and user_id = $1 and seq = 4", jefa))
	})
}

func TestMediaDeleted(t *testing.T) {
	w := setup(t)
	room := w.pair(ana, luis)
	m := w.as(ana, "POST", "chat/messages/", object{"room": room, "content": "foto", "media_id": 1}).ok(201)
	gone := w.as(ana, "POST", "chat/messages/", object{"room": room, "media_id": 1}).ok(201)
	w.as(ana, "DELETE", path("chat/messages/%d/", id(gone)), nil)
	w.event(media.Deleted{MediaID: 1})
	w.event(media.Deleted{MediaID: 1})
	has(t, w.as(luis, "GET", path("chat/messages/%d/", id(m)), nil).ok(200), object{"content": "foto", "media_id": nil})
	require.Zero(t, w.count("entry where media_id is not null"))
	require.Zero(t, w.count("revision where media_id is not null"))
}

func TestNames(t *testing.T) {
	w := setup(t)
	room := w.pair(ana, luis)
	m := w.say(ana, room, "hola")
	name := func() any {
		return w.as(luis, "GET", path("chat/messages/%d/", id(m)), nil).ok(200)["sender"].(object)["full_name"]
	}
	require.Equal(t, "Ana Flores", name())
	asked := w.users.asked()
	require.Equal(t, "Ana Flores", name())
	require.Equal(t, asked, w.users.asked(), "auth is not asked again")

	w.users.put(auth.User{ID: ana, FullName: "Ana de Paz"})
	w.event(auth.UserUpdated{UserID: ana})
	require.Equal(t, "Ana de Paz", name())

	w.users.away(true)
	w.later(6 * time.Minute)
	require.Equal(t, "Ana de Paz", name(), "what is known is shown while auth is away")
	w.users.away(false)
	w.users.put(auth.User{ID: ana, FullName: "Ana"})
	require.Equal(t, "Ana", name())
}
