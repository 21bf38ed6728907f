package socket_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"agrovet/internal/chat/internal/live"
)

// event is one of a stream.
type event struct {
	id   string
	data object
}

// events opens a stream.
func (w *world) events(path string, headers ...string) (next func() event, status int, hangUp func()) {
	w.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	w.t.Cleanup(cancel)
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, w.http.URL+path, nil)
	require.NoError(w.t, err)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	res, err := http.DefaultClient.Do(r)
	require.NoError(w.t, err)
	w.t.Cleanup(func() { res.Body.Close() })
	lines := bufio.NewReader(res.Body)
	return func() (e event) {
		w.t.Helper()
		timer := time.AfterFunc(patience, cancel)
		defer timer.Stop()
		for e.data == nil {
			line, err := lines.ReadString('\n')
			if err != nil {
				return event{}
			}
			line = strings.TrimSuffix(line, "\n")
			if id, ok := strings.CutPrefix(line, "id: "); ok {
				e.id = id
			}
			if data, ok := strings.CutPrefix(line, "data: "); ok {
				require.NoError(w.t, json.Unmarshal([]byte(data), &e.data))
			}
		}
		return e
	}, res.StatusCode, cancel
}

// Where sockets do not pass, the same comes as events, each of whose ids says what one has.
func TestAStreamResumes(t *testing.T) {
	w := setup(t)
	for i := range 5 {
		w.rules.Say(1, luis, fmt.Sprint(i))
		w.rules.Say(2, luis, fmt.Sprint(i))
	}
	next, status, hangUp := w.events("/api/chat/stream/?rooms=1:3&token=1")
	require.Equal(t, http.StatusOK, status)
	has(t, next().data, object{"type": "welcome", "user_id": 1.0})
	has(t, next().data, object{"room": 1.0, "seq": 4.0})
	e := next()
	has(t, e.data, object{"room": 1.0, "seq": 5.0})
	require.Equal(t, "1:5,2:5", e.id)
	has(t, next().data, object{"type": "resumed"})
	w.rules.Say(2, luis, "jetzt")
	e = next()
	require.Equal(t, "1:5,2:6", e.id)
	hangUp()

	w.rules.Say(1, luis, "weg")
	w.rules.Say(2, luis, "weg")
	next, _, _ = w.events("/api/chat/stream/?rooms=1:3", "Authorization", "Token 1", "Last-Event-ID", e.id)
	has(t, next().data, object{"type": "welcome"})
	seqs := map[any]any{}
	for len(seqs) < 2 {
		if o := next().data; o["type"] == "chat_message" {
			require.NotContains(t, seqs, o["room"])
			seqs[o["room"]] = o["seq"]
		}
	}
	require.Equal(t, map[any]any{1.0: 6.0, 2.0: 7.0}, seqs)
}

func TestStreamsAreRefused(t *testing.T) {
	w := setup(t)
	for path, want := range map[string]int{"?token=x": 401, "": 401, "?token=1&rooms=x": 400, "?token=1&rooms=1:2,": 400} {
		_, status, _ := w.events("/api/chat/stream/" + path)
		require.Equal(t, want, status, path)
	}
}

// A stream is ended as sockets are: by the end of its session, and when the server goes.
func TestStreamsEnd(t *testing.T) {
	w := setup(t)
	next, _, _ := w.events("/api/chat/stream/?token=1-7")
	has(t, next().data, object{"type": "welcome"})
	w.live.Ended(t.Context(), ana, 7)
	require.Nil(t, next().data)
	next, _, _ = w.events("/api/chat/stream/?token=1-8")
	has(t, next().data, object{"type": "welcome"})
	w.live.Hub.Drain(t.Context())
	require.Equal(t, "reconnect", next().data["type"])
	require.Nil(t, next().data)
}

// A stream that nobody hears is a person who is there: it counts, and what keeps it open is seen.
func TestAStreamIsKeptOpen(t *testing.T) {
	w := setup(t, func(c *live.Config) { c.Heartbeat = 30 * time.Millisecond })
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, w.http.URL+"/api/chat/stream/?token=1", nil)
	require.NoError(t, err)
	res, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	defer res.Body.Close()
	lines := bufio.NewReader(res.Body)
	for line := ""; line != ":\n"; {
		line, err = lines.ReadString('\n')
		require.NoError(t, err)
	}
	users, err := w.live.Online(t.Context(), luis, nil)
	require.NoError(t, err)
	require.Contains(t, users, ana)
}
