package socket_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/require"

	"agrovet/internal/chat/internal/live"
)

// paths are the doors that frames come in by; only the first is strict.
var paths = []string{"/ws/", "/ws/chat/1/", "/ws/presence/"}

// FuzzFrames sends any bytes as a frame. Whatever they are, there is an answer as the contract says: an error, what
// was asked for, silence where that is right, or a close; and the next frame is obeyed.
func FuzzFrames(f *testing.F) {
	for _, text := range []string{
		``, ` `, `{`, `}`, `null`, `0`, `"text"`, `[]`, `[{"type":"ping"}]`, `{}`, `{"type":null}`, `{"type":5}`, `{"type":"PING"}`, `{"type":"ping"}`, `{"type":"ping"} x`,
		`{"type":"preview","data":"data:image/png;base64,AA"}`,
		`{"type":"chat_message"}`, `{"type":"chat_message","text":""}`, `{"type":"chat_message","text":"hola","room_id":1}`, `{"type":"chat_message","content":"hola","room_id":"1"}`,
		`{"type":"chat_message","text":"hola","room_id":2}`, `{"type":"chat_message","text":"hola","room_id":3}`, `{"type":"chat_message","text":"hola","room_id":"zzz"}`,
		`{"type":"chat_message","text":"hola","room_id":-1}`, `{"type":"chat_message","text":"hola","room_id":99999999999999999999}`, `{"type":"chat_message","text":"hola","room_id":1.5}`,
		`{"type":"chat_message","text":5,"room_id":1}`, `{"type":"chat_message","text":"hola","media_id":"x","room_id":1}`, `{"type":"chat_message","text":"hola","media_id":null,"room_id":1,"client_msg_id":"k"}`,
		`{"type":"chat_message","text":"hola","room_id":1,"client_msg_id":{"a":[1]}}`, `{"type":"chat_message","text":"hola","room_id":1,"client_msg_id":1e400}`,
		`{"type":"chat_message","text":"\u0000","room_id":1}`, `{"type":"chat_message","text":"\ud800","room_id":1,"client_msg_id":"\ud800"}`,
		"{\"type\":\"chat_message\",\"text\":\"\xff\",\"room_id\":1,\"client_msg_id\":\"\xff\"}", "{\"type\":\"x\",\"client_msg_id\":\"\xc3\x28\"}", "\xff\xfe", "\xef\xbb\xbf{}",
		`{"type":"mark_read"}`, `{"type":"mark_read","room_id":1,"seq":-1}`, `{"type":"mark_read","room_id":1,"message_ids":[]}`, `{"type":"mark_read","room_id":1,"message_ids":["x"]}`, `{"type":"mark_read","room":1}`,
		`{"type":"delivered"}`, `{"type":"delivered","rooms":{"1":9223372036854775807}}`, `{"type":"delivered","rooms":{"x":1}}`, `{"type":"delivered","rooms":[1]}`, `{"type":"delivered","rooms":{"1":-1}}`,
		`{"type":"resume","rooms":{"1":0,"2":-9223372036854775808}}`, `{"type":"resume","rooms":{"":0}}`, `{"type":"resume","rooms":{"1":1e30}}`, `{"type":"resume","rooms":null}`,
		`{"type":"typing"}`, `{"type":"typing","room_id":1}`, `{"type":"typing","room_id":9}`,
		`{"type":"get_online_users"}`, `{"type":"get_online_users","users":[-1,0,9223372036854775807]}`, `{"type":"get_online_users","users":"x"}`,
		strings.Repeat("[", 20_000), `{"type":"` + strings.Repeat("x", 65_000) + `"}`, strings.Repeat(" ", 64<<10), strings.Repeat(" ", 64<<10+1),
	} {
		for door := range paths {
			f.Add(byte(door), false, []byte(text))
		}
	}
	f.Add(byte(0), true, []byte(`{"type":"ping"}`))
	f.Add(byte(1), true, []byte{})
	w := setup(f, func(c *live.Config) { c.Frames, c.PerPerson = 0, 1000 })
	lines := make([]*probe, len(paths))
	f.Cleanup(func() {
		for _, p := range lines {
			if p != nil {
				p.hangUp()
			}
		}
	})
	f.Fuzz(func(t *testing.T, door byte, binary bool, data []byte) {
		n := int(door) % len(paths)
		if lines[n] == nil || lines[n].over {
			if lines[n] != nil {
				lines[n].hangUp()
			}
			lines[n] = w.probe(t, paths[n])
		}
		lines[n].try(t, n == 0, binary, data)
	})
}

// probe is a socket that frames are tried on.
type probe struct {
	c      *websocket.Conn
	frames chan []byte
	code   websocket.StatusCode
	bad    int // frames that were no JSON
	over   bool
}

func (w *world) probe(t *testing.T, path string) *probe {
	c, _, err := websocket.Dial(context.Background(), w.address(path)+"?token=1", nil)
	require.NoError(t, err)
	c.SetReadLimit(1 << 20)
	p := &probe{c: c, frames: make(chan []byte, 1000)}
	go func() {
		defer close(p.frames)
		for {
			_, b, err := c.Read(context.Background())
			if err != nil {
				p.code = websocket.CloseStatus(err)
				return
			}
			p.frames <- b
		}
	}()
	return p
}

