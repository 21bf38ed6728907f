package wsclient_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"agrovet/internal/chat/internal/pretendtest"
	"agrovet/internal/chat/internal/wire"
	"agrovet/internal/chat/wsclient"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	rosa int64 = 1
	luis int64 = 2
	ana  int64 = 3
)

// device is a client that remembers what it was handed.
type device struct {
	*wsclient.Client
	t    testing.TB
	mu   sync.Mutex
	seen []wsclient.Frame
	more chan struct{} // one when there is more
	lost chan error
}

func dial(t testing.TB, s *pretendtest.Server, user int64, change ...func(*wsclient.Config)) *device {
	t.Helper()
	d, err := tryDial(t, s, user, change...)
	require.NoError(t, err)
	return d
}

func tryDial(t testing.TB, s *pretendtest.Server, user int64, change ...func(*wsclient.Config)) (*device, error) {
	d := &device{t: t, more: make(chan struct{}, 1), lost: make(chan error, 100)}
	cfg := wsclient.Config{URL: s.URL, Token: pretendtest.Token(user), MinWait: time.Millisecond, MaxWait: 10 * time.Millisecond,
		TellWithin: 5 * time.Millisecond, Handle: d.take, Lost: func(err error) { d.lost <- err }}
	for _, c := range change {
		c(&cfg)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	var err error
	d.Client, err = wsclient.Dial(ctx, cfg)
	if err == nil {
		t.Cleanup(d.Close)
	}
	return d, err
}

func (d *device) take(f wsclient.Frame) {
	d.mu.Lock()
	defer d.mu.Unlock()
	f.Raw = append([]byte(nil), f.Raw...)
	d.seen = append(d.seen, f)
	select {
	case d.more <- struct{}{}:
	default:
	}
}

// await returns the entries of a room once there are so many.
func (d *device) await(room int64, n int) (seqs []int64) {
	d.t.Helper()
	d.until(func(frames []wsclient.Frame) bool {
		seqs = nil
		for _, f := range frames {
			if f.Entry() && f.Room == room {
				seqs = append(seqs, f.Seq)
			}
		}
		return len(seqs) >= n
	})
	return seqs
}

// frame returns the first of a type.
func (d *device) frame(kind string) (found wsclient.Frame) {
	d.t.Helper()
	d.until(func(frames []wsclient.Frame) bool {
		for _, f := range frames {
			if f.Type == kind {
				found = f
				return true
			}
		}
		return false
	})
	return found
}

func (d *device) until(enough func([]wsclient.Frame) bool) {
	d.t.Helper()
	for deadline := time.After(10 * time.Second); ; {
		d.mu.Lock()
		ok := enough(d.seen)
		d.mu.Unlock()
		if ok {
			return
		}
		select {
		case <-d.more:
		case <-deadline:
			d.t.Fatalf("it did not come; seen: %v", d.seen)
		}
	}
}

func upTo(n int64) (seqs []int64) {
	for i := int64(1); i <= n; i++ {
		seqs = append(seqs, i)
	}
	return seqs
}

func TestSendIsAcknowledgedAndSeenByTheOther(t *testing.T) {
	t.Parallel()
	s := pretendtest.New(t)
	room := s.Room(rosa, luis)
	a, b := dial(t, s, rosa), dial(t, s, luis)
	ack, err := a.Send(t.Context(), wsclient.Outgoing{Room: room, Text: "¿Llegó la vacuna?"})
	require.NoError(t, err)
	require.Equal(t, int64(1), ack.Seq)
	m, err := wsclient.As[wsclient.Message](b.frame(wire.TypeMessage))
	require.NoError(t, err)
	require.Equal(t, "¿Llegó la vacuna?", m.Text)
	require.Equal(t, ack.MessageID, m.ID)
}

func TestArrivalsAreToldTogetherAndOwnMessagesAreNot(t *testing.T) {
	t.Parallel()
	s := pretendtest.New(t)
	one, two := s.Room(rosa, luis), s.Room(rosa, luis, ana)
	a, b := dial(t, s, rosa), dial(t, s, luis)
	for _, room := range []int64{one, two} {
		_, err := a.Send(t.Context(), wsclient.Outgoing{Room: room, Text: "hola"})
		require.NoError(t, err)
	}
	b.await(two, 1)
	a.until(func(frames []wsclient.Frame) bool {
		n := 0
		for _, f := range frames {
			if f.Type == wire.TypeDelivered {
				n++
			}
		}
		return n == 2
	})
	require.Equal(t, int64(1), s.Member(one, luis).DeliveredSeq)
	require.Zero(t, s.Member(one, rosa).DeliveredSeq)
}

func TestReadWithoutALineIsToldOnTheNext(t *testing.T) {
	t.Parallel()
	s := pretendtest.New(t)
	room := s.Room(rosa, luis)
	a, b := dial(t, s, rosa), dial(t, s, luis)
	s.Say(room, rosa, "hola")
	b.await(room, 1)
	s.Set(func(s *pretendtest.Server) { s.Refuse = http.StatusServiceUnavailable })
	b.Cut()
	<-b.lost
	<-b.lost // it was refused once: there is no line
	b.Read(room, 1)
	s.Set(func(s *pretendtest.Server) { s.Refuse = 0 })
	read, err := wsclient.As[wsclient.Read](a.frame(wire.TypeRead))
	require.NoError(t, err)
	require.Equal(t, luis, read.UserID)
}

func TestMissedEntriesComeAfterReconnectingOnceAndInOrder(t *testing.T) {
	t.Parallel()
	for name, tooFar := range map[string]int64{"on the socket": 1000, "by REST, when they are too many": 3} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := pretendtest.New(t)
			s.TooFar = tooFar
			room := s.Room(rosa, luis)
			b := dial(t, s, luis)
			s.Say(room, rosa, "uno")
			b.await(room, 1)
			s.Set(func(s *pretendtest.Server) { s.Refuse = http.StatusServiceUnavailable })
			b.Cut()
			<-b.lost
			for i := range 500 {
				s.Say(room, rosa, fmt.Sprint(i))
			}
			s.Set(func(s *pretendtest.Server) { s.Refuse = 0 })
			require.NoError(t, b.Online(t.Context()))
			s.Say(room, rosa, "al final")
			require.Equal(t, upTo(502), b.await(room, 502))
			require.Equal(t, map[int64]int64{room: 502}, b.Have())
		})
	}
}

