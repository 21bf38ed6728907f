// Package brokertest is what every hub.Broker must pass.
package brokertest

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"agrovet/internal/chat/internal/hub"
)

// Setup makes a broker without people, and a way to let time pass for it.
type Setup func(t *testing.T) (broker hub.Broker, later func(time.Duration))

const (
	lease    = 45 * time.Second
	patience = 10 * time.Second
)

// heard are the signals that a hub received.
type heard struct {
	mu  sync.Mutex
	all []hub.Signal

	greeted int
}

// hello is a signal that says only that it is heard.
const hello = -1

func (h *heard) Receive(s hub.Signal) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if s.From == hello {
		h.greeted++
		return
	}
	h.all = append(h.all, s)
}

func (h *heard) Missed(...int64) {}

// follow has a hub hear of a room, and waits until it does.
func (h *heard) follow(t *testing.T, room int64, me, other hub.Link) {
	t.Helper()
	me.Follow(room)
	require.Eventually(t, func() bool {
		other.Publish(hub.Signal{Kind: hub.InRoom, Room: room, From: hello, Frame: hub.Of(hub.Text, nil)})
		h.mu.Lock()
		defer h.mu.Unlock()
		return h.greeted > 0
	}, patience, 5*time.Millisecond)
}

func (h *heard) await(t *testing.T, n int) []hub.Signal {
	t.Helper()
	require.Eventually(t, func() bool {
		h.mu.Lock()
		defer h.mu.Unlock()
		return len(h.all) >= n
	}, patience, time.Millisecond)
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.all)
}

// Run checks a broker.
func Run(t *testing.T, setup Setup) {
	t.Run("SignalsReachAllHubsInOrder", func(t *testing.T) { signals(t, setup) })
	t.Run("SignalsArriveAsTheyWere", func(t *testing.T) { whole(t, setup) })
	t.Run("AHubThatLeftHearsNothing", func(t *testing.T) { left(t, setup) })
	t.Run("OnlyTheFirstComesAndTheLastGoes", func(t *testing.T) { counted(t, setup) })
	t.Run("ADeadHubsPeopleGoWhenTheirLeasesEnd", func(t *testing.T) { expired(t, setup) })
	t.Run("OnlyOneHubIsToldOfTheExpired", func(t *testing.T) { once(t, setup) })
}

func join(t *testing.T, b hub.Broker) (hub.Link, *heard) {
	t.Helper()
	h := &heard{}
	l, err := b.Join(h)
	require.NoError(t, err)
	t.Cleanup(l.Close)
	return l, h
}

func signals(t *testing.T, setup Setup) {
	b, _ := setup(t)
	one, first := join(t, b)
	_, second := join(t, b)
	const n = 500
	for i := range int64(n) {
		one.Publish(hub.Signal{Kind: hub.ToUsers, Users: []int64{i}, Frame: hub.Of(hub.Text, []byte("{}"))})
	}
	for _, h := range []*heard{first, second} {
		for i, s := range h.await(t, n) {
			require.Equal(t, []int64{int64(i)}, s.Users)
		}
	}
}

func whole(t *testing.T, setup Setup) {
	b, _ := setup(t)
	one, _ := join(t, b)
	two, h := join(t, b)
	h.follow(t, 7, two, one)
	frame := hub.Lazy(func() []byte { return []byte(`{"seq":5}`) })
	frame.Room, frame.Seq = 7, 5
	sent := []hub.Signal{
		{Kind: hub.NewEntry, Room: 7, Seq: 5, From: 1, Out: 2, Frame: frame},
		{Kind: hub.InRoom, Room: 7, From: 1, Frame: frame},
		{Kind: hub.Added, Room: 8, Seq: 10, Size: 2, Members: []hub.Newcomer{{UserID: 3, From: 9, Frame: frame}, {UserID: 4, From: 9, Frame: frame}}},
		{Kind: hub.Removed, Room: 8, Seq: 11, Size: 1, Users: []int64{3}, Frame: frame, Code: 4403, Reason: "out"},
		{Kind: hub.Ended, Users: []int64{3}, Sessions: []int64{4, 5}, Code: 4401, Reason: "over"},
		{Kind: hub.ToUsers, Users: []int64{3}, Frame: frame, General: true},
		{Kind: hub.Marks, Room: 7, Users: []int64{3}, Frame: frame},
	}
	for _, s := range sent {
		one.Publish(s)
	}
	for i, got := range h.await(t, len(sent)) {
		want := sent[i]
		if want.Frame != nil {
			require.Equal(t, want.Frame.Data(), got.Frame.Data())
			require.Equal(t, []int64{7, 5}, []int64{got.Frame.Room, got.Frame.Seq})
		}
		if len(want.Members) > 0 {
			require.Equal(t, want.Members[0].Frame.Data(), got.Members[0].Frame.Data())
			require.Equal(t, []int64{3, 9}, []int64{got.Members[0].UserID, got.Members[0].From})
		}
		want.Frame, got.Frame, want.Members, got.Members = nil, nil, nil, nil
		require.Equal(t, want, got)
	}
}

