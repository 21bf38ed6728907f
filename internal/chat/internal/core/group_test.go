package core

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// bench is a group whose work stands still until it is let go on.
type bench struct {
	*group[int, string]
	began chan []int
	goOn  chan error
	stop  func()
}

func newBench(t *testing.T) *bench {
	b := &bench{began: make(chan []int, 1000), goOn: make(chan error)}
	b.group = newGroup(func(ctx context.Context, wants []int) ([]string, error) {
		b.began <- wants
		err := <-b.goOn
		out := make([]string, len(wants))
		for i, w := range wants {
			out[i] = fmt.Sprint(w)
		}
		return out, err
	})
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan bool)
	go func() { b.run(ctx); close(ended) }()
	require.Eventually(t, func() bool {
		b.line.mu.Lock()
		defer b.line.mu.Unlock()
		return b.line.works
	}, 10*time.Second, time.Millisecond)
	b.stop = func() { cancel(); <-ended }
	return b
}

// askAll asks for numbers one after the other, so that they stand in this order, and returns what will come of them.
func (b *bench) askAll(t *testing.T, from, to int) (wait func() []error) {
	var all sync.WaitGroup
	failed := make([]error, to-from)
	for i := from; i < to; i++ {
		waiting := len(b.line.places)
		all.Go(func() { _, failed[i-from] = b.ask(context.Background(), i) })
		require.Eventually(t, func() bool { return len(b.line.places) > waiting || len(b.began) > 0 }, 10*time.Second, time.Microsecond)
	}
	return func() []error { all.Wait(); return failed }
}

func TestGroup(t *testing.T) {
	t.Run("TakesTogetherAllWhoCameMeanwhileInTheirOrder", func(t *testing.T) {
		b := newBench(t)
		first := b.askAll(t, 0, 1)
		require.Equal(t, []int{0}, <-b.began)
		rest := b.askAll(t, 1, 6)
		b.goOn <- nil
		require.Equal(t, []int{1, 2, 3, 4, 5}, <-b.began)
		b.goOn <- nil
		first()
		require.Equal(t, make([]error, 5), rest())
		b.stop()
	})
	t.Run("TriesEachAloneWhenTogetherItFails", func(t *testing.T) {
		b := newBench(t)
		first := b.askAll(t, 0, 1)
		<-b.began
		rest := b.askAll(t, 1, 4)
		for _, err := range []error{nil, errors.New("all"), nil, errors.New("two"), nil} {
			b.goOn <- err
		}
		first()
		failed := rest()
		require.NoError(t, failed[0])
		require.EqualError(t, failed[1], "two")
		require.NoError(t, failed[2])
		b.stop()
	})
	t.Run("FinishesWhatIsInHandAndThenLetsCallersDoIt", func(t *testing.T) {
		b := newBench(t)
		first := b.askAll(t, 0, 1)
		<-b.began
		rest := b.askAll(t, 1, 3)
		go func() {
			for range 3 {
				b.goOn <- nil
			}
		}()
		b.stop()
		require.Equal(t, []error{nil}, first())
		require.Equal(t, []error{nil, nil}, rest())
		got, err := b.ask(context.Background(), 9)
		require.NoError(t, err)
		require.Equal(t, "9", got)
	})
	t.Run("ACallerNeedNotWait", func(t *testing.T) {
		b := newBench(t)
		first := b.askAll(t, 0, 1)
		<-b.began
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		_, err := b.ask(ctx, 1)
		require.ErrorIs(t, err, context.Canceled)
		go func() {
			for range b.goOn {
				continue
			}
		}()
		b.goOn <- nil
		first()
		close(b.goOn)
		b.stop()
	})
	t.Run("HasRoomForALimitedNumber", func(t *testing.T) {
		b := newBench(t)
		first := b.askAll(t, 0, 1)
		<-b.began
		for range waitRoom {
			b.line.places <- struct{}{}
		}
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
		defer cancel()
		_, err := b.ask(ctx, 1)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		b.goOn <- nil
		first()
		b.stop()
	})
	t.Run("SurvivesAPanic", func(t *testing.T) {
		g := newGroup(func(context.Context, []int) ([]string, error) { panic("oh") })
		a := &asked[int, string]{want: 1, done: make(chan struct{})}
		g.finish(context.Background(), []*asked[int, string]{a})
		<-a.done
		require.ErrorContains(t, a.err, "oh")
	})
}

func TestClientKey(t *testing.T) {
	for raw, want := range map[string]string{
		"": "", "null": "", `""`: "", `"a"`: `"a"`, `"\u0061"`: `"a"`, "7": "7", " 7 ": "7", "1.50": "1.50", `"7"`: `"7"`, `"a b"`: `"a b"`,
	} {
		got, err := ClientKey([]byte(raw))
		require.NoError(t, err, raw)
		require.Equal(t, want, got, raw)
	}
	for _, raw := range []string{"true", "{}", "[1]", `"`, "x", "1 2", `{"a":1}`} {
		_, err := ClientKey([]byte(raw))
		require.Error(t, err, raw)
	}
}

func FuzzClientKey(f *testing.F) {
	f.Add([]byte(`"a"`))
	f.Add([]byte("1e9"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		key, err := ClientKey(raw)
		if err != nil || key == "" {
			return
		}
		again, err := ClientKey([]byte(key))
		require.NoError(t, err)
		require.Equal(t, key, again, "what is kept is the key itself")
		require.NotContains(t, key, "\x00")
	})
}
