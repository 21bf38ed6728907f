package pretendtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/gorilla/websocket"

	"agrovet/internal/chat/internal/wire"
)

// socket is a connection; its queue has no bound, as a test needs none.
type socket struct {
	user  int64
	queue chan []byte
	stop  chan struct{}
	code  int
}

func (s *Server) enter(user int64) (k *socket, first bool) {
	first = !s.isOnline(user)
	k = &socket{user: user, queue: make(chan []byte, 1<<14), stop: make(chan struct{})}
	s.live[k] = true
	return k, first
}

func (s *Server) leave(k *socket) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.live[k] {
		delete(s.live, k)
		close(k.stop)
	}
	if !s.isOnline(k.user) {
		s.presence(k.user, wire.TypeOffline)
	}
}

func (s *Server) isOnline(user int64) bool {
	for k := range s.live {
		if k.user == user {
			return true
		}
	}
	return false
}

func (s *Server) presence(user int64, kind string) {
	for k := range s.live {
		if k.user != user {
			k.queue <- encode(wire.Presence{Type: kind, UserID: user})
		}
	}
}

// toUser sends a frame to all connections of somebody; entries are mangled when a test wants it.
func (s *Server) toUser(user int64, frame any) {
	frames := [][]byte{encode(frame)}
	if s.Mangle != nil && strings.Contains(string(frames[0]), `"seq"`) && !strings.Contains(string(frames[0]), `"room_added"`) {
		frames = s.Mangle(frames)
	}
	for k := range s.live {
		if k.user == user {
			for _, f := range frames {
				k.queue <- f
			}
		}
	}
}

// CloseAll ends all connections with a code; 0 drops them.
func (s *Server) CloseAll(code int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for k := range s.live {
		k.code = code
		delete(s.live, k)
		close(k.stop)
	}
}

// Tell sends a frame to all connections of somebody.
func (s *Server) Tell(user int64, frame any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.toUser(user, frame)
}

func (s *Server) connect(w http.ResponseWriter, r *http.Request) {
	user := who(r)
	s.mu.Lock()
	refuse := s.Refuse
	s.mu.Unlock()
	if user == 0 {
		refuse = http.StatusUnauthorized
	}
	if refuse != 0 {
		http.Error(w, http.StatusText(refuse), refuse)
		return
	}
	up := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }, Subprotocols: []string{"agrovet"}}
	conn, err := up.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	s.mu.Lock()
	k, first := s.enter(user)
	k.queue <- encode(s.welcome(user))
	if first {
		s.presence(user, wire.TypeOnline)
	}
	s.mu.Unlock()
	defer s.leave(k)
	go k.write(conn)
	for {
		_, b, err := conn.ReadMessage()
		if err != nil {
			return
		}
		s.obey(k, b)
	}
}

func (k *socket) write(conn *websocket.Conn) {
	defer conn.Close()
	for {
		select {
		case b := <-k.queue:
			if conn.WriteMessage(websocket.TextMessage, b) != nil {
				return
			}
		case <-k.stop:
			if k.code != 0 {
				_ = conn.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(k.code, ""), time.Now().Add(time.Second))
			}
			return
		}
	}
}

func (s *Server) welcome(user int64) wire.Welcome {
	w := wire.Welcome{Type: wire.TypeWelcome, UserID: user, Heartbeat: s.Heartbeat, Rooms: []wire.RoomState{}}
	for _, r := range s.rooms {
		if m := r.members[user]; m != nil {
			w.Rooms = append(w.Rooms, state(r, m))
		}
	}
	return w
}

// asked is any frame of a client.
type asked struct {
	Type    string          `json:"type"`
	Room    wire.RoomRef    `json:"room_id"`
	Text    string          `json:"text"`
	Key     json.RawMessage `json:"client_msg_id"`
	ReplyTo int64           `json:"reply_to"`
	Seq     int64           `json:"seq"`
	Rooms   map[int64]int64 `json:"rooms"`
}

