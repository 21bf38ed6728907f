package pretendtest

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"agrovet/internal/chat"
	"agrovet/internal/chat/internal/core"
	"agrovet/internal/chat/internal/wire"
)

type object = map[string]any

// rest adds the routes. A handler gets who asks, and returns what it answers; nil: 404.
func (s *Server) rest() {
	s.Mux.HandleFunc("POST /api/auth/login/", func(w http.ResponseWriter, r *http.Request) {
		var in struct {
			Phone string `json:"phone_number"`
		}
		_ = json.NewDecoder(r.Body).Decode(&in)
		id, _ := strconv.ParseInt(strings.TrimPrefix(in.Phone, "7000000"), 10, 64)
		if id <= 0 || id >= int64(len(Names)) {
			answer(w, http.StatusUnauthorized, object{"error": "Credenciales inválidas"})
			return
		}
		answer(w, http.StatusOK, object{"user": user(id), "token": Token(id)})
	})
	s.handle("GET /api/auth/users/me/", func(me int64, _ *http.Request) any { return user(me) })
	s.handle("GET /api/auth/users/{$}", func(_ int64, r *http.Request) any {
		found := []object{}
		for id := 1; id < len(Names); id++ {
			if strings.Contains(strings.ToLower(Names[id]), strings.ToLower(r.URL.Query().Get("search"))) {
				found = append(found, user(int64(id)))
			}
		}
		return object{"count": len(found), "next": nil, "previous": nil, "results": found}
	})
	s.handle("GET /api/chat/rooms/{$}", s.listRooms)
	s.handle("GET /api/chat/rooms/{id}/{$}", func(me int64, r *http.Request) any { return s.roomJSON(s.rooms[id(r)], me) })
	s.handle("GET /api/chat/rooms/{id}/log/", s.readLog)
	s.handle("POST /api/chat/rooms/get_or_create_private/", s.pair)
	s.handle("POST /api/chat/messages/{$}", s.post)
	s.handle("POST /api/chat/messages/mark_read/", func(me int64, r *http.Request) any {
		var in struct{ Room, Seq int64 }
		_ = json.NewDecoder(r.Body).Decode(&in)
		s.mark(in.Room, me, in.Seq, true)
		return object{"updated": []int64{}}
	})
	s.handle("PATCH /api/chat/messages/{id}/", func(me int64, r *http.Request) any {
		var in struct{ Content string }
		_ = json.NewDecoder(r.Body).Decode(&in)
		return found(s.change(id(r), me, in.Content))
	})
	s.handle("DELETE /api/chat/messages/{id}/", func(me int64, r *http.Request) any { return found(s.change(id(r), me, "")) })
}

func found(ok bool) any {
	if !ok {
		return nil
	}
	return object{}
}

func (s *Server) handle(pattern string, do func(me int64, r *http.Request) any) {
	s.Mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
		me := who(r)
		if me == 0 {
			answer(w, http.StatusUnauthorized, object{"detail": "Token inválido.", "code": "auth.token_invalid"})
			return
		}
		s.mu.Lock()
		v := do(me, r)
		s.mu.Unlock()
		switch v {
		case nil:
			answer(w, http.StatusNotFound, object{"detail": "No encontrado."})
		default:
			answer(w, http.StatusOK, v)
		}
	})
}

func answer(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(encode(v))
}

func id(r *http.Request) int64 {
	n, _ := strconv.ParseInt(r.PathValue("id"), 10, 64)
	return n
}

func user(id int64) object {
	name, last, _ := strings.Cut(Names[id], " ")
	return object{"id": id, "full_name": name, "last_name": last, "role": "consumer", "profile_picture": nil}
}

func (s *Server) listRooms(me int64, _ *http.Request) any {
	rooms := []any{}
	for _, r := range s.rooms {
		if j := s.roomJSON(r, me); j != nil {
			rooms = append(rooms, j)
		}
	}
	return object{"count": len(rooms), "next": nil, "previous": nil, "results": rooms}
}

func (s *Server) roomJSON(r *room, me int64) any {
	if r == nil || r.members[me] == nil {
		return nil
	}
	m, people := r.members[me], []wire.Person{}
	for id := range r.members {
		people = append(people, wire.PersonOf(person(id)))
	}
	var last any
	unread := 0
	for _, e := range r.log[m.FromSeq:] {
		if e.Kind == chat.Message {
			last = wire.MessageOf(r.shown(e))
			if e.UserID != me && e.Seq > m.ReadSeq && e.DeletedAt.IsZero() {
				unread++
			}
		}
	}
	return object{"id": r.ID, "name": r.Name, "participants": people, "participants_count": len(people), "is_private": r.Private,
		"created_at": wire.Written(r.CreatedAt), "last_activity": wire.Written(r.LastActivity), "messages": []any{}, "last_message": last,
		"unread_count": unread, "last_seq": r.LastSeq, "from_seq": m.FromSeq, "read_seq": m.ReadSeq, "delivered_seq": m.DeliveredSeq}
}

// readLog is rooms/{id}/log/?after= or ?before=.
func (s *Server) readLog(me int64, req *http.Request) any {
	r := s.rooms[id(req)]
	if r == nil || r.members[me] == nil {
		return nil
	}
	q := req.URL.Query()
	limit, _ := strconv.Atoi(q.Get("limit"))
	if limit == 0 {
		limit = 50
	}
	log, more := slices.Clone(r.log[r.members[me].FromSeq:]), false
	if q.Has("before") {
		before, _ := strconv.ParseInt(q.Get("before"), 10, 64)
		log = slices.DeleteFunc(log, func(e core.Shown) bool { return e.Seq >= before })
		if more = len(log) > limit; more {
			log = log[len(log)-limit:]
		}
	} else {
		after, _ := strconv.ParseInt(q.Get("after"), 10, 64)
		log = slices.DeleteFunc(log, func(e core.Shown) bool { return e.Seq <= after })
		if more = len(log) > limit; more {
			log = log[:limit]
		}
	}
	entries := []any{}
	for _, e := range log {
		entries = append(entries, wire.EntryOf(r.shown(e)))
	}
	return object{"room": r.ID, "entries": entries, "last_seq": r.LastSeq, "more": more}
}

func (s *Server) pair(me int64, req *http.Request) any {
	var in struct {
		IDs []int64 `json:"participants_ids"`
	}
	_ = json.NewDecoder(req.Body).Decode(&in)
	for _, r := range s.rooms {
		if len(in.IDs) == 2 && r.Private && r.members[in.IDs[0]] != nil && r.members[in.IDs[1]] != nil {
			return s.roomJSON(r, me)
		}
	}
	return s.roomJSON(s.make(in.IDs...), me)
}

func (s *Server) post(me int64, req *http.Request) any {
	var in struct {
		Room    int64           `json:"room"`
		Content string          `json:"content"`
		Key     json.RawMessage `json:"client_msg_id"`
		ReplyTo int64           `json:"reply_to"`
	}
	_ = json.NewDecoder(req.Body).Decode(&in)
	e, _, r := s.store(in.Room, me, in.Content, string(in.Key), in.ReplyTo)
	if r == nil {
		return nil
	}
	m := wire.MessageOf(r.shown(e))
	m.Type = "chat.message"
	return m
}
