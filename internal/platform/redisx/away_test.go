package redisx_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/require"

	"agrovet/internal/platform/kv/redistest"
	"agrovet/internal/platform/redisx"
)

// Once a call has failed none waits any more, whether the server has gone or hangs.
func TestAwayFailsAtOnce(t *testing.T) {
	for name, leave := range map[string]func(*redistest.Server){"gone": (*redistest.Server).Stop, "hanging": (*redistest.Server).Pause} {
		t.Run(name, func(t *testing.T) {
			r := realRedis(t)
			s, ctx := open(t, r.URL), context.Background()
			require.NoError(t, ping(s))
			leave(r)
			makeAway(t, s)
			for range 10_000 { // with a timeout each it would take an hour
				require.ErrorIs(t, ping(s), redisx.ErrAway)
				require.ErrorIs(t, s.Cache.Get(ctx, "x").Err(), redisx.ErrAway)
			}
			one, two := pipeline(s.Main.Pipelined)
			require.Equal(t, []error{redisx.ErrAway, redisx.ErrAway}, []error{one, two})
			one, two = pipeline(s.Main.TxPipelined)
			require.Equal(t, []error{redisx.ErrAway, redisx.ErrAway}, []error{one, two})
		})
	}
}

// pipeline is what two commands that go together end with.
func pipeline(run func(context.Context, func(redis.Pipeliner) error) ([]redis.Cmder, error)) (one, two error) {
	cmds, _ := run(context.Background(), func(p redis.Pipeliner) error {
		p.Set(context.Background(), "x", "", time.Minute)
		p.Get(context.Background(), "x")
		return nil
	})
	return cmds[0].Err(), cmds[1].Err()
}

// Nobody is let through before that is settled which was done meanwhile.
func TestReturningComesFirst(t *testing.T) {
	r := realRedis(t)
	s, ctx := open(t, r.URL), context.Background()
	require.NoError(t, s.Main.Set(ctx, "x", "old", time.Hour).Err())
	var done, settled atomic.Int64
	s.Returning(func(ctx context.Context) error {
		n := done.Load()
		if err := s.Main.Set(ctx, "x", n, time.Hour).Err(); err != nil {
			return err
		}
		settled.Store(n)
		return nil
	})
	r.Stop()
	makeAway(t, s)
	do := func() { done.Add(1) }
	require.True(t, s.WhileAway(do))
	r.Start()
	for s.WhileAway(do) { // up to the last moment
		time.Sleep(20 * time.Millisecond)
	}
	require.Equal(t, done.Load(), settled.Load())
	n, err := s.Main.Get(ctx, "x").Int64()
	require.NoError(t, err)
	require.Equal(t, done.Load(), n)
	require.False(t, s.WhileAway(do))
	require.Equal(t, n, done.Load(), "what is not away is not done")
}

// While one cannot settle its things, Redis stays away, and those that stand behind it are not asked.
func TestReturningThatFails(t *testing.T) {
	r := realRedis(t)
	s := open(t, r.URL)
	var tries, behind atomic.Int64
	s.Returning(func(context.Context) error {
		if tries.Add(1) <= 3 {
			return errors.New("not yet")
		}
		return nil
	})
	s.Returning(func(context.Context) error {
		behind.Add(1)
		return nil
	})
	s.Fail(errors.New("for the test")) // the server itself is well
	for tries.Load() < 3 {
		require.True(t, s.Away())
		require.Zero(t, behind.Load())
		time.Sleep(time.Millisecond)
	}
	back(t, s)
	require.EqualValues(t, 4, tries.Load())
	require.EqualValues(t, 1, behind.Load())
	require.NoError(t, ping(s))
}

// What is done while it is settled is settled too.
func TestDoneDuringSettling(t *testing.T) {
	r := realRedis(t)
	s := open(t, r.URL)
	var done, settled, rounds atomic.Int64
	s.Returning(func(context.Context) error {
		settled.Store(done.Load())
		if rounds.Add(1) <= 2 {
			require.True(t, s.WhileAway(func() { done.Add(1) }))
		}
		return nil
	})
	s.Fail(errors.New("for the test"))
	back(t, s)
	require.EqualValues(t, 3, rounds.Load())
	require.EqualValues(t, 2, settled.Load())
}

// A settling whose server goes away in the middle is done again.
func TestGoneDuringSettling(t *testing.T) {
	r := realRedis(t)
	s := open(t, r.URL)
	var rounds atomic.Int64
	stopped := make(chan struct{})
	s.Returning(func(ctx context.Context) error {
		if rounds.Add(1) == 1 {
			r.Stop()
			close(stopped)
		}
		return s.Main.Set(ctx, "x", "", time.Minute).Err()
	})
	s.Fail(errors.New("for the test"))
	<-stopped
	require.True(t, s.Away())
	r.Start()
	back(t, s)
	require.EqualValues(t, 2, rounds.Load())
}
