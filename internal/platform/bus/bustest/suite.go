package bustest

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"agrovet/internal/platform/bus"

	"github.com/stretchr/testify/require"
)

// TestRoad runs the suite, or only the tests that are named. newRoad makes a road with empty databases for
// each test.
func TestRoad(t *testing.T, newRoad func(t *testing.T) Road, only ...string) {
	for name, test := range map[string]func(*testing.T, *journal){
		"DeliversOnceAndInOrderWhateverHappens":  testWhatever,
		"DoesNotSkipALateCommit":                 testLateCommit,
		"DoesNotPublishWhatWasRolledBack":        testRolledBack,
		"ParksAFailingKeyWhileOthersFlow":        testFailingKey,
		"ParksAPanicAndARefusedCommit":           testBadHandlers,
		"LosesAndRepeatsNothingAcrossRestarts":   testRestarts,
		"LosesNothingWhenKilledInABacklog":       testBacklog,
		"DeliversOnceFromTwoProcesses":           testTwoProcesses,
		"BringsWhatWasPublishedBeforeItsTime":    testPublishedBefore,
		"IgnoresTypesThatNobodySubscribedTo":     testUnknownType,
		"KeepsParkedEventsOfAKeyInOrderForever":  testParkingRace,
		"LeavesEventsAloneWhileTheHandlerIsAway": testNoSubscriber,
	} {
		if len(only) == 0 || slices.Contains(only, name) {
			t.Run(name, func(t *testing.T) { test(t, newJournal(t, newRoad(t))) })
		}
	}
}

func (j *journal) start(end End, before func(context.Context, Note) error) *Process {
	p := j.road.Start(end, j.subscription(before))
	j.t.Cleanup(p.Stop)
	return p
}

func testLateCommit(t *testing.T, j *journal) {
	p := j.start(InGoodOrder, always)
	j.publish(p.Outbox, "first")
	j.settle()
	written, release, done := make(chan struct{}), make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		j.transact(func(ctx context.Context) ([]Note, error) {
			n := j.note("late")
			err := p.Outbox.Publish(ctx, n)
			j.afterWrite(ctx, func() error { close(written); <-release; return nil })
			return []Note{n}, err
		})
	}()
	<-written // its position is lower than the next one's
	j.publish(p.Outbox, "early")
	j.eventually("what is committed does not wait", func() bool { return len(j.effects()) == 2 })
	close(release)
	<-done
	j.verify()
	require.Equal(t, []string{"first", "early", "late"}, keys(j.effects()))
}

func testRolledBack(t *testing.T, j *journal) {
	p := j.start(InGoodOrder, always)
	refused := errors.New("no")
	j.transact(func(ctx context.Context) ([]Note, error) {
		require.NoError(t, p.Outbox.Publish(ctx, j.note("whole transaction")))
		return nil, refused
	})
	j.transact(func(ctx context.Context) ([]Note, error) {
		require.NoError(t, p.Outbox.Publish(ctx, j.note("written already")))
		j.afterWrite(ctx, func() error { return refused })
		return nil, nil
	})
	j.transact(func(ctx context.Context) ([]Note, error) {
		a, b, c := j.note("a"), j.note("b"), j.note("c")
		require.NoError(t, p.Outbox.Publish(ctx, a))
		require.ErrorIs(t, j.road.Source.Tx(ctx, func(ctx context.Context) error {
			require.NoError(t, p.Outbox.Publish(ctx, j.note("savepoint")))
			return refused
		}), refused)
		require.NoError(t, j.road.Source.Tx(ctx, func(ctx context.Context) error { return p.Outbox.Publish(ctx, b) }))
		return []Note{a, b, c}, p.Outbox.Publish(ctx, c)
	})
	j.verify()
	require.ElementsMatch(t, []string{"a", "b", "c"}, keys(j.effects()))
}

func testFailingKey(t *testing.T, j *journal) {
	var healed atomic.Bool
	p := j.start(InGoodOrder, func(_ context.Context, n Note) error {
		if n.K == "bad" && !healed.Load() {
			return errors.New("not yet")
		}
		return nil
	})
	for range 20 {
		j.publish(p.Outbox, "bad", "good", "better")
	}
	j.eventually("other keys flow", func() bool { return len(j.effects()) == 40 })
	j.eventually("the key waits", func() bool { return count(t, j.road.Subscriber, "parked") == 20 })
	healed.Store(true)
	j.verify()
}

