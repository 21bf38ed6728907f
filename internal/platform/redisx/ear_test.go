package redisx_test

import (
	"context"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

// From Joined on all is heard: nothing is said twice here.
func TestHears(t *testing.T) {
	r := realRedis(t)
	s, n, ctx := open(t, r.URL), &notes{}, context.Background()
	e := s.Listen(n.listener(), "one")
	defer e.Close()
	n.told(t, "joined one", 1)
	n.hears(t, s, "one", "a")
	e.Subscribe(ctx, "two", "three")
	n.told(t, "joined three", 1)
	n.hears(t, s, "three", "b")
	n.told(t, "joined two", 1)
	e.Unsubscribe(ctx, "two")
	for i := range 1000 { // those in the channel that it left are not heard, the others in their order
		require.NoError(t, s.Main.Publish(ctx, "one", strconv.Itoa(i)).Err())
	}
	n.told(t, "heard 999 on one", 1)
	require.NoError(t, s.Main.Publish(ctx, "two", "c").Err())
	n.hears(t, s, "one", "d")
	require.Zero(t, n.times("heard c on two"))
	want := []string{"joined one", "heard a on one", "joined two", "joined three", "heard b on three"}
	for i := range 1000 {
		want = append(want, "heard "+strconv.Itoa(i)+" on one")
	}
	require.Equal(t, append(want, "heard d on one"), n.all)
}

// An ear says when it does not hear, and joins again by itself, also what was subscribed meanwhile.
func TestEarOfAServerThatGoes(t *testing.T) {
	r := realRedis(t)
	s, n, ctx := open(t, r.URL), &notes{}, context.Background()
	e := s.Listen(n.listener(), "one", "two")
	defer e.Close()
	n.told(t, "joined two", 1)
	for i := range 3 {
		r.Stop()
		n.told(t, "deaf", i+1)
		eventually(t, "the ear finds out that Redis is away", s.Away)
		e.Unsubscribe(ctx, "two")
		e.Subscribe(ctx, "three")
		r.Start()
		n.told(t, "joined three", i+1)
		n.told(t, "joined one", i+2)
		back(t, s)
		n.hears(t, s, "one", strconv.Itoa(i))
		n.hears(t, s, "three", strconv.Itoa(i))
	}
	require.Equal(t, 1, n.times("joined two"))
}

// An ear may begin before its server.
func TestEarBeforeItsServer(t *testing.T) {
	r := realRedis(t)
	r.Stop()
	s, n := open(t, r.URL), &notes{}
	e := s.Listen(n.listener(), "one")
	defer e.Close()
	n.told(t, "deaf", 1)
	require.Zero(t, n.times("joined one"))
	r.Start()
	n.told(t, "joined one", 1)
	back(t, s)
	n.hears(t, s, "one", "a")
}

// A server that hangs is noticed though its connection stays.
func TestEarOfAServerThatHangs(t *testing.T) {
	r := realRedis(t)
	s, n := open(t, r.URL), &notes{}
	e := s.Listen(n.listener(), "one")
	defer e.Close()
	n.told(t, "joined one", 1)
	r.Pause()
	n.told(t, "deaf", 1)
	eventually(t, "Redis is away", s.Away)
	r.Resume()
	n.told(t, "joined one", 2)
	back(t, s)
	n.hears(t, s, "one", "a")
}

// A connection that falls silent for ever, while the server is there, is given up for a new one.
func TestEarOfASilentConnection(t *testing.T) {
	r := realRedis(t)
	p := before(t, address(r.URL), plain)
	s, n := open(t, through("redis", p.address())), &notes{}
	e := s.Listen(n.listener(), "one")
	defer e.Close()
	n.told(t, "joined one", 1)
	p.silence()
	n.told(t, "deaf", 1)
	n.told(t, "joined one", 2)
	back(t, s)
	n.hears(t, s, "one", "a")
	deaf := n.times("deaf")
	require.Never(t, func() bool { return n.times("deaf") > deaf }, quiet, tick, "it listens in peace")
}

// Silence because nobody speaks is no reason to think that the server is gone.
func TestEarInSilence(t *testing.T) {
	r := realRedis(t)
	s, n := open(t, r.URL), &notes{}
	e := s.Listen(n.listener(), "one")
	defer e.Close()
	n.told(t, "joined one", 1)
	require.Never(t, func() bool { return n.times("deaf") > 0 || s.Away() }, quiet, tick)
	n.hears(t, s, "one", "a")
	require.Equal(t, 1, n.times("joined one"))
}

// Nothing is told after Close, whatever the server does.
func TestClosedEar(t *testing.T) {
	r := realRedis(t)
	s, ctx := open(t, r.URL), context.Background()
	for i := range 50 {
		n := &notes{}
		e := s.Listen(n.listener(), "one")
		if i%5 > 0 {
			n.told(t, "joined one", 1)
		}
		require.NoError(t, s.Main.Publish(ctx, "one", "a").Err())
		e.Close()
		told := len(n.all) // without the lock: nobody writes any more
		require.NoError(t, s.Main.Publish(ctx, "one", "b").Err())
		e.Subscribe(ctx, "two")
		e.Close()
		require.Len(t, n.all, told)
		require.False(t, s.Away())
	}
}

// Whoever gives up subscribing does not find Redis away, and the channel is joined in the end.
func TestImpatientSubscriber(t *testing.T) {
	r := realRedis(t)
	s, n := open(t, r.URL), &notes{}
	e := s.Listen(n.listener(), "one")
	defer e.Close()
	n.told(t, "joined one", 1)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	e.Subscribe(ctx, "two")
	require.False(t, s.Away())
	n.told(t, "joined two", 1)
}