func (s *Server) obey(k *socket, b []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var a asked
	if err := json.Unmarshal(b, &a); err != nil {
		k.queue <- encode(wire.Error{Type: wire.TypeError, Code: "invalid_json", Detail: err.Error()})
		return
	}
	switch a.Type {
	case wire.AskSend:
		s.sent(k, a)
	case wire.AskRead:
		s.mark(int64(a.Room), k.user, a.Seq, true)
	case wire.AskDelivered:
		for room, seq := range a.Rooms {
			s.mark(room, k.user, seq, false)
		}
	case wire.AskResume:
		for room, seq := range a.Rooms {
			s.resume(k, room, seq)
		}
	case wire.AskTyping:
		for id := range s.rooms[int64(a.Room)].members {
			if id != k.user {
				s.toUser(id, wire.Typing{Type: wire.TypeTyping, RoomIDs: wire.RoomIDsOf(int64(a.Room)), UserID: k.user})
			}
		}
	case wire.AskOnline:
		k.queue <- encode(wire.OnlineUsers{Type: wire.TypeOnlineUsers, Users: s.onlineUsers()})
	case wire.AskPing:
		k.queue <- encode(wire.Pong{Type: wire.TypePong})
	}
}

func (s *Server) onlineUsers() (ids []int64) {
	for id := int64(1); id < int64(len(Names)); id++ {
		if s.isOnline(id) {
			ids = append(ids, id)
		}
	}
	return ids
}

func (s *Server) sent(k *socket, a asked) {
	e, repeated, r := s.store(int64(a.Room), k.user, a.Text, string(a.Key), a.ReplyTo)
	switch {
	case r == nil:
		k.queue <- encode(wire.Error{Type: wire.TypeError, Code: "chat.not_a_participant", Detail: "No eres participante de esta sala.", ClientMsgID: a.Key})
	case !s.NoAcks:
		k.queue <- encode(wire.Ack{Type: wire.TypeAck, ClientMsgID: a.Key, RoomIDs: wire.RoomIDsOf(r.ID), MessageID: e.ID, Seq: e.Seq,
			Timestamp: wire.Written(e.CreatedAt), Repeated: repeated})
	}
}

func (s *Server) resume(k *socket, roomID, after int64) {
	r := s.rooms[roomID]
	if r == nil || r.members[k.user] == nil {
		return
	}
	after = max(after, r.members[k.user].FromSeq)
	if r.LastSeq-after > s.TooFar {
		k.queue <- encode(wire.TooFar{Type: wire.TypeTooFar, RoomIDs: wire.RoomIDsOf(roomID), Seq: r.LastSeq})
		return
	}
	for i := after; i < r.LastSeq; i++ {
		k.queue <- encode(wire.EntryOf(r.shown(r.log[i])))
	}
	k.queue <- encode(wire.Resumed{Type: wire.TypeResumed, RoomIDs: wire.RoomIDsOf(roomID), Seq: r.LastSeq})
}

// stream is the same by server-sent events.
func (s *Server) stream(w http.ResponseWriter, r *http.Request) {
	user := who(r)
	if user == 0 {
		http.Error(w, "", http.StatusUnauthorized)
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	out := http.NewResponseController(w)
	s.mu.Lock()
	k, first := s.enter(user)
	k.queue <- encode(s.welcome(user))
	for _, part := range strings.Split(r.URL.Query().Get("rooms"), ",") {
		id, seq, _ := strings.Cut(part, ":")
		room, _ := strconv.ParseInt(id, 10, 64)
		after, _ := strconv.ParseInt(seq, 10, 64)
		s.resume(k, room, after)
	}
	if first {
		s.presence(user, wire.TypeOnline)
	}
	s.mu.Unlock()
	defer s.leave(k)
	for {
		select {
		case b := <-k.queue:
			fmt.Fprintf(w, "data: %s\n\n", b)
			_ = out.Flush()
		case <-k.stop:
			return
		case <-r.Context().Done():
			return
		}
	}
}
