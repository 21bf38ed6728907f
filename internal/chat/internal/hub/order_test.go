package hub_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"agrovet/internal/chat/internal/hub"
)

// end is the number of the frame that comes behind all others.
const end = -1

// change is what a process tells of one person.
type change struct {
	in   bool
	seq  int64
	size int
}

func (c change) signal(room, user int64) hub.Signal {
	s := hub.Signal{Kind: hub.Removed, Room: room, Seq: c.seq, Size: c.size, Users: []int64{user}, Frame: told(room, 0)}
	if c.in {
		s.Kind, s.Users, s.Frame = hub.Added, nil, nil
		s.Members = []hub.Newcomer{{UserID: user, Frame: told(room, 0)}}
	}
	return s
}

// drawChanges are somebody's coming and going, and how many others were there meanwhile.
func drawChanges(t *rapid.T) []change {
	all := make([]change, rapid.IntRange(1, 8).Draw(t, "changes"))
	for i := range all {
		all[i] = change{in: i%2 == 0, seq: int64(2*i + 1), size: rapid.IntRange(hub.Small-2, hub.Small+2).Draw(t, "size")}
	}
	return all
}

// seated opens a connection that is in all of a person's rooms.
func seated(t require.TestingT, h *hub.Hub, user int64, places ...hub.Place) (*hub.Conn, *sink) {
	s := &sink{rand: rand.New(rand.NewPCG(1, uint64(user)))}
	c := h.NewConn(s)
	c.UserID, c.All = user, true
	require.NoError(t, h.Open(c))
	h.Seat(c, places...)
	return c, s
}

func (s *sink) heard(t require.TestingT, seq int64) {
	for limit := time.Now().Add(10 * time.Second); !slices.Contains(s.upTo(), seq); time.Sleep(50 * time.Microsecond) {
		require.True(t, time.Now().Before(limit), "it is not heard")
	}
}

// In whatever order processes tell who is in a room, however often, and whenever a connection begins in between:
// at last it is in the room if its person is, and the room is as big as it is.
func TestTheNewestSaysWhoIsInARoom(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h, err := hub.New(hub.Config{Entries: &book{last: map[int64]int64{}}, People: nobody{}, Resumed: told, TooFar: told, Grace: time.Hour})
		require.NoError(t, err)
		defer h.Close()
		_, other := seated(t, h, 1, hub.Place{Room: 1})
		c, _ := seated(t, h, 2)
		all := drawChanges(t)
		read := rapid.SampledFrom(all).Draw(t, "read")
		order := rapid.Permutation(append(slices.Clone(all), all...)).Draw(t, "order")
		begins := rapid.IntRange(0, len(order)).Draw(t, "begins")
		for i, one := range order {
			if i == begins && read.in {
				h.Seat(c, hub.Place{Room: 1, Seq: read.seq, Size: read.size})
			}
			h.Publish(one.signal(1, 2))
		}
		last := all[len(all)-1]
		marks := hub.Of(hub.Text, []byte("marks"))
		marks.Seq = 7
		h.Publish(hub.Signal{Kind: hub.Marks, Room: 1, Users: []int64{2}, Frame: marks})
		f := hub.Of(hub.Text, []byte("end"))
		f.Seq = end
		h.Publish(hub.Signal{Kind: hub.ToUsers, Users: []int64{1}, Frame: f})
		other.heard(t, end)
		require.Equal(t, last.in, h.In(c, 1))
		require.Equal(t, last.size <= hub.Small, slices.Contains(other.upTo(), 7))
	})
}

// A removal of which it is not known when it was is obeyed, and does not keep its person out for good.
func TestARemovalOfUnknownTime(t *testing.T) {
	h, err := hub.New(hub.Config{Entries: &book{last: map[int64]int64{}}, People: nobody{}, Resumed: told, TooFar: told, Grace: time.Hour})
	require.NoError(t, err)
	defer h.Close()
	c, s := seated(t, h, 2, hub.Place{Room: 1, Seq: 9})
	f := hub.Of(hub.Text, []byte("end"))
	f.Seq = end
	for _, one := range []change{{in: true, seq: 9}, {}} {
		h.Publish(one.signal(1, 2))
	}
	h.Publish(hub.Signal{Kind: hub.ToUsers, Users: []int64{2}, Frame: f})
	s.heard(t, end)
	require.False(t, h.In(c, 1))
	h.Seat(c, hub.Place{Room: 1, Seq: 10})
	require.True(t, h.In(c, 1))
}
