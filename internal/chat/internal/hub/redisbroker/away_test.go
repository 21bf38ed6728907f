package redisbroker_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"agrovet/internal/chat/internal/hub"
	"agrovet/internal/chat/internal/hub/redisbroker"
	"agrovet/internal/platform/kv/redistest"
	"agrovet/internal/platform/redisx"
)

const (
	patience = 20 * time.Second
	lease    = 45 * time.Second
)

func eventually(t *testing.T, why string, ok func() bool) {
	t.Helper()
	require.Eventually(t, ok, patience, 2*time.Millisecond, why)
}

// ear notes what a hub is told.
type ear struct {
	mu     sync.Mutex
	codes  []int // of signals
	missed []int64
}

func (e *ear) Receive(s hub.Signal) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.codes = append(e.codes, s.Code)
}

func (e *ear) Missed(rooms ...int64) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.missed = append(e.missed, rooms...)
}

func (e *ear) heard() []int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.Clone(e.codes)
}

func (e *ear) missedRoom(room int64) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.Contains(e.missed, room)
}

func (e *ear) forget() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.codes, e.missed = nil, nil
}

// hubs are two processes on one Redis.
type hubs struct {
	redis  *redistest.Server
	server [2]*redisx.Server
	link   [2]hub.Link
	ear    [2]*ear
	t      *testing.T
}

func two(t *testing.T) *hubs {
	h := &hubs{redis: redistest.New(t), t: t}
	for i := range 2 {
		h.server[i], h.ear[i] = process(t, h.redis.URL), &ear{}
		var err error
		h.link[i], err = redisbroker.New(redisbroker.Config{Redis: h.server[i]}).Join(h.ear[i])
		require.NoError(t, err)
		t.Cleanup(h.link[i].Close)
	}
	return h
}

func (h *hubs) stop() {
	h.redis.Stop()
	for _, s := range h.server {
		eventually(h.t, "Redis is away", s.Away)
	}
}

func (h *hubs) start() {
	h.redis.Start()
	for _, s := range h.server {
		eventually(h.t, "Redis is back", func() bool { return !s.Away() })
	}
}

func ended(code int) hub.Signal { return hub.Signal{Kind: hub.Ended, Users: []int64{1}, Code: code} }

// While Redis is away a hub hears itself; what nobody finds out later reaches the others when it is back, in order
// and once, and of the rest they are told that they missed it.
func TestSignalsWhileRedisIsAway(t *testing.T) {
	h := two(t)
	h.link[1].Follow(7)
	eventually(t, "a room is heard", func() bool { return h.ear[1].missedRoom(7) })
	h.stop()
	h.ear[1].forget()
	var want []int
	for i := range 300 {
		h.link[0].Publish(ended(i + 1))
		want = append(want, i+1)
	}
	h.link[0].Publish(hub.Signal{Kind: hub.NewEntry, Room: 7, Seq: 1, Frame: hub.Of(hub.Text, nil)})
	require.Len(t, h.ear[0].heard(), 301)
	h.start()
	eventually(t, "all is heard", func() bool { return len(h.ear[1].heard()) >= len(want) })
	h.link[0].Publish(ended(1000))
	eventually(t, "and what comes then", func() bool { return slices.Contains(h.ear[1].heard(), 1000) })
	require.Equal(t, append(want, 1000), slices.DeleteFunc(h.ear[1].heard(), func(code int) bool { return code == 0 }))
	eventually(t, "the room is to be looked after", func() bool { return h.ear[1].missedRoom(7) })
}

// A hub whose connection is cut reads what it missed.
func TestAHubThatWasCutOffCatchesUp(t *testing.T) {
	h, ctx := two(t), context.Background()
	client := h.redis.Client()
	t.Cleanup(func() { _ = client.Close() })
	var want []int
	for i := range 100 {
		if i%20 == 10 {
			require.NoError(t, client.Do(ctx, "CLIENT", "KILL", "TYPE", "pubsub").Err())
		}
		h.link[0].Publish(ended(i + 1))
		want = append(want, i+1)
		time.Sleep(time.Millisecond)
	}
	eventually(t, "all is heard", func() bool { return len(h.ear[1].heard()) >= len(want) })
	require.Equal(t, want, h.ear[1].heard())
}

func (h *hubs) lease(i int, want ...int64) {
	h.t.Helper()
	came, err := h.link[i].Lease(context.Background(), []int64{1, 2}, lease)
	require.NoError(h.t, err)
	require.ElementsMatch(h.t, want, came)
}

func (h *hubs) online(i int, want ...int64) {
	h.t.Helper()
	online, err := h.link[i].Online(context.Background(), []int64{1, 2, 3})
	require.NoError(h.t, err)
	require.ElementsMatch(h.t, want, online)
}

func (h *hubs) release(i int, people []int64, want ...int64) {
	h.t.Helper()
	gone, err := h.link[i].Release(context.Background(), people)
	require.NoError(h.t, err)
	require.ElementsMatch(h.t, want, gone)
}

// Presence goes on without Redis, and is whole again at the next beat.
func TestPresenceWhileRedisIsAway(t *testing.T) {
	h := two(t)
	h.lease(0, 1, 2)
	h.lease(1)
	h.stop()
	h.lease(0)                           // they are here already
	h.release(0, []int64{1, 2, 3}, 1, 2) // as far as this process knows
	h.online(0)
	h.online(1, 1, 2)
	h.start()
	h.online(0, 1, 2)
	gone, err := h.link[0].Expired(context.Background())
	require.NoError(t, err)
	require.Empty(t, gone)
	h.release(1, []int64{2}) // the first hub's lease has not been taken back yet
	came, err := h.link[0].Lease(context.Background(), []int64{3}, lease)
	require.NoError(t, err)
	require.ElementsMatch(t, []int64{3, 1}, came, "who is still there, at the other hub, is told of again")
	h.online(0, 1, 3)
	h.release(1, []int64{1}, 1)
}

// A Redis that has lost all knows who is there after the next beat, and nobody comes anew by that.
func TestPresenceIsLost(t *testing.T) {
	h := two(t)
	client := h.redis.Client()
	t.Cleanup(func() { _ = client.Close() })
	h.lease(0, 1, 2)
	require.NoError(t, client.FlushAll(context.Background()).Err())
	h.online(1)
	h.lease(0)
	h.online(1, 1, 2)
}

// A hub may begin while Redis is not there.
func TestBeginsWithoutRedis(t *testing.T) {
	r := redistest.New(t)
	r.Stop()
	server, e := process(t, r.URL), &ear{}
	l, err := redisbroker.New(redisbroker.Config{Redis: server}).Join(e)
	require.NoError(t, err)
	t.Cleanup(l.Close)
	l.Publish(ended(1))
	require.Equal(t, []int{1}, e.heard())
	came, err := l.Lease(context.Background(), []int64{1}, lease)
	require.NoError(t, err)
	require.Equal(t, []int64{1}, came)
	r.Start()
	other, err := redisbroker.New(redisbroker.Config{Redis: process(t, r.URL)}).Join(&ear{})
	require.NoError(t, err)
	t.Cleanup(other.Close)
	eventually(t, "what another hub says is heard", func() bool {
		other.Publish(ended(2))
		return slices.Contains(e.heard(), 2)
	})
}
