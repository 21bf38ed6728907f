package kafka_test

import (
	"sync/atomic"
	"testing"
	"time"

	"agrovet/internal/platform/bus"
	"agrovet/internal/platform/bus/bustest"
)

func TestRoadOverKafka(t *testing.T) {
	bustest.TestRoad(t, func(t *testing.T) bustest.Road {
		source, subscriber := databases(t)
		addresses := broker(t).ListenAddrs()
		return bustest.Road{Source: source, Subscriber: subscriber, Start: func(end bustest.End, subs ...bus.Subscription) *bustest.Process {
			return apart(t, config(end, addresses...), source, subscriber, end, subs...)
		}}
	})
}

// TestRoadThatMoves has every process serve the subscription by another road than the one before, with events
// in flight, and both at once where processes overlap.
func TestRoadThatMoves(t *testing.T) {
	bustest.TestRoad(t, func(t *testing.T) bustest.Road {
		source, subscriber := databases(t)
		addresses := broker(t).ListenAddrs()
		var started atomic.Int64
		return bustest.Road{Source: source, Subscriber: subscriber, Start: func(end bustest.End, subs ...bus.Subscription) *bustest.Process {
			if started.Add(1)%2 == 0 {
				return apart(t, config(end, addresses...), source, subscriber, end, subs...)
			}
			return together(t, config(end, addresses...), source, subscriber, end, subs...)
		}}
	}, "DeliversOnceAndInOrderWhateverHappens", "LosesAndRepeatsNothingAcrossRestarts", "LosesNothingWhenKilledInABacklog",
		"DeliversOnceFromTwoProcesses", "KeepsParkedEventsOfAKeyInOrderForever", "BringsWhatWasPublishedBeforeItsTime")
}

// TestRoadWithBadConnections cuts all connections to Kafka again and again.
func TestRoadWithBadConnections(t *testing.T) {
	bustest.TestRoad(t, func(t *testing.T) bustest.Road {
		source, subscriber := databases(t)
		addresses := broker(t).ListenAddrs()
		var net cutter
		stop, done := make(chan struct{}), make(chan struct{})
		go func() {
			defer close(done)
			for {
				select {
				case <-stop:
					return
				case <-time.After(100 * time.Millisecond):
					net.cut()
				}
			}
		}()
		t.Cleanup(func() { close(stop); <-done })
		return bustest.Road{Source: source, Subscriber: subscriber, Start: func(end bustest.End, subs ...bus.Subscription) *bustest.Process {
			c := config(end, addresses...)
			c.Dial = net.dial
			return apart(t, c, source, subscriber, end, subs...)
		}}
	}, "DeliversOnceAndInOrderWhateverHappens", "LosesAndRepeatsNothingAcrossRestarts")
}