func left(t *testing.T, setup Setup) {
	b, _ := setup(t)
	one, first := join(t, b)
	two, second := join(t, b)
	two.Close()
	one.Publish(hub.Signal{Kind: hub.Ended, Users: []int64{1}})
	first.await(t, 1)
	require.Empty(t, second.await(t, 0))
}

func counted(t *testing.T, setup Setup) {
	b, _ := setup(t)
	ctx := context.Background()
	one, _ := join(t, b)
	two, _ := join(t, b)
	came := func(l hub.Link, want ...int64) {
		t.Helper()
		got, err := l.Lease(ctx, []int64{1, 2}, lease)
		require.NoError(t, err)
		require.ElementsMatch(t, want, got)
	}
	gone := func(l hub.Link, want ...int64) {
		t.Helper()
		got, err := l.Release(ctx, []int64{1, 2})
		require.NoError(t, err)
		require.ElementsMatch(t, want, got)
	}
	came(one, 1, 2)
	came(one)
	came(two)
	gone(one)
	gone(one)
	online, err := one.Online(ctx, []int64{1, 2, 3})
	require.NoError(t, err)
	require.ElementsMatch(t, []int64{1, 2}, online)
	gone(two, 1, 2)
	gone(two)
	online, err = one.Online(ctx, []int64{1, 2, 3})
	require.NoError(t, err)
	require.Empty(t, online)
	came(two, 1, 2)
}

func expired(t *testing.T, setup Setup) {
	b, later := setup(t)
	ctx := context.Background()
	dead, _ := join(t, b)
	alive, _ := join(t, b)
	_, err := dead.Lease(ctx, []int64{1, 2}, lease)
	require.NoError(t, err)
	_, err = alive.Lease(ctx, []int64{2}, lease)
	require.NoError(t, err)
	dead.Close()
	later(lease / 2)
	_, err = alive.Lease(ctx, []int64{2}, lease)
	require.NoError(t, err)
	gone, err := alive.Expired(ctx)
	require.NoError(t, err)
	require.Empty(t, gone)
	later(lease/2 + time.Second)
	online, err := alive.Online(ctx, []int64{1, 2})
	require.NoError(t, err)
	require.Equal(t, []int64{2}, online)
	gone, err = alive.Expired(ctx)
	require.NoError(t, err)
	require.Equal(t, []int64{1}, gone)
	came, err := alive.Lease(ctx, []int64{1}, lease)
	require.NoError(t, err)
	require.Equal(t, []int64{1}, came)
}

func once(t *testing.T, setup Setup) {
	b, later := setup(t)
	ctx := context.Background()
	dead, _ := join(t, b)
	people := make([]int64, 100)
	for i := range people {
		people[i] = int64(i + 1)
	}
	_, err := dead.Lease(ctx, people, lease)
	require.NoError(t, err)
	later(lease + time.Second)
	var wg sync.WaitGroup
	var mu sync.Mutex
	var all []int64
	for range 4 {
		l, _ := join(t, b)
		wg.Go(func() {
			gone, err := l.Expired(ctx)
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				t.Error(err)
			}
			all = append(all, gone...)
		})
	}
	wg.Wait()
	require.ElementsMatch(t, people, all)
}