func testBadHandlers(t *testing.T, j *journal) {
	_, err := j.road.Subscriber.Q(t.Context()).Exec(t.Context(), `create table fussy (n int,
		constraint fussy_n check (n > 0), constraint fussy_later unique (n) deferrable initially deferred);
		insert into fussy values (1)`)
	require.NoError(t, err)
	insert := func(ctx context.Context, n int) error {
		_, err := j.road.Subscriber.Q(ctx).Exec(ctx, "insert into fussy values ($1)", n)
		return err
	}
	var healed atomic.Bool
	p := j.start(InGoodOrder, func(ctx context.Context, n Note) error {
		switch {
		case healed.Load():
		case n.K == "panics":
			panic("oh")
		case n.K == "is refused":
			return insert(ctx, 0)
		case n.K == "is refused at commit":
			return insert(ctx, 1)
		case n.K == "hides its failure":
			_ = insert(ctx, 0)
		}
		return nil
	})
	for range 5 {
		j.publish(p.Outbox, "panics", "is refused", "is refused at commit", "hides its failure", "works")
	}
	j.eventually("the key that works flows", func() bool { return len(j.effects()) == 5 })
	j.eventually("the others wait", func() bool { return count(t, j.road.Subscriber, "parked") == 20 })
	healed.Store(true)
	j.verify()
}

func testRestarts(t *testing.T, j *journal) {
	r := rand.New(rand.NewPCG(seed(t), 0))
	p := j.start(InGoodOrder, always)
	for range 8 {
		for range 30 {
			j.publish(p.Outbox, key(r), key(r))
		}
		time.Sleep(rand.N(10 * time.Millisecond))
		p.Stop()
		p = j.start(End(r.IntN(2) == 0), always)
	}
	j.verify()
}

func testBacklog(t *testing.T, j *journal) {
	r := rand.New(rand.NewPCG(seed(t), 0))
	p := j.start(InGoodOrder, always)
	p.Stop()
	for range 100 {
		j.publish(p.Outbox, key(r), key(r), key(r), key(r))
	}
	slowly := func(context.Context, Note) error { time.Sleep(100 * time.Microsecond); return nil }
	for done := 0; done < 300; done = len(j.effects()) {
		p := j.start(Killed, slowly)
		j.eventually("it gets on", func() bool { return len(j.effects()) > done })
		time.Sleep(time.Duration(r.IntN(5000)) * time.Microsecond)
		p.Stop()
	}
	j.start(InGoodOrder, always)
	j.verify()
}

func testTwoProcesses(t *testing.T, j *journal) {
	r := rand.New(rand.NewPCG(seed(t), 0))
	a, b := j.start(InGoodOrder, always), j.start(InGoodOrder, always)
	for range 100 {
		j.publish(a.Outbox, key(r), key(r))
		j.publish(b.Outbox, key(r))
	}
	a.Stop() // one of them was leading
	for range 20 {
		j.publish(b.Outbox, key(r))
	}
	j.verify()
}

func testPublishedBefore(_ *testing.T, j *journal) {
	p := j.start(InGoodOrder, always)
	p.Stop()
	for range 50 {
		j.publish(p.Outbox, "a", "b")
	}
	j.start(InGoodOrder, always)
	j.verify()
}

// Whisper is an event that nobody handles.
type Whisper struct{ Note }

// Kind implements bus.Payload.
func (Whisper) Kind() bus.Kind { return bus.Kind{Topic: Topic, Type: "test.whispered"} }

func testUnknownType(t *testing.T, j *journal) {
	p := j.start(InGoodOrder, always)
	j.transact(func(ctx context.Context) ([]Note, error) {
		n := j.note("a")
		return []Note{n}, p.Outbox.Publish(ctx, Whisper{n}, n, Whisper{n})
	})
	j.verify()
	require.Equal(t, 1, count(t, j.road.Subscriber, "inbox"))
}

func testNoSubscriber(t *testing.T, j *journal) {
	other := bus.Subscription{Name: "other-consumer", Routes: []bus.Route{bus.On(j.effect)}}
	p := j.road.Start(InGoodOrder, other)
	j.publish(p.Outbox, "a")
	j.settle()
	p.Stop()
	require.Len(t, j.effects(), 1)
	j.start(InGoodOrder, always)
	j.eventually("a new subscription begins at the beginning", func() bool { return len(j.effects()) == 2 })
}

func keys(notes []Note) (keys []string) {
	for _, n := range notes {
		keys = append(keys, n.K)
	}
	return keys
}

// key draws one of few keys, so that they are contended.
func key(r *rand.Rand) string { return string(rune('a' + r.IntN(5))) }
