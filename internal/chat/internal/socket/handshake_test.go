package socket_test

import (
	"bytes"
	"log/slog"
	"net/http"
	"sync"
	"testing"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/require"
)

// Faults 1 and 19, and the table of §7: who may not is refused before anything is upgraded.
func TestHandshakesAreRefused(t *testing.T) {
	w := setup(t)
	for path, status := range map[string]int{
		"/ws/":                                   401,
		"/ws/?token=nobody":                      401,
		"/ws/?token=":                            401,
		"/ws/presence/":                          401,
		"/ws/presence/?access_token=x":           401,
		"/ws/chat/1/":                            401,
		"/ws/chat/3/?token=1":                    403, // she is not in it
		"/ws/chat/99/?token=1":                   404,
		"/ws/chat/zzz/?token=1":                  404,
		"/ws/chat/-1/?token=1":                   404,
		"/ws/chat/99999999999999999999/?token=1": 404,
		"/ws/nothing/?token=1":                   404,
		"/ws/chat/?token=1":                      404,
		"/ws/chat/1/?token=1&since=x":            400,
	} {
		w.refused(status, path)
	}
	w.refused(403, "/ws/?token=1", "Origin", "https://evil.example")
	w.refused(403, "/ws/chat/1/?token=1", "Origin", "null")
	res, err := http.Get(w.http.URL + "/ws/?token=1")
	require.NoError(t, err)
	res.Body.Close()
	require.Equal(t, 400, res.StatusCode, "no WebSocket")
}

// Fault 20: tokens come in four ways, and are in no log.
func TestTokens(t *testing.T) {
	var log safeBuffer
	old := slog.Default()
	slog.SetDefault(slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	defer slog.SetDefault(old)
	w := setup(t)
	header := func(v string) *websocket.DialOptions {
		return &websocket.DialOptions{HTTPHeader: http.Header{"Authorization": {v}}}
	}
	for _, c := range []struct {
		path string
		o    *websocket.DialOptions
	}{
		{"/ws/?token=1-777001", nil}, {"/ws?token=1-777001", nil}, {"/ws/?access_token=1-777001", nil}, {"/ws/?token=1-777001&access_token=1-777001", nil},
		{"/ws/?token=Token%201-777001", nil}, {"/ws/?token=Bearer+1-777001", nil},
		{"/ws/", header("Token 1-777001")}, {"/ws/", header("Bearer 1-777001")},
		{"/ws/", &websocket.DialOptions{Subprotocols: []string{"agrovet", "token.1-777001"}}},
	} {
		x := w.dial(c.path, c.o)
		require.EqualValues(t, ana, x.await("welcome")["user_id"])
		if c.o != nil && c.o.Subprotocols != nil {
			require.Equal(t, "agrovet", x.c.Subprotocol())
		}
		require.NoError(t, x.c.Close(websocket.StatusNormalClosure, ""))
	}
	w.stop()
	require.Contains(t, log.String(), `"path":"/ws/"`)
	require.NotContains(t, log.String(), "777001")
}

// safeBuffer is written to by many.
type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

func TestOriginsOfCORSAndOnesOwnMayConnect(t *testing.T) {
	w := setup(t)
	for _, origin := range []string{"https://campo.example", w.http.URL} {
		w.dial("/ws/?token=1", &websocket.DialOptions{HTTPHeader: http.Header{"Origin": {origin}}}).await("welcome")
	}
}
