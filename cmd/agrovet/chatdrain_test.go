package main

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestAStopSendsConnectionsAwayInGoodOrder ends a process to which many are connected. What was said last still
// reaches everybody, and each is told to come back at another time.
func TestAStopSendsConnectionsAwayInGoodOrder(t *testing.T) {
	const sockets, drain = 40, 15 * time.Second
	p := startShared(t, "--http-drain", drain.String(), "--chat-connections-per-person", "100")
	ana, beto := member(t, p, "70000001"), member(t, p, "70000002")
	room := p.opened(ana, "Los de siempre", beto)
	var ears, streams []*ear
	for i := range sockets {
		path := []string{"/ws/", "/ws/presence/", fmt.Sprintf("/ws/chat/%d/", room)}[i%3]
		ears = append(ears, p.hear(path, []string{ana.Token, beto.Token}[i%2]))
	}
	for _, e := range ears {
		e.taken()
	}
	for range 4 {
		streams = append(streams, p.stream("", ana.Token))
	}
	p.said(ana, map[string]any{"room": room, "content": "ya estamos"})
	for _, e := range append(streams, ears...) {
		e.await("chat_message", "ya estamos")
	}

	p.said(beto, map[string]any{"room": room, "content": "buenas noches"})
	began := time.Now()
	p.stop()
	took := time.Since(began)
	require.Less(t, took, drain, "it ends when all have gone, not when the time is over")
	times := map[float64]bool{}
	for _, e := range append(streams, ears...) {
		all := e.rest()
		require.Contains(t, fmt.Sprint(all), "buenas noches", e.name)
		var last struct {
			Type  string
			After float64
		}
		require.NoError(t, json.Unmarshal([]byte(all[len(all)-1]), &last))
		require.Equal(t, "reconnect", last.Type, e.name)
		require.True(t, last.After >= 0.5 && last.After <= 5, "after %v", last.After)
		times[last.After] = true
		if e.socket != nil {
			require.Equal(t, 1001, e.code, e.name)
		}
	}
	require.Greater(t, len(times), sockets/2, "they do not come back together")
	require.Contains(t, p.readLog(), "stopped")
	t.Logf("%d connections had gone after %v", sockets+len(streams), took)
}