func TestANewDeviceBeginsWhereItIsTold(t *testing.T) {
	t.Parallel()
	s := pretendtest.New(t)
	room := s.Room(rosa, luis)
	for range 5 {
		s.Say(room, rosa, "hola")
	}
	whole := dial(t, s, luis, func(c *wsclient.Config) { c.Begin = wsclient.FromStart })
	some := dial(t, s, luis, func(c *wsclient.Config) { c.Have = map[int64]int64{room: 3} })
	now := dial(t, s, luis)
	s.Say(room, rosa, "otra")
	require.Equal(t, upTo(6), whole.await(room, 6))
	require.Equal(t, []int64{4, 5, 6}, some.await(room, 3))
	require.Equal(t, []int64{6}, now.await(room, 1))
}

func TestDoubledAndSwappedEntriesAreHandedOnOnceAndInOrder(t *testing.T) {
	t.Parallel()
	s := pretendtest.New(t)
	room := s.Room(rosa, luis)
	b := dial(t, s, luis)
	var kept []byte // every third entry comes after the next
	n := 0
	s.Set(func(s *pretendtest.Server) {
		s.Mangle = func(frames [][]byte) [][]byte {
			switch n++; {
			case n%3 == 0:
				kept = frames[0]
				return nil
			case kept != nil:
				frames, kept = [][]byte{frames[0], kept, frames[0]}, nil
			}
			return frames
		}
	})
	for i := range 100 {
		s.Say(room, rosa, fmt.Sprint(i))
	}
	require.Equal(t, upTo(100), b.await(room, 100))
	require.Positive(t, b.Stats().Holes)
	require.Positive(t, b.Stats().Doubles)
}

func TestSendSurvivesALostAcknowledgementAndStoresOnce(t *testing.T) {
	t.Parallel()
	s := pretendtest.New(t)
	room := s.Room(rosa, luis)
	a, b := dial(t, s, rosa), dial(t, s, luis)
	s.Set(func(s *pretendtest.Server) { s.NoAcks = true })
	acks := make(chan wsclient.Ack)
	for i := range 3 {
		go func() {
			ack, err := a.Send(t.Context(), wsclient.Outgoing{Room: room, Text: fmt.Sprint(i)})
			if err == nil {
				acks <- ack
			}
		}()
	}
	b.await(room, 3) // all are stored, and nobody told the sender
	s.Set(func(s *pretendtest.Server) { s.NoAcks = false })
	s.CloseAll(1001)
	for range 3 {
		require.True(t, (<-acks).Repeated)
	}
	require.Len(t, s.Texts(room), 3)
	require.Equal(t, 3, a.Stats().Resends)
}

func TestMessagesOfALostLineLeaveInTheirOrder(t *testing.T) {
	t.Parallel()
	s := pretendtest.New(t)
	room := s.Room(rosa, luis)
	a := dial(t, s, rosa)
	s.Set(func(s *pretendtest.Server) { s.Refuse = http.StatusServiceUnavailable })
	a.Cut()
	<-a.lost
	var sending sync.WaitGroup
	var want []string
	for i := range 20 {
		want = append(want, fmt.Sprint(i))
		sending.Go(func() {
			_, err := a.Send(t.Context(), wsclient.Outgoing{Room: room, Text: fmt.Sprint(i)})
			require.NoError(t, err)
		})
		require.Eventually(t, func() bool { return a.Pending() == i+1 }, 5*time.Second, time.Millisecond)
	}
	s.Set(func(s *pretendtest.Server) { s.Refuse = 0 })
	sending.Wait()
	require.Equal(t, want, s.Texts(room))
	require.Zero(t, a.Pending())
}

