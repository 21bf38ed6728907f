package redisx_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/require"

	"agrovet/internal/platform/redisx"
)

// Errors that say that Redis cannot be used now make it away; those that are about one call do not.
func TestWhichErrorsMakeAway(t *testing.T) {
	for said, away := range map[string]bool{
		"-LOADING Redis is loading the dataset in memory":                                                   true,
		"-READONLY You can't write against a read only replica.":                                            true,
		"-OOM command not allowed when used memory > 'maxmemory'.":                                          true,
		"-MISCONF Redis is configured to save RDB snapshots, but it's currently unable to persist to disk.": true,
		"-NOAUTH Authentication required.":                                                                  true,
		"-WRONGPASS invalid username-password pair or user is disabled.":                                    true,
		"-NOPERM this user has no permissions to run the 'get' command":                                     true,
		"-ERR max number of clients reached":                                                                true,
		"-MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.":                 true,
		"-CLUSTERDOWN The cluster is down":                                                                  true,
		"-NOREPLICAS Not enough good replicas to write.":                                                    true,
		"what no Redis says":                                                 true,
		"-ERR value is not an integer or out of range":                       false,
		"-WRONGTYPE Operation against a key holding the wrong kind of value": false,
		"-NOSCRIPT No matching script. Please use EVAL.":                     false,
		"-EXECABORT Transaction discarded because of previous errors.":       false,
		"-BUSYGROUP Consumer Group name already exists":                      false,
		"$-1": false, // nil
	} {
		t.Run(strings.Fields(said)[0]+strings.Fields(said + " . .")[1], func(t *testing.T) {
			s := open(t, through("redis", saying(t, said)))
			require.Error(t, s.Main.Get(context.Background(), "x").Err())
			require.Equal(t, away, s.Away())
		})
	}
}

// With a real server: what it has not, and what is of another type, is an answer.
func TestAnswersAreNoFailures(t *testing.T) {
	r := realRedis(t)
	s, ctx := open(t, r.URL), context.Background()
	require.ErrorIs(t, s.Main.Get(ctx, "x").Err(), redis.Nil)
	require.NoError(t, s.Main.LPush(ctx, "list", "x").Err())
	require.ErrorContains(t, s.Main.Get(ctx, "list").Err(), "WRONGTYPE")
	_, err := s.Main.Pipelined(ctx, func(p redis.Pipeliner) error {
		p.Get(ctx, "list")
		p.Get(ctx, "x")
		return nil
	})
	require.Error(t, err)
	require.False(t, s.Away())
}

// A replica takes no writes: it is away, until it is the master again.
func TestReplicaIsAway(t *testing.T) {
	r := realRedis(t)
	s, ctx, client := open(t, r.URL), context.Background(), r.Client()
	t.Cleanup(func() { _ = client.Close() })
	require.NoError(t, client.Do(ctx, "REPLICAOF", "127.0.0.1", "1").Err())
	require.ErrorContains(t, s.Main.Set(ctx, "x", "", time.Minute).Err(), "READONLY")
	require.True(t, s.Away())
	require.NoError(t, client.Do(ctx, "REPLICAOF", "NO", "ONE").Err())
	back(t, s)
	require.NoError(t, s.Main.Set(ctx, "x", "", time.Minute).Err())
}

// A password that is missing or wrong makes it away, until it is right.
func TestPasswordIsWrong(t *testing.T) {
	r := realRedis(t)
	s, ctx, client := open(t, strings.Replace(r.URL, "://", "://:one@", 1)), context.Background(), r.Client()
	t.Cleanup(func() { _ = client.Close() })
	require.NoError(t, client.ConfigSet(ctx, "requirepass", "two").Err())
	makeAway(t, s)
	without := open(t, r.URL)
	require.ErrorContains(t, ping(without), "NOAUTH")
	require.True(t, without.Away())
	require.NoError(t, client.ConfigSet(ctx, "requirepass", "one").Err())
	back(t, s)
	require.NoError(t, ping(s))
	require.True(t, without.Away())
}

// Who has all connections in use does not find Redis away.
func TestNoConnectionIsFree(t *testing.T) {
	r := realRedis(t)
	s, ctx := open(t, r.URL), context.Background()
	client := r.Client()
	defer func() { _ = client.Close() }()
	size := s.Main.Options().PoolSize
	var waiting sync.WaitGroup
	for range size {
		waiting.Go(func() { s.Main.BLPop(ctx, patience, "list") })
	}
	eventually(t, "all are in use", func() bool {
		list, err := client.Info(ctx, "clients").Result()
		return err == nil && strings.Contains(list, fmt.Sprintf("blocked_clients:%d\r", size))
	})
	require.ErrorIs(t, ping(s), redis.ErrPoolTimeout)
	require.False(t, s.Away())
	require.NoError(t, client.RPush(ctx, "list", make([]any, size)...).Err())
	waiting.Wait()
	require.NoError(t, ping(s))
}

// Whoever gives up does not find Redis away, though it hangs.
func TestImpatientCallers(t *testing.T) {
	r := realRedis(t)
	s := open(t, r.URL)
	require.NoError(t, ping(s))
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	require.Error(t, s.Main.Ping(ctx).Err())
	r.Pause()
	for range 300 {
		ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
		require.Error(t, s.Main.Ping(ctx).Err())
		cancel()
		require.False(t, s.Away())
	}
	makeAway(t, s)
}

// What is closed is not away.
func TestClosed(t *testing.T) {
	r := realRedis(t)
	s := open(t, r.URL)
	require.NoError(t, ping(s))
	s.Close()
	require.ErrorIs(t, ping(s), redis.ErrClosed)
	s.Fail(errors.New("for the test"))
	require.False(t, s.Away(), "nobody would look for it any more")
	require.NotErrorIs(t, ping(s), redisx.ErrAway)
}
