package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"strconv"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/gorilla/websocket"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// bareChat is what a lean program for the same messages would be: whoever connects is believed; what comes
// in is stored by batched inserts, whatever waits in one durable transaction, with the product's rows and
// events; and then it is written to everybody in the room.
type bareChat struct {
	db      *pgxpool.Pool
	store   bool // else messages are passed on without being stored
	waiting chan bareMessage

	mu    sync.Mutex
	rooms map[int64]*bareRoom
}

type bareRoom struct {
	mu      sync.Mutex
	seq     int64
	sockets map[*bareSocket]bool
}

// bareSocket is written to by one goroutine at a time.
type bareSocket struct {
	*websocket.Conn
	mu sync.Mutex
}

type bareMessage struct {
	room   int64
	sender int64
	text   string
	key    string
}

// bareFrame is as much as a client needs of a message.
type bareFrame struct {
	Type      string `json:"type"`
	ID        int64  `json:"id"`
	RoomID    int64  `json:"room_id"`
	Seq       int64  `json:"seq"`
	SenderID  int64  `json:"sender_id"`
	Text      string `json:"text"`
	Timestamp string `json:"timestamp"`
	Key       string `json:"client_msg_id"`
}

// serveBareChat starts bare chat, on the product's database. With -store=false it stores nothing.
func (h *house) serveBareChat(ctx context.Context, args ...string) (*process, error) {
	return h.launchBare(ctx, append([]string{"chat"}, args...)...)
}

// bareChatHTTP serves until ctx ends.
func bareChatHTTP(ctx context.Context, listen string, store bool) error {
	db, err := openBare(ctx, "chat")
	if err != nil {
		return err
	}
	defer db.Close()
	c := &bareChat{db: db, store: store, waiting: make(chan bareMessage, 1024), rooms: map[int64]*bareRoom{}}
	go c.write(ctx)
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", listen)
	if err != nil {
		return err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /health/", func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Length", "0") })
	mux.HandleFunc("GET /ws/", c.connect)
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second}
	context.AfterFunc(ctx, func() { _ = server.Close() })
	if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

var bareBuffers sync.Pool

func (c *bareChat) connect(w http.ResponseWriter, r *http.Request) {
	room, err := strconv.ParseInt(r.URL.Query().Get("room"), 10, 64)
	user, err2 := strconv.ParseInt(r.URL.Query().Get("user"), 10, 64)
	if err := errors.Join(err, err2); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	upgrader := websocket.Upgrader{ReadBufferSize: 512, WriteBufferSize: 1024, WriteBufferPool: &bareBuffers}
	conn, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return // Upgrade has answered
	}
	s := &bareSocket{Conn: conn}
	in := c.enter(r.Context(), room, s)
	s.mu.Lock()
	_ = s.WriteMessage(websocket.TextMessage, []byte(`{"type":"welcome"}`)) // its reader notices that it is gone
	s.mu.Unlock()
	go c.read(s, in, room, user)
}

func (c *bareChat) enter(ctx context.Context, id int64, s *bareSocket) *bareRoom {
	c.mu.Lock()
	defer c.mu.Unlock()
	r := c.rooms[id]
	if r == nil {
		r = &bareRoom{sockets: map[*bareSocket]bool{}}
		c.rooms[id] = r
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.sockets) == 0 { // the product may have been here meanwhile
		_ = c.db.QueryRow(ctx, "select last_seq from room where id = $1", id).Scan(&r.seq)
	}
	r.sockets[s] = true
	return r
}

func (c *bareChat) read(s *bareSocket, in *bareRoom, room, user int64) {
	defer func() {
		in.mu.Lock()
		delete(in.sockets, s)
		in.mu.Unlock()
		_ = s.Close()
	}()
	for {
		var m struct {
			Type string `json:"type"`
			Text string `json:"text"`
			Key  string `json:"client_msg_id"`
		}
		_, frame, err := s.ReadMessage()
		if err != nil || json.Unmarshal(frame, &m) != nil {
			return
		}
		if m.Type != "chat_message" {
			continue
		}
		if !c.store {
			c.tell(room, bareFrame{Type: "chat_message", RoomID: room, SenderID: user, Text: m.Text, Key: m.Key})
			continue
		}
		c.waiting <- bareMessage{room, user, m.Text, m.Key}
	}
}

