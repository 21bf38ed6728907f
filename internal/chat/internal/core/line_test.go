package core

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"agrovet/internal/auth"
	"agrovet/internal/chat"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/bus"
	"agrovet/internal/platform/kv"
	"agrovet/internal/platform/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// everybody is auth: there are people with all positive ids.
type everybody struct{}

func (everybody) Users(_ context.Context, ids ...int64) (map[int64]auth.User, error) {
	out := map[int64]auth.User{}
	for _, id := range ids {
		out[id] = auth.User{ID: id}
	}
	return out, nil
}

func (everybody) PhoneNumbers(context.Context, ...int64) (map[int64]string, error) { return nil, nil }

// listener is a line that keeps what it is told, and who is in which room as far as it was told.
type listener struct {
	nobody
	mu    sync.Mutex
	told  []string
	there map[[2]int64]bool
}

func (l *listener) Entries(_ context.Context, entries []Shown) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, e := range entries {
		l.told = append(l.told, fmt.Sprintf("%d %s %d", e.Seq, e.Kind, e.TargetID))
	}
}

func (l *listener) Added(_ context.Context, _ At, members []chat.Member) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, m := range members {
		l.there[[2]int64{m.RoomID, m.UserID}] = true
		l.told = append(l.told, fmt.Sprintf("added %d above %d", m.UserID, m.FromSeq))
	}
}

func (l *listener) Removed(_ context.Context, at At, userIDs ...int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, id := range userIDs {
		delete(l.there, [2]int64{at.RoomID, id})
		l.told = append(l.told, fmt.Sprintf("removed %d", id))
	}
}

// heard is what was told since it was asked last.
func (l *listener) heard() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	defer func() { l.told = nil }()
	return l.told
}

