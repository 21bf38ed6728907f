package authcache_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"agrovet/internal/auth"
	"agrovet/internal/auth/authcache"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/kv"
)

// setup is a cache and the way to let time pass.
func setup(t *testing.T) (c authcache.Cache, later func(time.Duration)) {
	t.Helper()
	store := kv.Memory(1000)
	t.Cleanup(store.Close)
	now := time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	return authcache.Cache{KV: store, Now: func() time.Time { return now }}, func(d time.Duration) { now = now.Add(d) }
}

func TestSessionsGrowStale(t *testing.T) {
	c, later := setup(t)
	hash := authcache.HashToken("ana's")
	_, _, known := c.Session(t.Context(), hash)
	require.False(t, known)

	ana := authn.Principal{UserID: 1, Role: "specialist", Staff: true, SessionID: 7, Expires: time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)}
	require.NoError(t, c.PutSession(t.Context(), hash, ana))
	got, fresh, known := c.Session(t.Context(), hash)
	require.True(t, fresh)
	require.True(t, known)
	require.Equal(t, ana, got)

	later(authcache.Fresh)
	got, fresh, known = c.Session(t.Context(), hash)
	require.False(t, fresh)
	require.True(t, known)
	require.Equal(t, ana, got)

	require.NoError(t, c.ForgetSessions(t.Context(), hash))
	_, _, known = c.Session(t.Context(), hash)
	require.False(t, known)
}

func TestSessionsWithoutAStampAreStale(t *testing.T) {
	c, _ := setup(t)
	hash := authcache.HashToken("")
	require.NoError(t, c.KV.Set(t.Context(), "session:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", []byte(`{"UserID":1}`), time.Hour))
	p, fresh, known := c.Session(t.Context(), hash)
	require.True(t, known)
	require.False(t, fresh)
	require.EqualValues(t, 1, p.UserID)
}

func TestUsersGrowStale(t *testing.T) {
	c, later := setup(t)
	ana := auth.User{ID: 1, FullName: "Ana Flores", Role: auth.Specialist, Active: true}
	found, ask := c.Users(t.Context(), 1, 2)
	require.Empty(t, found)
	require.Equal(t, []int64{1, 2}, ask)

	require.NoError(t, c.PutUsers(t.Context(), ask, map[int64]auth.User{1: ana}))
	found, ask = c.Users(t.Context(), 1, 2, 3)
	require.Equal(t, map[int64]auth.User{1: ana}, found)
	require.Equal(t, []int64{3}, ask, "that 2 is nobody is known")

	later(authcache.Fresh)
	found, ask = c.Users(t.Context(), 1)
	require.Equal(t, map[int64]auth.User{1: ana}, found)
	require.Equal(t, []int64{1}, ask)

	require.NoError(t, c.ForgetUsers(t.Context(), 1))
	found, ask = c.Users(t.Context(), 1)
	require.Empty(t, found)
	require.Equal(t, []int64{1}, ask)
}

// broken is a store that is away.
type broken struct{ kv.Store }

func (broken) Get(context.Context, string) ([]byte, bool, error) {
	return nil, false, errors.New("away")
}
func (broken) GetMany(context.Context, ...string) (map[string][]byte, error) {
	return nil, errors.New("away")
}

func TestAStoreThatIsAwayHasNothing(t *testing.T) {
	c := authcache.Cache{KV: broken{}}
	_, fresh, known := c.Session(t.Context(), authcache.HashToken("x"))
	require.False(t, fresh || known)
	found, ask := c.Users(t.Context(), 1, 2)
	require.Empty(t, found)
	require.Equal(t, []int64{1, 2}, ask)
}
