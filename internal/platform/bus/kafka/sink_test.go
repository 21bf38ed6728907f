package kafka_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"strconv"
	"testing"
	"time"

	"agrovet/internal/platform/bus"
	"agrovet/internal/platform/bus/bustest"
	"agrovet/internal/platform/bus/kafka"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"github.com/twmb/franz-go/pkg/kfake"
	"github.com/twmb/franz-go/pkg/kgo"
)

// event is a note of a key.
func event(n int, key string) bus.Event {
	id, _ := uuid.NewV7()
	return bus.Event{ID: id, Topic: bustest.Topic, Type: "test.noted", Key: key, OccurredAt: time.Now(),
		Data: json.RawMessage(fmt.Sprintf(`{"n":%d,"k":%q}`, n, key))}
}

func events(from, to int) (all []bus.Event) {
	for n := from; n < to; n++ {
		all = append(all, event(n, strconv.Itoa(n%5)))
	}
	return all
}

// stored are the records of the topic, by key in the order of their partition.
func stored(t *testing.T, addresses []string, atLeast int) map[string][]*kgo.Record {
	cl, err := kgo.NewClient(kgo.SeedBrokers(addresses...), kgo.ConsumeTopics(bustest.Topic), kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()))
	require.NoError(t, err)
	defer cl.Close()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	all := map[string][]*kgo.Record{}
	for n := 0; n < atLeast; {
		fetches := cl.PollFetches(ctx)
		require.NoError(t, fetches.Err0())
		fetches.EachRecord(func(r *kgo.Record) { n++; all[string(r.Key)] = append(all[string(r.Key)], r) })
	}
	return all
}

func TestRecordIsTheContracts(t *testing.T) {
	noLeaks(t)
	addresses := broker(t).ListenAddrs()
	road := open(t, config(bustest.InGoodOrder, addresses...))
	defer road.Close()
	require.NoError(t, road.Ensure(t.Context(), []string{bustest.Topic}))
	e := bus.Event{
		ID: uuid.MustParse("01890a5d-ac96-774b-bcce-b302099a8057"), Topic: bustest.Topic, Type: "test.noted", Key: "7",
		Data: json.RawMessage(`{"n": 1, "k": "7"}`), OccurredAt: time.Date(2026, 3, 1, 9, 0, 0, 120_000, time.FixedZone("", -4*3600)),
		Trace: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
	}
	require.NoError(t, road.Deliver(t.Context(), []bus.Event{e}))
	r := stored(t, addresses, 1)["7"][0]
	require.Equal(t, `{"id":"01890a5d-ac96-774b-bcce-b302099a8057","version":1,"type":"test.noted",`+
		`"timestamp":"2026-03-01T13:00:00.000120Z","data":{"n":1,"k":"7"}}`, string(r.Value))
	headers := map[string]string{}
	for _, h := range r.Headers {
		headers[h.Key] = string(h.Value)
	}
	require.Equal(t, map[string]string{
		"ce_specversion": "1.0", "ce_id": "01890a5d-ac96-774b-bcce-b302099a8057", "ce_type": "test.noted",
		"ce_source": "/agrovet/test.events", "ce_time": "2026-03-01T13:00:00.00012Z", "content-type": "application/json",
		"traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
	}, headers)
}

func TestEventsWithoutKeyStayInOrder(t *testing.T) {
	noLeaks(t)
	addresses := broker(t).ListenAddrs()
	road := open(t, config(bustest.InGoodOrder, addresses...))
	defer road.Close()
	require.NoError(t, road.Ensure(t.Context(), []string{bustest.Topic}))
	for n := range 50 {
		require.NoError(t, road.Deliver(t.Context(), []bus.Event{event(n, "")}))
	}
	all := stored(t, addresses, 50)[""]
	for _, r := range all {
		require.Equal(t, all[0].Partition, r.Partition)
	}
}

// TestKeepsOrderWhateverIsWrittenAgain cuts connections and gives up waiting in the middle, as a process that
// is ending does, and delivers the same again.
func TestKeepsOrderWhateverIsWrittenAgain(t *testing.T) {
	noLeaks(t)
	addresses := broker(t).ListenAddrs()
	var conns cutter
	c := config(bustest.InGoodOrder, addresses...)
	c.Dial = conns.dial
	road := open(t, c)
	defer road.Close()
	require.NoError(t, road.Ensure(t.Context(), []string{bustest.Topic}))
	tries := 0
	for from := 0; from < 1000; from += 100 {
		batch, given := events(from, from+100), false
		for try := 0; !given; try++ {
			patience := time.Minute
			if try < 5 {
				patience = 500 * time.Microsecond << (from / 100)
				time.AfterFunc(patience/2, conns.cut)
			}
			ctx, cancel := context.WithTimeout(t.Context(), patience)
			given = road.Deliver(ctx, batch) == nil
			cancel()
			tries++
		}
	}
	require.Greater(t, tries, 10, "nothing was interrupted")
	for key, records := range stored(t, addresses, 1000) {
		require.GreaterOrEqual(t, len(records), 200)
		seen, next := map[int64]bool{}, int64(0)
		for _, r := range records {
			var e struct{ Data bustest.Note }
			require.NoError(t, json.Unmarshal(r.Value, &e))
			if seen[e.Data.N] {
				continue
			}
			if next == 0 {
				next = e.Data.N
			}
			require.Equal(t, next, e.Data.N, "key %s: an event was overtaken", key)
			seen[e.Data.N], next = true, next+5
		}
	}
}