// write stores what waits, all of it in one transaction, until ctx ends.
func (c *bareChat) write(ctx context.Context) {
	for ctx.Err() == nil {
		batch := c.take(ctx)
		frames, err := c.insert(ctx, batch)
		if err != nil {
			if ctx.Err() == nil {
				fmt.Fprintln(os.Stderr, "bare chat:", err)
				os.Exit(1)
			}
			return
		}
		for i, m := range batch {
			c.tell(m.room, frames[i])
		}
	}
}

// take waits for a message and takes all that came with it.
func (c *bareChat) take(ctx context.Context) (batch []bareMessage) {
	select {
	case m := <-c.waiting:
		batch = append(batch, m)
	case <-ctx.Done():
		return nil
	}
	for len(batch) < 128 {
		select {
		case m := <-c.waiting:
			batch = append(batch, m)
		default:
			return batch
		}
	}
	return batch
}

const (
	bareEntries = `with given as (
			select * from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::text[]) with ordinality g(room_id, seq, user_id, content, key, n)),
		moved as (update room set last_seq = g.seq, last_activity = clock_timestamp()
			from (select room_id, max(seq) as seq from given group by room_id) g where room.id = g.room_id)
		insert into entry (room_id, seq, kind, user_id, content, client_key)
		select room_id, seq, 'message', user_id, content, key from given order by n returning id, created_at`
	bareEvents = `insert into outbox (id, topic, type, key, data)
		select id, 'chat.events', 'chat.message.sent', key, data::jsonb from unnest($1::uuid[], $2::text[], $3::text[]) e(id, key, data)`
)

func (c *bareChat) insert(ctx context.Context, batch []bareMessage) (frames []bareFrame, err error) {
	rooms, seqs, users := make([]int64, len(batch)), make([]int64, len(batch)), make([]int64, len(batch))
	texts, keys := make([]string, len(batch)), make([]string, len(batch))
	for i, m := range batch {
		r := c.of(m.room)
		r.mu.Lock()
		r.seq++
		seqs[i] = r.seq
		r.mu.Unlock()
		rooms[i], users[i], texts[i], keys[i] = m.room, m.sender, m.text, `"`+m.key+`"`
	}
	err = pgx.BeginFunc(ctx, c.db, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, bareEntries, rooms, seqs, users, texts, keys)
		if err != nil {
			return err
		}
		ids, data := make([]uuid.UUID, 0, len(batch)), make([]string, 0, len(batch))
		topicKeys := make([]string, 0, len(batch))
		var id int64
		var at time.Time
		_, err = pgx.ForEachRow(rows, []any{&id, &at}, func() error {
			i := len(ids)
			m := batch[i]
			frames = append(frames, bareFrame{"chat_message", id, m.room, seqs[i], m.sender, m.text, at.UTC().Format(time.RFC3339Nano), m.key})
			event, err := uuid.NewV7()
			ids, topicKeys = append(ids, event), append(topicKeys, strconv.FormatInt(m.room, 10))
			data = append(data, fmt.Sprintf(`{"message_id":%d,"room_id":%d,"sender_id":%d,"seq":%d}`, id, m.room, m.sender, seqs[i]))
			return err
		})
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, bareEvents, ids, topicKeys, data)
		return err
	})
	return frames, err
}

func (c *bareChat) of(room int64) *bareRoom {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.rooms[room]
}

// tell writes a message to everybody in the room.
func (c *bareChat) tell(room int64, f bareFrame) {
	b, err := json.Marshal(f)
	if err != nil {
		return
	}
	prepared, err := websocket.NewPreparedMessage(websocket.TextMessage, b)
	if err != nil {
		return
	}
	r := c.of(room)
	r.mu.Lock()
	defer r.mu.Unlock()
	for s := range r.sockets {
		s.mu.Lock()
		_ = s.WritePreparedMessage(prepared) // its reader notices that it is gone
		s.mu.Unlock()
	}
}
