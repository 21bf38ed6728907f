package views

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"agrovet/internal/platform/authn"
)

// tables are a module's tables in memory.
type tables struct {
	mu     sync.Mutex
	key    uuid.UUID
	away   error // what every call answers; nil: nothing is wrong
	rows   map[View]bool
	counts map[int64]int
	calls  int
}

func (s *tables) ViewerKey(context.Context) (uuid.UUID, error) { return s.key, s.state() }

func (s *tables) NoteViews(ctx context.Context, all []View) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls++
	if err := errors.Join(s.away, ctx.Err()); err != nil {
		return err
	}
	for _, v := range all {
		if !s.rows[v] {
			s.rows[v] = true
			s.counts[v.ObjectID]++
		}
	}
	return nil
}

func (s *tables) PurgeViews(_ context.Context, day int32, limit int) (n int64, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for v := range s.rows {
		if v.Day < day && n < int64(limit) {
			delete(s.rows, v)
			n++
		}
	}
	return n, s.away
}

func (s *tables) ForgetViews(_ context.Context, viewers []uuid.UUID) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for v := range s.rows {
		for _, one := range viewers {
			if v.Viewer == one {
				delete(s.rows, v)
			}
		}
	}
	return s.away
}

func (s *tables) state() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.away
}

func (s *tables) fail(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.away = err
}

func setup() (*Counter, *tables) {
	s := &tables{key: uuid.New(), rows: map[View]bool{}, counts: map[int64]int{}}
	return New(s, nil, nil), s
}

func as(userID int64) context.Context {
	return authn.With(context.Background(), authn.Principal{UserID: userID})
}

func TestLooksAreStoredEverySecondsAndAtTheEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, s := setup()
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- c.Run(ctx) }()
		for range 3 {
			c.Look(as(1), 7, "", "")
			c.Look(as(2), 7, "", "")
			c.Look(context.Background(), 7, "203.0.113.7", "Firefox")
			c.Look(context.Background(), 7, "203.0.113.7", "Chrome")
		}
		time.Sleep(every + time.Millisecond)
		synctest.Wait()
		require.Equal(t, map[int64]int{7: 4}, s.counts)
		c.Look(as(1), 7, "", "")
		time.Sleep(10 * every)
		synctest.Wait()
		require.Equal(t, 1, s.calls, "there was nothing new")
		c.Look(as(1), 8, "", "")
		cancel()
		require.NoError(t, <-ended)
		require.Equal(t, map[int64]int{7: 4, 8: 1}, s.counts)
	})
}

func TestWhatCannotBeStoredIsTriedAgain(t *testing.T) {
	c, s := setup()
	c.Look(as(1), 7, "", "")
	s.fail(errors.New("away"))
	c.flush(t.Context())
	c.Look(as(1), 7, "", "")
	require.Empty(t, s.counts)
	s.fail(nil)
	c.flush(t.Context())
	require.Equal(t, map[int64]int{7: 1}, s.counts)
}

func TestWithoutAKeyNothingIsCounted(t *testing.T) {
	c, s := setup()
	s.fail(errors.New("away"))
	c.Look(as(1), 7, "", "")
	require.Error(t, c.Forget(t.Context(), 1))
	s.fail(nil)
	c.Look(as(2), 7, "", "")
	c.flush(t.Context())
	require.Equal(t, map[int64]int{7: 1}, s.counts)
}

func TestViewersOfTwoDaysAreKept(t *testing.T) {
	c, s := setup()
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	c.now = func() time.Time { return now }
	for range 4 {
		c.Look(as(1), 7, "", "")
		now = now.Add(24 * time.Hour)
	}
	c.flush(t.Context())
	now = now.Add(-24 * time.Hour)
	require.Len(t, s.rows, 4)
	require.NoError(t, c.Purge(t.Context()))
	require.Len(t, s.rows, 2)
	for v := range s.rows {
		require.GreaterOrEqual(t, v.Day, dayOf(now)-1)
	}
	require.Equal(t, map[int64]int{7: 4}, s.counts)
}

func TestAPurgeGoesOnUntilNothingIsLeft(t *testing.T) {
	c, s := setup()
	for n := range 25_000 {
		s.rows[look(n)] = true
	}
	require.NoError(t, c.Purge(t.Context()))
	require.Empty(t, s.rows)
}

func TestAPersonIsForgottenOnAllDaysThatAreKept(t *testing.T) {
	c, s := setup()
	now := time.Date(2026, 3, 1, 23, 59, 59, 0, time.UTC)
	c.now = func() time.Time { return now }
	for range 3 { // the last of them by a clock that is ahead
		c.Look(as(1), 7, "", "")
		c.Look(as(2), 7, "", "")
		now = now.Add(24 * time.Hour)
	}
	c.flush(t.Context())
	now = now.Add(-2 * 24 * time.Hour)
	require.NoError(t, c.Forget(t.Context(), 1))
	require.Len(t, s.rows, 3)
	require.Equal(t, map[int64]int{7: 6}, s.counts)
}
