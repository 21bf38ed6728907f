package kafka_test

import (
	"sync/atomic"
	"testing"
	"time"

	"agrovet/internal/platform/bus"
	"agrovet/internal/platform/bus/bustest"

	"github.com/twmb/franz-go/pkg/kfake"
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
	}, "DeliversOnceAndInOrderWhateverHappens", "LosesAndRepeatsNothingAcrossRestarts", "DeliversOnceFromTwoProcesses",
		"KeepsParkedEventsOfAKeyInOrderForever")
}

// TestRoadWithBadConnections cuts all connections to Kafka again and again.
func TestRoadWithBadConnections(t *testing.T) {
	bustest.TestRoad(t, func(t *testing.T) bustest.Road {
		source, subscriber := databases(t)
		addresses := broker(t).ListenAddrs()
		var net cutter
		everyNow(t, 100*time.Millisecond, net.cut)
		return bustest.Road{Source: source, Subscriber: subscriber, Start: func(end bustest.End, subs ...bus.Subscription) *bustest.Process {
			c := config(end, addresses...)
			c.Dial = net.dial
			return apart(t, c, source, subscriber, end, subs...)
		}}
	}, "LosesAndRepeatsNothingAcrossRestarts")
}

// TestRoadWithABrokerThatRestarts stops Kafka for a while, again and again.
func TestRoadWithABrokerThatRestarts(t *testing.T) {
	bustest.TestRoad(t, func(t *testing.T) bustest.Road {
		source, subscriber := databases(t)
		dir := t.TempDir()
		cluster := startBroker(t, kfake.DataDir(dir))
		addresses := cluster.ListenAddrs()
		t.Cleanup(func() { cluster.Close() })
		everyNow(t, time.Second, func() {
			cluster.Close()
			time.Sleep(200 * time.Millisecond)
			cluster = startBroker(t, kfake.DataDir(dir), kfake.Ports(port(t, addresses[0])))
		})
		return bustest.Road{Source: source, Subscriber: subscriber, Start: func(end bustest.End, subs ...bus.Subscription) *bustest.Process {
			return apart(t, config(end, addresses...), source, subscriber, end, subs...)
		}}
	}, "LosesAndRepeatsNothingAcrossRestarts")
}

// everyNow does something again and again until the test ends, ever less often, so that a slow machine gets
// on as well.
func everyNow(t *testing.T, pause time.Duration, do func()) {
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for {
			select {
			case <-stop:
				return
			case <-time.After(pause):
				do()
				pause += pause / 4
			}
		}
	}()
	t.Cleanup(func() { close(stop); <-done })
}
