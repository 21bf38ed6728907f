package bustest

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"agrovet/internal/platform/bus"
)

// testWhatever has writers that dawdle and roll back, handlers that fail, and processes that come
// and go, two at a time.
func testWhatever(t *testing.T, j *journal) {
	s := seed(t)
	fail := moody(rand.New(rand.NewPCG(s, 1)), 0.1)
	first := j.start(InGoodOrder, fail)
	var writers sync.WaitGroup
	for w := range 6 {
		r := rand.New(rand.NewPCG(s, uint64(10+w)))
		writers.Go(func() {
			for range 150 {
				j.chaoticTransaction(r, first.Outbox)
			}
		})
	}
	stop := make(chan struct{})
	var churn sync.WaitGroup
	churn.Go(func() { j.churn(rand.New(rand.NewPCG(s, 2)), fail, stop) })
	writers.Wait()
	close(stop)
	churn.Wait()
	first.Stop()
	j.start(InGoodOrder, always)
	j.verify()
}

// churn starts and ends processes until stop.
func (j *journal) churn(r *rand.Rand, fail func(context.Context, Note) error, stop <-chan struct{}) {
	for {
		p := j.road.Start(End(r.IntN(2) == 0), j.subscription(fail))
		select {
		case <-stop:
			p.Stop()
			return
		case <-time.After(time.Duration(r.IntN(300)) * time.Millisecond):
			p.Stop()
		}
	}
}

var errMood = errors.New("not in the mood")

// moody is a handler that fails now and then.
func moody(r *rand.Rand, chance float64) func(context.Context, Note) error {
	var mu sync.Mutex
	return func(context.Context, Note) error {
		mu.Lock()
		defer mu.Unlock()
		switch x := r.Float64(); {
		case x < chance/2:
			return errMood
		case x < chance:
			panic(errMood)
		}
		return nil
	}
}

// chaoticTransaction publishes some events, in savepoints or not, keeps its positions to itself for
// a while, and sometimes rolls back.
func (j *journal) chaoticTransaction(r *rand.Rand, outbox *bus.Outbox) {
	j.transact(func(ctx context.Context) (notes []Note, err error) {
		for range 1 + r.IntN(3) {
			n := j.note(key(r))
			err := j.maybeNested(ctx, r, func(ctx context.Context) error { return outbox.Publish(ctx, n) })
			if err == nil {
				notes = append(notes, n)
			}
		}
		dawdle, refuse := time.Duration(r.IntN(4))*time.Millisecond, r.IntN(10) == 0
		j.afterWrite(ctx, func() error {
			time.Sleep(dawdle)
			if refuse {
				return errMood
			}
			return nil
		})
		return notes, nil
	})
}

// maybeNested runs fn as it is, in a savepoint, or in one that is rolled back.
func (j *journal) maybeNested(ctx context.Context, r *rand.Rand, fn func(context.Context) error) error {
	fate := r.IntN(10)
	if fate > 2 {
		return fn(ctx)
	}
	return j.road.Source.Tx(ctx, func(ctx context.Context) error {
		if err := fn(ctx); err != nil || fate > 0 {
			return err
		}
		return errMood
	})
}

// testParkingRace has keys whose handlers fail half of the time, so that events are being parked
// behind a head while it is being finished, in two processes.
func testParkingRace(t *testing.T, j *journal) {
	s := seed(t)
	fail := moody(rand.New(rand.NewPCG(s, 1)), 0.5)
	a := j.start(InGoodOrder, fail)
	j.start(InGoodOrder, fail)
	var writers sync.WaitGroup
	for _, k := range []string{"a", "b"} {
		writers.Go(func() {
			for range 150 {
				j.publish(a.Outbox, k)
			}
		})
	}
	writers.Wait()
	j.verify()
}
