package redisx_test

import (
	"context"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/platform/redisx"
)

// notes are what an ear is told, in its order.
type notes struct {
	mu  sync.Mutex
	all []string
}

func (n *notes) put(s string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.all = append(n.all, s)
}

func (n *notes) listener() redisx.Listener {
	return redisx.Listener{
		Hear:   func(channel, payload string) { n.put("heard " + payload + " on " + channel) },
		Joined: func(channel string) { n.put("joined " + channel) },
		Deaf:   func() { n.put("deaf") },
	}
}

// times is how often something was told.
func (n *notes) times(s string) (times int) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, told := range n.all {
		if told == s {
			times++
		}
	}
	return times
}

func (n *notes) told(t *testing.T, s string, times int) {
	t.Helper()
	eventually(t, s, func() bool { return n.times(s) >= times })
}

// hears says something once, and waits until it is heard.
func (n *notes) hears(t *testing.T, s *redisx.Server, channel, payload string) {
	t.Helper()
	require.NoError(t, s.Main.Publish(context.Background(), channel, payload).Err())
	n.told(t, "heard "+payload+" on "+channel, 1)
}