func TestSendEndsWithItsContextAndIsBounded(t *testing.T) {
	t.Parallel()
	s := pretendtest.New(t)
	room := s.Room(rosa, luis)
	s.NoAcks = true
	a := dial(t, s, rosa, func(c *wsclient.Config) { c.Pending = 1 })
	first, stop := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() {
		_, err := a.Send(first, wsclient.Outgoing{Room: room, Text: "uno"})
		ended <- err
	}()
	require.Eventually(t, func() bool { return a.Pending() == 1 }, 5*time.Second, time.Millisecond)
	short, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	_, err := a.Send(short, wsclient.Outgoing{Room: room, Text: "dos"})
	require.ErrorIs(t, err, context.DeadlineExceeded)
	stop()
	require.ErrorIs(t, <-ended, context.Canceled)
	require.NotContains(t, s.Texts(room), "dos")
}

func TestARefusedMessageSaysWhy(t *testing.T) {
	t.Parallel()
	s := pretendtest.New(t)
	room := s.Room(rosa, luis)
	_, err := dial(t, s, ana).Send(t.Context(), wsclient.Outgoing{Room: room, Text: "¿qué dicen?"})
	var refused *wsclient.Refused
	require.ErrorAs(t, err, &refused)
	require.Equal(t, "chat.not_a_participant", refused.Answer.Code)
}

func TestWhatEndsAClientForGood(t *testing.T) {
	t.Parallel()
	for code, want := range map[int]error{4401: wsclient.ErrEnded, 4409: wsclient.ErrTooMany} {
		s := pretendtest.New(t)
		a := dial(t, s, rosa)
		s.CloseAll(code)
		<-a.Done()
		require.ErrorIs(t, a.Err(), want)
		_, err := a.Send(t.Context(), wsclient.Outgoing{Room: 1, Text: "?"})
		require.ErrorIs(t, err, want)
	}
	for status, want := range map[int]error{http.StatusUnauthorized: wsclient.ErrEnded, http.StatusForbidden: wsclient.ErrRefused} {
		s := pretendtest.New(t)
		s.Refuse = status
		_, err := tryDial(t, s, rosa)
		require.ErrorIs(t, err, want)
	}
}

func TestWhatDoesNotEndAClient(t *testing.T) {
	t.Parallel()
	s := pretendtest.New(t)
	a := dial(t, s, rosa)
	for i, code := range []int{0, 1000, 1001, 1008, 1011, 1013} {
		s.CloseAll(code)
		<-a.lost
		require.Eventually(t, func() bool { return a.Stats().Connects == i+2 }, 5*time.Second, time.Millisecond, "after %d", code)
	}
}

func TestAReconnectFrameIsHonoured(t *testing.T) {
	t.Parallel()
	s := pretendtest.New(t)
	a := dial(t, s, rosa)
	s.Tell(rosa, wire.Reconnect{Type: wire.TypeReconnect, After: 3600})
	a.frame(wire.TypeReconnect)
	s.CloseAll(1001)
	<-a.lost
	short, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	require.ErrorIs(t, a.Online(short), context.DeadlineExceeded)
	require.Zero(t, s.Live())
}

func TestASilentLineIsLeft(t *testing.T) {
	t.Parallel()
	s := pretendtest.New(t)
	s.Heartbeat = 0.02 // and the server never pings
	a := dial(t, s, rosa)
	var silence net.Error
	require.True(t, errors.As(<-a.lost, &silence) && silence.Timeout())
}

func TestNewAndEndedRooms(t *testing.T) {
	t.Parallel()
	s := pretendtest.New(t)
	room := s.Room(rosa, luis)
	a := dial(t, s, ana)
	s.Say(room, rosa, "antes")
	s.Join(room, ana)
	require.Equal(t, []int64{2}, a.await(room, 1), "what was before is not theirs")
	s.Tell(ana, wire.RoomGone{Type: wire.TypeRoomGone, RoomIDs: wire.RoomIDsOf(room)})
	a.frame(wire.TypeRoomGone)
	require.Empty(t, a.Have())
}

func TestFaultsOfTheNetworkAreTheTestsToMake(t *testing.T) {
	t.Parallel()
	s := pretendtest.New(t)
	var dials []net.Conn
	a := dial(t, s, rosa, func(c *wsclient.Config) {
		c.NetDial = func(ctx context.Context, network, address string) (net.Conn, error) {
			conn, err := new(net.Dialer).DialContext(ctx, network, address)
			dials = append(dials, conn)
			return conn, err
		}
	})
	a.Close()
	require.Len(t, dials, 1)
	require.ErrorIs(t, a.Typing(1), wsclient.ErrOffline)
}
