package hub_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
	"pgregory.net/rapid"

	"agrovet/internal/chat/internal/hub"
	"agrovet/internal/chat/internal/hub/brokertest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestMemory(t *testing.T) {
	brokertest.Run(t, func(*testing.T) (hub.Broker, func(time.Duration)) {
		var mu sync.Mutex
		now := time.Now()
		return hub.MemoryAt(func() time.Time {
				mu.Lock()
				defer mu.Unlock()
				return now
			}), func(d time.Duration) {
				mu.Lock()
				defer mu.Unlock()
				now = now.Add(d)
			}
	})
}

// book is rooms' logs in memory.
type book struct {
	mu   sync.Mutex
	last map[int64]int64
}

func (b *book) write(room int64) hub.Entry {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.last[room]++
	return entry(room, b.last[room])
}

func entry(room, seq int64) hub.Entry {
	f := hub.Of(hub.Text, fmt.Appendf(nil, "%d", seq))
	f.Room, f.Seq = room, seq
	return hub.Entry{Seq: seq, From: 1, Frame: f}
}

func (b *book) Last(_ context.Context, rooms []int64) (map[int64]int64, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	out := map[int64]int64{}
	for _, r := range rooms {
		out[r] = b.last[r]
	}
	return out, nil
}

func (b *book) After(_ context.Context, wants []hub.Want) (map[int64][]hub.Entry, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	out := map[int64][]hub.Entry{}
	for _, w := range wants {
		for seq := w.After + 1; seq <= b.last[w.Room] && seq <= w.After+int64(w.Limit); seq++ {
			out[w.Room] = append(out[w.Room], entry(w.Room, seq))
		}
	}
	return out, nil
}

// nobody knows anybody.
type nobody struct{}

func (nobody) Partners(context.Context, int64) ([]int64, error)                { return nil, nil }
func (nobody) Seen(context.Context, []int64, time.Time) error                  { return nil }
func (nobody) LastSeen(context.Context, int64, int64) (t time.Time, err error) { return t, nil }

// sink takes what a connection is sent; now and then the network does not take it at once.
type sink struct {
	mu   sync.Mutex
	seqs []int64
	rand *rand.Rand
	code int
}

func (s *sink) Try(f *hub.Frame) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.rand.IntN(3) == 0 {
		return false
	}
	s.note(f)
	return true
}

func (s *sink) note(f *hub.Frame) {
	for one := range f.Each {
		if string(one.Data()) != "told" {
			s.seqs = append(s.seqs, one.Seq)
		}
	}
}

func (s *sink) Write(frames []*hub.Frame) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range frames {
		s.note(f)
	}
	return nil
}

func (s *sink) Close(code int, _ string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.code = code
}

func (s *sink) closedWith() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.code
}

func (s *sink) Hurry() {}
func (s *sink) Abort() {}

func (s *sink) upTo() []int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]int64(nil), s.seqs...)
}

func told(room, seq int64) *hub.Frame {
	f := hub.Of(hub.Text, []byte("told"))
	f.Room, f.Seq = room, seq
	return f
}