func (p *probe) hangUp() { _ = p.c.CloseNow() }

// heard is a frame of the server: the part by which it is judged.
type heard struct{ Type, Code string }

// told are frames that come when they come, and answer nothing.
var told = []string{"welcome", "chat_message", "resumed", "message_delivered", "messages_read", "presence.online", "presence.offline"}

// answers are what comes until as many pongs have, or the end.
func (p *probe) answers(t *testing.T, pongs int) (all []heard) {
	limit := time.After(patience)
	for {
		select {
		case b, on := <-p.frames:
			if !on {
				p.over = true
				return all
			}
			require.True(t, utf8.Valid(b), "%q", b)
			var h heard
			require.NoError(t, json.Unmarshal(b, &h), "%q", b)
			switch {
			case h.Type == "pong":
				if pongs--; pongs == 0 {
					return all
				}
			case !slices.Contains(told, h.Type):
				all = append(all, h)
			}
		case <-limit:
			require.Fail(t, "neither an answer nor an end")
		}
	}
}

// try sends a frame, and judges what comes of it.
func (p *probe) try(t *testing.T, strict, binary bool, data []byte) {
	kind := map[bool]websocket.MessageType{false: websocket.MessageText, true: websocket.MessageBinary}[binary]
	asked := typeOf(data)
	pongs := 1
	if asked == "ping" && !binary && fits(data) {
		pongs = 2
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	err := errors.Join(p.c.Write(ctx, kind, data), p.c.Write(ctx, websocket.MessageText, []byte(`{"type":"ping"}`))) // it may end meanwhile
	got := p.answers(t, pongs)
	switch {
	case binary:
		p.ended(t, websocket.StatusUnsupportedData)
		return
	case len(data) > 64<<10:
		p.ended(t, websocket.StatusMessageTooBig)
		return
	case !fits(data):
		require.Equal(t, []heard{{"error", "invalid_json"}}, got)
		if p.bad++; p.bad == 10 {
			p.ended(t, websocket.StatusInvalidFramePayloadData)
			return
		}
	case !slices.Contains([]string{"chat_message", "mark_read", "delivered", "resume", "typing", "ping", "get_online_users"}, asked):
		require.Equal(t, strict, len(got) == 1 && got[0] == heard{"error", "unknown_type"}, "%v", got)
		require.Equal(t, strict, len(got) != 0, "%v", got)
	case strict && asked == "chat_message":
		require.Len(t, got, 1)
		require.Contains(t, []string{"ack", "error"}, got[0].Type)
	default:
		require.LessOrEqual(t, len(got), 1, "%v", got)
	}
	require.NoError(t, err)
	require.False(t, p.over, "it has ended with %d", p.code)
	for _, h := range got {
		require.Contains(t, []string{"ack", "error", "online_users_list"}, h.Type)
		require.NotEqual(t, "internal", h.Code)
	}
}

func (p *probe) ended(t *testing.T, code websocket.StatusCode) {
	require.True(t, p.over)
	require.Equal(t, code, p.code)
}

// fits says whether a frame is JSON that may be read.
func fits(data []byte) bool { return len(data) <= 64<<10 && utf8.Valid(data) && json.Valid(data) }

func typeOf(data []byte) string {
	var h struct {
		Type        string
		ClientMsgID json.RawMessage `json:"client_msg_id"`
	}
	_ = json.Unmarshal(data, &h)
	return h.Type
}

var firstID = regexp.MustCompile(`^id: 1:\d+,2:\d+\n$`)

// FuzzStreamPositions opens the event stream with anything as what the client has: it opens, or the request is
// refused as wrong.
func FuzzStreamPositions(f *testing.F) {
	for _, text := range []string{"", "1:3", "1:3,2:5", "1:", ":1", "1", ",", "1:2,", "x:1", "1:x", "1:2:3", "-1:-1", "1:-9223372036854775808", "1:9223372036854775807",
		"99999999999999999999:1", "1:1,1:2", "+1:+1", " 1:1", "1:1\x00", "99:5", "1:1;2:2", "１:1", strings.Repeat("1:1,", 3000) + "1:1"} {
		f.Add(text, "")
		f.Add("", text)
		f.Add("1:1", text)
	}
	w := setup(f, func(c *live.Config) { c.PerPerson = 1000 })
	for range 3 {
		w.rules.Say(1, luis, "hola")
	}
	f.Fuzz(func(t *testing.T, rooms, last string) {
		ctx, hangUp := context.WithTimeout(context.Background(), patience)
		defer hangUp()
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, w.http.URL+"/api/chat/stream/?token=1&rooms="+url.QueryEscape(rooms), nil)
		require.NoError(t, err)
		if last != "" {
			r.Header.Set("Last-Event-ID", last)
		}
		res, err := http.DefaultClient.Do(r)
		if err != nil {
			require.ErrorContains(t, err, "invalid header field value")
			return
		}
		defer res.Body.Close()
		if res.StatusCode != http.StatusOK {
			require.Contains(t, []int{http.StatusBadRequest, http.StatusRequestHeaderFieldsTooLarge}, res.StatusCode)
			return
		}
		line, err := bufio.NewReader(res.Body).ReadString('\n')
		require.NoError(t, err)
		require.Regexp(t, firstID, line)
	})
}
