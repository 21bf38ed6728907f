// Package pretendtest is a chat server in memory for tests of clients: it speaks the frames and the REST answers of
// package wire, keeps the rules that a client can notice, and none of the others. Tests make it misbehave.
//
// Person n signs in with phone number 7000000n, any password, and has the token t<n>.
package pretendtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"agrovet/internal/auth"
	"agrovet/internal/chat"
	"agrovet/internal/chat/internal/core"
	"agrovet/internal/chat/internal/wire"
)

// Names are the people, from 1.
var Names = []string{"", "Rosa Mamani", "Luis Paz", "Ana Flores"}

// Server is the pretended server.
type Server struct {
	*httptest.Server
	Mux *http.ServeMux
	mu  sync.Mutex

	rooms map[int64]*room
	live  map[*socket]bool
	ids   int64

	// What tests set, by Set.
	TooFar    int64                          // so many missing entries are too far; 1,000
	Heartbeat float64                        // seconds, as welcome tells; 30
	Refuse    int                            // status of every handshake; 0: none is refused
	NoAcks    bool                           // messages are stored and nobody is told that they are
	Mangle    func(frames [][]byte) [][]byte // what becomes of entries on their way
}

type room struct {
	chat.Room
	log     []core.Shown
	members map[int64]*chat.Member
	keys    map[string]int64 // seq by sender and client's key
}

// New starts a server that ends with the test.
func New(t testing.TB) *Server {
	s := &Server{Mux: http.NewServeMux(), rooms: map[int64]*room{}, live: map[*socket]bool{}, TooFar: 1000, Heartbeat: 30}
	s.rest()
	s.Mux.HandleFunc("GET /ws/{$}", s.connect)
	s.Mux.HandleFunc("GET /api/chat/stream/", s.stream)
	s.Server = httptest.NewServer(s.Mux)
	t.Cleanup(func() {
		s.CloseAll(1001)
		s.CloseClientConnections()
		s.Close()
	})
	return s
}

// Set changes how the server behaves.
func (s *Server) Set(change func(*Server)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(s)
}

// Token signs a person in.
func Token(user int64) string { return fmt.Sprintf("t%d", user) }

// Room makes a room of these people.
func (s *Server) Room(users ...int64) int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.make(users...).ID
}

func (s *Server) make(users ...int64) *room {
	id := int64(len(s.rooms) + 1)
	r := &room{Room: chat.Room{ID: id, Private: len(users) == 2, CreatedAt: time.Now(), LastActivity: time.Now(), Name: fmt.Sprintf("Sala %d", id)},
		members: map[int64]*chat.Member{}, keys: map[string]int64{}}
	s.rooms[id] = r
	for _, u := range users {
		s.join(r, u)
	}
	return r
}

func (s *Server) join(r *room, user int64) {
	m := &chat.Member{RoomID: r.ID, UserID: user, FromSeq: r.LastSeq, DeliveredSeq: r.LastSeq, ReadSeq: r.LastSeq}
	r.members[user] = m
	s.toUser(user, wire.RoomAdded{Type: wire.TypeRoomAdded, RoomState: state(r, m)})
}

// Join puts somebody into a room.
func (s *Server) Join(roomID, user int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := s.rooms[roomID]
	s.join(r, user)
	s.append(r, core.Shown{Entry: chat.Entry{Kind: chat.Join, UserID: user, TargetID: user}, User: person(user), Target: person(user)})
}

// Say stores a message as its sender's REST request would.
func (s *Server) Say(roomID, user int64, text string) int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.append(s.rooms[roomID], said(user, text)).Seq
}

func said(user int64, text string) core.Shown {
	return core.Shown{Entry: chat.Entry{Kind: chat.Message, UserID: user, Content: text}, User: person(user)}
}

func person(id int64) auth.User { return auth.User{ID: id, FullName: Names[id]} }

// append gives an entry its number and tells everybody.
func (s *Server) append(r *room, e core.Shown) core.Shown {
	s.ids++
	r.LastSeq++
	r.LastActivity = time.Now()
	e.ID, e.RoomID, e.Seq, e.CreatedAt = s.ids, r.ID, r.LastSeq, r.LastActivity
	r.log = append(r.log, e)
	for user, m := range r.members {
		if e.Seq > m.FromSeq {
			s.toUser(user, wire.EntryOf(r.shown(e)))
		}
	}
	return e
}

// shown fills in what others have of a message.
func (r *room) shown(e core.Shown) core.Shown {
	for id, m := range r.members {
		if id == e.UserID || e.Kind != chat.Message {
			continue
		}
		got := core.Receipt{UserID: id}
		e.Recipients++
		if m.DeliveredSeq >= e.Seq {
			e.DeliveredCount++
			got.DeliveredAt, e.DeliveredAt = e.CreatedAt, e.CreatedAt
		}
		if m.ReadSeq >= e.Seq {
			e.ReadCount++
			got.ReadAt, e.ReadAt = e.CreatedAt, e.CreatedAt
		}
		e.Receipts = append(e.Receipts, got)
	}
	return e
}