// Whatever is lost, doubled or comes in another order between the log and the hub, and whenever somebody
// connects or comes back: each connection gets every entry above its position once and in order.
func TestEveryEntryOnceAndInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := &book{last: map[int64]int64{}}
		h, err := hub.New(hub.Config{Entries: b, People: nobody{}, Resumed: told, TooFar: told, Grace: time.Hour})
		require.NoError(t, err)
		defer h.Close()
		type listener struct {
			*sink
			conn *hub.Conn
			from int64
		}
		var all []listener
		var late []hub.Entry
		publish := func(e hub.Entry) {
			h.Publish(hub.Signal{Kind: hub.NewEntry, Room: 1, Seq: e.Seq, From: e.From, Frame: e.Frame})
		}
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			switch rapid.IntRange(0, 6).Draw(t, "step") {
			case 0: // somebody comes, and has a part
				from := rapid.Int64Range(0, b.last[1]).Draw(t, "from")
				s := &sink{rand: rand.New(rand.NewPCG(1, uint64(len(all))))}
				c := h.NewConn(s)
				c.UserID = int64(len(all) + 1)
				require.NoError(t, h.Open(c))
				h.Seat(c, hub.Place{Room: 1, Pos: from})
				all = append(all, listener{s, c, from})
			case 1: // an entry is lost
				b.write(1)
			case 2: // one comes later
				late = append(late, b.write(1))
			case 3: // those that are late come, in the wrong order, twice
				for i := len(late) - 1; i >= 0; i-- {
					publish(late[i])
					publish(late[i])
				}
				late = nil
			case 4: // several are stored together
				for range rapid.IntRange(2, 9).Draw(t, "together") {
					publish(b.write(1))
				}
			default:
				publish(b.write(1))
			}
		}
		publish(b.write(1))
		last := b.last[1]
		for _, l := range all {
			want := []int64{}
			for seq := l.from + 1; seq <= last; seq++ {
				want = append(want, seq)
			}
			for limit := time.Now().Add(10 * time.Second); len(l.upTo()) < len(want) && time.Now().Before(limit); {
				time.Sleep(50 * time.Microsecond)
			}
			require.Equal(t, want, l.upTo())
			h.Leave(l.conn)
		}
		require.Zero(t, h.Rooms())
	})
}

// Two hubs on one broker are one chat; one that dies without a goodbye is noticed.
func TestHubsOnOneBroker(t *testing.T) {
	broker := hub.Memory()
	b := &book{last: map[int64]int64{}}
	var sinks []*sink
	for range 2 {
		h, err := hub.New(hub.Config{Entries: b, People: nobody{}, Resumed: told, TooFar: told, Broker: broker})
		require.NoError(t, err)
		t.Cleanup(h.Close)
		s := &sink{rand: rand.New(rand.NewPCG(1, 2))}
		c := h.NewConn(s)
		c.UserID = int64(len(sinks) + 1)
		require.NoError(t, h.Open(c))
		h.Seat(c, hub.Place{Room: 1})
		sinks = append(sinks, s)
		if len(sinks) == 2 {
			e := b.write(1)
			h.Publish(hub.Signal{Kind: hub.NewEntry, Room: 1, Seq: e.Seq, Frame: e.Frame})
			require.Eventually(t, func() bool {
				online, err := h.Online(t.Context(), []int64{1, 2})
				return err == nil && len(online) == 2
			}, 10*time.Second, time.Millisecond)
		}
	}
	for _, s := range sinks {
		require.Eventually(t, func() bool { return len(s.upTo()) == 1 }, 10*time.Second, time.Millisecond)
	}
}

// Whoever is sent away has what was said before, also what the hub had no time to send yet.
func TestDrainComesBehindWhatWasSaid(t *testing.T) {
	for range 50 {
		b := &book{last: map[int64]int64{}}
		h, err := hub.New(hub.Config{Entries: b, People: nobody{}, Resumed: told, TooFar: told, Grace: time.Hour, AwayCode: 1001, Reconnect: func(time.Duration) *hub.Frame { return told(0, 0) }})
		require.NoError(t, err)
		var sinks []*sink
		for i := range 20 {
			s := &sink{rand: rand.New(rand.NewPCG(1, uint64(i)))}
			c := h.NewConn(s)
			c.UserID = int64(i + 1)
			require.NoError(t, h.Open(c))
			h.Seat(c, hub.Place{Room: 1})
			sinks = append(sinks, s)
		}
		for range 20 {
			e := b.write(1)
			h.Publish(hub.Signal{Kind: hub.NewEntry, Room: 1, Seq: e.Seq, From: e.From, Frame: e.Frame})
		}
		gone, cancel := context.WithCancel(t.Context())
		ended := make(chan struct{})
		go func() { defer close(ended); h.Drain(gone) }()
		for _, s := range sinks {
			require.Eventually(t, func() bool { return s.closedWith() != 0 }, 10*time.Second, 100*time.Microsecond)
			require.Len(t, s.upTo(), 20)
		}
		cancel()
		<-ended
		h.Close()
	}
}