func TestDeliverWaitsForABrokerThatIsAway(t *testing.T) {
	noLeaks(t)
	dir := t.TempDir()
	first := startBroker(t, kfake.DataDir(dir))
	addresses := first.ListenAddrs()
	road := open(t, config(bustest.InGoodOrder, addresses...))
	defer road.Close()
	require.NoError(t, road.Ensure(t.Context(), []string{bustest.Topic}))
	require.NoError(t, road.Deliver(t.Context(), events(0, 10)))
	first.Close()

	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	require.ErrorIs(t, road.Deliver(ctx, events(100, 110)), context.DeadlineExceeded)
	_, err := road.Check(ctx)
	require.Error(t, err)

	delivered := make(chan error)
	go func() {
		ctx := context.WithoutCancel(t.Context())
		err := road.Deliver(ctx, events(10, 20))
		if errors.Is(err, context.DeadlineExceeded) { // they were in a batch with those that were given up; feeds deliver again, too
			err = road.Deliver(ctx, events(10, 20))
		}
		delivered <- err
	}()
	second := startBroker(t, kfake.DataDir(dir), kfake.Ports(port(t, addresses[0])))
	defer second.Close()
	require.NoError(t, <-delivered)
	require.Eventually(t, func() bool { // a connection to the first may be found closed
		details, err := road.Check(t.Context())
		return err == nil && details["brokers"] == 1
	}, 30*time.Second, 10*time.Millisecond)
	n := 0
	for _, records := range stored(t, addresses, 20) {
		n += len(records)
	}
	require.GreaterOrEqual(t, n, 20)
}

func TestDeliverTellsOfATopicThatIsMissing(t *testing.T) {
	noLeaks(t)
	road := open(t, config(bustest.InGoodOrder, broker(t).ListenAddrs()...))
	defer road.Close()
	require.Error(t, road.Deliver(t.Context(), events(0, 3)))
	require.NoError(t, road.Ensure(t.Context(), []string{bustest.Topic}))
	require.Eventually(t, func() bool { return road.Deliver(t.Context(), events(0, 3)) == nil }, time.Minute, 10*time.Millisecond)
}

func TestSignsIn(t *testing.T) {
	noLeaks(t)
	addresses := broker(t, kfake.EnableSASL(), kfake.Superuser("PLAIN", "agrovet", "a"), kfake.Superuser("SCRAM-SHA-256", "agrovet", "b"),
		kfake.Superuser("SCRAM-SHA-512", "agrovet", "c")).ListenAddrs()
	for mechanism, password := range map[string]string{"plain": "a", "scram-sha-256": "b", "scram-sha-512": "c"} {
		c := config(bustest.InGoodOrder, addresses...)
		c.User, c.Password, c.Mechanism = "agrovet", password, mechanism
		road := open(t, c)
		_, err := road.Check(t.Context())
		require.NoError(t, err, mechanism)
		road.Close()
		c.Password = "wrong"
		road = open(t, c)
		_, err = road.Check(t.Context())
		require.Error(t, err, mechanism)
		road.Close()
	}
	_, err := kafka.New(kafka.Config{Brokers: addresses, User: "agrovet", Mechanism: "magic"})
	require.Error(t, err)
}

func TestPublishRefusesWhatNoRoadCanCarry(t *testing.T) {
	source, _ := databases(t)
	outbox := bus.New(bustest.Config(bustest.InGoodOrder)).Source(source, bustest.Topic)
	publish := func(size int) error {
		return source.Tx(t.Context(), func(ctx context.Context) error {
			return outbox.Publish(ctx, bustest.Note{N: 1, K: string(make([]byte, size))})
		})
	}
	require.ErrorIs(t, publish(bus.MaxEvent), bus.ErrTooLarge)
	require.Zero(t, rows(t, source, "outbox"))
	require.ErrorIs(t, publish(bus.MaxEvent/2), bus.ErrTooLarge, "the key counts as well")
}

func port(t *testing.T, address string) int {
	_, text, err := net.SplitHostPort(address)
	require.NoError(t, err)
	n, err := strconv.Atoi(text)
	require.NoError(t, err)
	return n
}