func state(r *room, m *chat.Member) wire.RoomState {
	return wire.RoomState{Room: r.ID, LastSeq: r.LastSeq, FromSeq: m.FromSeq, DeliveredSeq: m.DeliveredSeq, ReadSeq: m.ReadSeq}
}

// Texts are the messages of a room, in order.
func (s *Server) Texts(roomID int64) (texts []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, e := range s.rooms[roomID].log {
		if e.Kind == chat.Message {
			texts = append(texts, e.Content)
		}
	}
	return texts
}

// Member is what somebody has got and read of a room.
func (s *Server) Member(roomID, user int64) chat.Member {
	s.mu.Lock()
	defer s.mu.Unlock()
	return *s.rooms[roomID].members[user]
}

// Live is how many connections there are.
func (s *Server) Live() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.live)
}

// store is Send of REST and sockets: a key that was there before brings the message of then.
func (s *Server) store(roomID, user int64, text, key string, reply int64) (core.Shown, bool, *room) {
	r := s.rooms[roomID]
	if r == nil || r.members[user] == nil {
		return core.Shown{}, false, nil
	}
	place := fmt.Sprint(user, key)
	if seq := r.keys[place]; key != "" && seq != 0 {
		return r.log[seq-1], true, r
	}
	e := said(user, text)
	if e.ClientKey = key; reply > 0 && reply <= r.LastSeq {
		e.ReplyTo, e.Reply = reply, &r.log[reply-1].Entry
	}
	r.keys[place] = r.LastSeq + 1
	return s.append(r, e), false, r
}

// mark moves what somebody has got or read.
func (s *Server) mark(roomID, user, upTo int64, read bool) {
	r := s.rooms[roomID]
	if r == nil || r.members[user] == nil {
		return
	}
	m := r.members[user]
	if upTo == 0 || upTo > r.LastSeq {
		upTo = r.LastSeq
	}
	had, news := m.DeliveredSeq, []int64{}
	if read {
		had = m.ReadSeq
		m.ReadSeq = max(m.ReadSeq, upTo)
	}
	m.DeliveredSeq = max(m.DeliveredSeq, upTo)
	authors := map[int64]int64{}
	for _, e := range r.log[had:max(had, upTo)] {
		if e.Kind == chat.Message && e.UserID != user {
			news = append(news, e.ID)
			authors[e.UserID] = e.ID
		}
	}
	if len(news) == 0 {
		return
	}
	for id := range r.members {
		if read {
			s.toUser(id, wire.Read{Type: wire.TypeRead, RoomIDs: wire.RoomIDsOf(roomID), MessageIDs: news, Seq: upTo, UserID: user})
		} else if authors[id] != 0 {
			s.toUser(id, wire.Delivered{Type: wire.TypeDelivered, RoomIDs: wire.RoomIDsOf(roomID), MessageID: authors[id], Seq: upTo, UserID: user})
		}
	}
}

// change edits or, without a text, deletes a message.
func (s *Server) change(id, user int64, text string) bool {
	for _, r := range s.rooms {
		i := slices.IndexFunc(r.log, func(e core.Shown) bool { return e.ID == id && e.Kind == chat.Message && e.UserID == user })
		if i < 0 {
			continue
		}
		e, kind := &r.log[i], chat.Edit
		if e.Content, e.EditedAt = text, time.Now(); text == "" {
			e.DeletedAt, kind = time.Now(), chat.Delete
		}
		s.append(r, core.Shown{Entry: chat.Entry{Kind: kind, UserID: user, TargetID: id, TargetSeq: e.Seq, Content: text,
			EditedAt: e.EditedAt, DeletedAt: e.DeletedAt}, User: person(user)})
		return true
	}
	return false
}

// who signs a request; 0: nobody.
func who(r *http.Request) int64 {
	token := r.URL.Query().Get("token")
	if token == "" {
		_, token, _ = strings.Cut(r.Header.Get("Authorization"), " ")
	}
	for _, p := range strings.Split(r.Header.Get("Sec-WebSocket-Protocol"), ",") {
		if t, ok := strings.CutPrefix(strings.TrimSpace(p), "token."); ok {
			token = t
		}
	}
	id, err := strconv.ParseInt(strings.TrimPrefix(token, "t"), 10, 64)
	if err != nil || id <= 0 || id >= int64(len(Names)) {
		return 0
	}
	return id
}

func encode(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return b
}