func onLine(t *testing.T) (*Core, *listener) {
	db, l := pgtest.Schema(t, "chat"), &listener{there: map[[2]int64]bool{}}
	store := kv.Memory(100)
	t.Cleanup(store.Close)
	c, err := New(Config{}, Deps{DB: db, Outbox: bus.New(bus.Config{}).Source(db, chat.Topic, "chat.media"), Users: everybody{}, KV: store,
		Line: l, Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	require.NoError(t, err)
	return c, l
}

func by(userID int64) context.Context {
	return authn.With(context.Background(), authn.Principal{UserID: userID})
}

func TestWhoJoinsIsOnTheLineBeforeTheirJoiningAndWhoLeavesUntilTheirLeaving(t *testing.T) {
	c, l := onLine(t)
	group := false
	room, _, err := c.Open(by(1), Opening{Participants: []int64{2}, Private: &group})
	require.NoError(t, err)
	require.Equal(t, []string{"added 1 above 0", "added 2 above 0", "1 create 0"}, l.heard())
	require.NoError(t, c.Add(by(1), room.ID, []int64{3, 4}))
	require.Equal(t, []string{"added 3 above 1", "added 4 above 1", "2 join 3", "3 join 4"}, l.heard())
	require.NoError(t, c.Remove(by(1), room.ID, 3))
	require.Equal(t, []string{"4 leave 3", "removed 3"}, l.heard())
	require.NoError(t, c.Quit(by(1), room.ID))
	require.Equal(t, []string{"5 role 2", "6 leave 1", "removed 1"}, l.heard())
	require.NoError(t, c.UserDeleted(by(1), auth.UserDeleted{UserID: 2}))
	require.NoError(t, c.Forget(context.Background()))
	require.Equal(t, []string{"7 role 4", "8 leave 2", "removed 2"}, l.heard())
	require.NoError(t, c.Quit(by(4), room.ID))
	require.Equal(t, []string{"removed 4"}, l.heard())
}

func TestOfPrivateRoomsTheLineHearsWhoIsInThem(t *testing.T) {
	c, l := onLine(t)
	room, made, err := c.Open(by(1), Opening{Participants: []int64{1, 2}})
	require.NoError(t, err)
	require.True(t, made)
	require.Equal(t, []string{"added 1 above 0", "added 2 above 0"}, l.heard())
	_, err = c.OpenPrivate(by(2), []int64{1, 2})
	require.NoError(t, err)
	require.Empty(t, l.heard())
	require.NoError(t, c.Quit(by(1), room.ID))
	require.Empty(t, l.heard(), "what is hidden is theirs all the same")
	require.NoError(t, c.UserDeleted(by(1), auth.UserDeleted{UserID: 1}))
	require.NoError(t, c.Forget(context.Background()))
	require.Equal(t, []string{"removed 1"}, l.heard())
}

func TestWhatRollsBackIsNotTold(t *testing.T) {
	c, l := onLine(t)
	group := false
	room, _, err := c.Open(by(1), Opening{Participants: []int64{2}, Private: &group})
	require.NoError(t, err)
	l.heard()
	err = c.DB.Tx(by(1), func(ctx context.Context) error {
		require.NoError(t, c.Add(ctx, room.ID, []int64{3}))
		require.NoError(t, c.Remove(ctx, room.ID, 2))
		return context.Canceled
	})
	require.ErrorIs(t, err, context.Canceled)
	require.Empty(t, l.heard())
}

// TestTheLineKnowsInTheEndWhoIsInARoom: however often somebody comes and goes, and in whatever order that is
// told.
func TestTheLineKnowsInTheEndWhoIsInARoom(t *testing.T) {
	c, l := onLine(t)
	group := false
	room, _, err := c.Open(by(1), Opening{Private: &group})
	require.NoError(t, err)
	var wg sync.WaitGroup
	for i := range 60 {
		wg.Go(func() {
			if i%2 == 0 {
				_ = c.Add(by(1), room.ID, []int64{2, 3})
			} else {
				_ = c.Remove(by(1), room.ID, int64(2+i/2%2)) // who is not there now, is put out in vain
			}
		})
	}
	wg.Wait()
	for _, id := range []int64{1, 2, 3} {
		_, stored, err := c.store.Member(context.Background(), room.ID, id)
		require.NoError(t, err)
		require.Equal(t, stored, l.there[[2]int64{room.ID, id}], "person %d", id)
	}
}

func TestRoomsOfAPersonAreAllOfThem(t *testing.T) {
	c, _ := onLine(t)
	group := false
	pair, err := c.OpenPrivate(by(1), []int64{1, 2})
	require.NoError(t, err)
	many, _, err := c.Open(by(3), Opening{Participants: []int64{1, 2, 3}, Private: &group})
	require.NoError(t, err)
	require.NoError(t, c.Quit(by(1), pair.ID))
	got, err := c.Rooms(context.Background(), 1)
	require.NoError(t, err)
	require.Equal(t, []int64{many.ID, pair.ID}, []int64{got[0].ID, got[1].ID}, "the hidden one, too")
	require.Equal(t, []int{3, 2}, []int{got[0].Members, got[1].Members})
	require.Equal(t, []bool{false, true}, []bool{got[0].Private, got[1].Private})
	require.Equal(t, chat.JustThere, got[0].Member.Role)
	none, err := c.Rooms(context.Background(), 9)
	require.NoError(t, err)
	require.Empty(t, none)
}

func TestPartnersAreThoseOfSmallRoomsWhoDoNotBlock(t *testing.T) {
	c, _ := onLine(t)
	group := false
	pair, err := c.OpenPrivate(by(1), []int64{1, 2})
	require.NoError(t, err)
	small, _, err := c.Open(by(1), Opening{Participants: []int64{2, 3, 4, 5}, Private: &group})
	require.NoError(t, err)
	_, _, err = c.Open(by(1), Opening{Participants: []int64{6, 7, 8, 9, 10}, Private: &group})
	require.NoError(t, err)
	_, err = c.Block(by(1), 3)
	require.NoError(t, err)
	_, err = c.Block(by(4), 1)
	require.NoError(t, err)
	rooms, people, err := c.Partners(context.Background(), 1, 5)
	require.NoError(t, err)
	require.ElementsMatch(t, []int64{pair.ID, small.ID}, rooms)
	require.Equal(t, []int64{2, 5}, people)
	rooms, people, err = c.Partners(context.Background(), 99, 5)
	require.NoError(t, err)
	require.Empty(t, rooms)
	require.Empty(t, people)
}

func TestLastSeenIsToldToThoseWhoMayKnow(t *testing.T) {
	c, _ := onLine(t)
	at := time.Now().Truncate(time.Microsecond)
	group := false
	_, _, err := c.Open(by(1), Opening{Participants: []int64{2, 3, 4, 5}, Private: &group})
	require.NoError(t, err)
	require.NoError(t, c.Seen(context.Background(), []int64{6, 2, 3, 4}, at))
	require.NoError(t, c.Seen(context.Background(), []int64{2}, at.Add(-time.Hour)), "late news")
	require.NoError(t, c.Seen(context.Background(), nil, at))
	require.NoError(t, c.SetSettings(by(3), Settings{HideLastSeen: true}))
	_, err = c.Block(by(4), 1)
	require.NoError(t, err)
	got, err := c.LastSeen(context.Background(), 1, 1, 2, 3, 4, 5, 6)
	require.NoError(t, err)
	require.Len(t, got, 1, "3 hides it, 4 blocks the asker, 5 was never there, 6 is a stranger")
	require.True(t, at.Equal(got[2]))
	other, err := c.LastSeen(context.Background(), 5, 4)
	require.NoError(t, err)
	require.Len(t, other, 1, "who is not blocked")
	require.NoError(t, c.UserDeleted(by(2), auth.UserDeleted{UserID: 2}))
	require.NoError(t, c.Seen(context.Background(), []int64{2}, at))
	none, err := c.LastSeen(context.Background(), 1, 2)
	require.NoError(t, err)
	require.Empty(t, none)
}
