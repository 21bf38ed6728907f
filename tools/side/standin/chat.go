package standin

import (
	"encoding/json"
	"errors"
	"net/http"

	"github.com/jackc/pgx/v5"
)

var chatRoutes = map[string]handler{
	"GET /api/chat/rooms/": func(a *ask) (int, any, error) {
		return a.as(func(me user) (int, any, error) { return a.page(rooms+" where "+within, "id", me.ID) })
	},
	"POST /api/chat/rooms/":                       postRoom,
	"POST /api/chat/rooms/get_or_create_private/": pair,
	"GET /api/chat/rooms/{id}/": func(a *ask) (int, any, error) {
		return a.as(func(me user) (int, any, error) {
			return found(a.row(rooms+" where "+within+" and id = $2", me.ID, a.id()))
		})
	},
	"GET /api/chat/messages/": func(a *ask) (int, any, error) {
		return a.as(func(user) (int, any, error) { // of everybody, as the original
			return a.page(messages+" where room_id = $1", "timestamp, id", number(a.URL.Query().Get("room")))
		})
	},
	"POST /api/chat/messages/": postMessage,
	"GET /api/chat/messages/{id}/": func(a *ask) (int, any, error) {
		return a.as(func(user) (int, any, error) { return found(a.row(messages+" where id = $1", a.id())) })
	},
	"GET /api/chat/messages/last_messages/": lastMessages,
	"POST /api/chat/messages/mark_read/":    markRead,
}

const (
	shownRoom = "id, name, participants_ids, is_private, created_at, last_activity"
	rooms     = "select " + shownRoom + " from chat_chatroom"
	// within says that $1 is in a room; ids are numbers and texts.
	within   = "(participants_ids @> to_jsonb($1::bigint) or participants_ids @> to_jsonb($1::bigint::text))"
	messages = `select id, room_id as room, jsonb_build_object('id', sender_id) as sender, content, media_id, timestamp, delivered, read from chat_chatmessage`
)

func postRoom(a *ask) (int, any, error) {
	return a.as(func(user) (int, any, error) {
		ids := a.ids("participants_ids", "participants")
		if private, said := a.body["is_private"].(bool); (private || !said) && len(ids) == 2 {
			return a.private(ids, http.StatusCreated)
		}
		return made(a.row("insert into chat_chatroom (name, participants_ids, is_private) values (coalesce($1, ''), to_jsonb($2::bigint[]), false) returning "+shownRoom, a.text("name"), ids))
	})
}

func pair(a *ask) (int, any, error) {
	return a.as(func(user) (int, any, error) {
		ids := a.ids("participants_ids", "participants")
		if len(ids) != 2 {
			return 0, nil, refuse(http.StatusBadRequest, "Se requieren exactamente 2 participantes.")
		}
		return a.private(ids, http.StatusOK)
	})
}

// private finds the room of two, or makes it; quick clicks make two, as in the original.
func (a *ask) private(ids []int64, status int) (int, any, error) {
	if ids[0] == ids[1] {
		return 0, nil, refuse(http.StatusBadRequest, "Un usuario no puede chatear consigo mismo.")
	}
	raw, err := a.row(rooms+` where is_private and case when jsonb_typeof(participants_ids) = 'array' then jsonb_array_length(participants_ids) end = 2 and `+within+`
		and (participants_ids @> to_jsonb($2::bigint) or participants_ids @> to_jsonb($2::bigint::text)) order by id limit 1`, ids[0], ids[1])
	if !errors.Is(err, errNotFound) {
		return found(raw, err)
	}
	raw, err = a.row(`insert into chat_chatroom (name, participants_ids) values ('Chat: User ' || $1::bigint || ' & User ' || $2::bigint, to_jsonb(array[$1, $2]::bigint[]))
		returning `+shownRoom, ids[0], ids[1])
	return status, raw, err
}

func postMessage(a *ask) (int, any, error) {
	return a.as(func(me user) (int, any, error) {
		room, err := a.need("room")
		if err != nil {
			return 0, nil, err
		}
		var raw json.RawMessage
		err = a.pool.QueryRow(a.Context(), `with m as (
				insert into chat_chatmessage (room_id, sender_id, content, media_id) select id, $2::bigint, coalesce($3, ''), $4::text::bigint from chat_chatroom where id = $1
				returning *),
			touched as (update chat_chatroom set last_activity = now() where id = $1),
			told as (insert into chat_chatmessagereceipt (message_id, user_id)
				select distinct m.id, p.id::bigint from m, chat_chatroom r, jsonb_array_elements_text(r.participants_ids) p(id) where r.id = $1 and p.id::bigint <> $2)
			select jsonb_build_object('type', 'chat.message', 'message_id', id, 'sender_id', sender_id, 'text', content, 'content', content,
				'room_id', room_id::text, 'media_id', media_id, 'timestamp', timestamp, 'client_msg_id', $5::text) from m`,
			number(room), me.ID, a.text("content", "text"), a.text("media_id"), a.text("client_msg_id")).Scan(&raw)
		if errors.Is(err, pgx.ErrNoRows) {
			return 0, nil, &refusal{http.StatusBadRequest, object{"room": []string{"Clave primaria \"" + room + "\" inválida - objeto no existe."}}}
		}
		return made(raw, err)
	})
}

// room is the one that the caller asks about, of whose people they are.
func (a *ask) room(me user, id int64) error {
	if id == 0 {
		return refuse(http.StatusBadRequest, "Se requiere 'room' query param válido.")
	}
	if _, err := a.row("select id from chat_chatroom where id = $1", id); err != nil {
		return refuse(http.StatusNotFound, "Sala no existe.")
	}
	if _, err := a.row("select id from chat_chatroom where id = $2 and "+within, me.ID, id); err != nil {
		return refuse(http.StatusForbidden, "No eres participante de esta sala.")
	}
	return nil
}

func lastMessages(a *ask) (int, any, error) {
	return a.as(func(me user) (int, any, error) {
		id, limit := number(a.URL.Query().Get("room")), number(a.URL.Query().Get("limit"))
		if err := a.room(me, id); err != nil {
			return 0, nil, err
		}
		if limit == 0 {
			limit = 50
		}
		return found(a.rows("select * from ("+messages+" where room_id = $1 order by timestamp desc, id desc limit $2) l order by timestamp, id", id, limit))
	})
}

func markRead(a *ask) (int, any, error) {
	return a.as(func(me user) (int, any, error) {
		var id int64
		if room := a.text("room", "room_id"); room != nil {
			id = number(*room)
		}
		if err := a.room(me, id); err != nil {
			return 0, nil, err
		}
		return found(a.row(`with r as (update chat_chatmessagereceipt r set delivered = true, read = true, delivered_at = now(), read_at = now() from chat_chatmessage m
			where m.id = r.message_id and m.room_id = $2 and r.user_id = $1 and not r.read returning r.message_id)
			select coalesce(jsonb_agg(message_id), '[]') as updated from r`, me.ID, id))
	})
}
