package kafka_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"

	"agrovet/internal/platform/bus"
	"agrovet/internal/platform/bus/bustest"
	"agrovet/internal/platform/bus/kafka"
	"agrovet/internal/platform/pg"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"
	"github.com/twmb/franz-go/pkg/kgo"
)

// listener is a process that hosts the subscriber alone, which wants the original's events; what it handled stands in
// the table heard.
type listener struct {
	t    *testing.T
	db   *pg.DB
	road *kafka.Road
	from *kgo.Client // somebody else, who writes to the topic
}

// listen starts a listener. Its handler fails for key "bad" while sick.
func listen(t *testing.T, sick *atomic.Bool) *listener {
	_, db := databases(t)
	addresses := broker(t).ListenAddrs()
	_, err := db.Q(t.Context()).Exec(t.Context(), "create table heard (id bigint generated always as identity, n bigint, key text, trace text)")
	require.NoError(t, err)
	c := config(bustest.InGoodOrder, addresses...)
	c.Metrics = prometheus.NewRegistry()
	l := &listener{t: t, db: db, road: open(t, c)}
	b := bus.New(bustest.Config(bustest.InGoodOrder))
	b.Subscribe(db, bus.Subscription{Name: "test-consumer", Original: true, Routes: []bus.Route{{Kind: bustest.Note{}.Kind(), Handle: func(ctx context.Context, e bus.Event) error {
		if e.Key == "bad" && sick != nil && sick.Load() {
			return errors.New("not yet")
		}
		_, err := db.Q(ctx).Exec(ctx, "insert into heard (n, key, trace) values (coalesce(($1::jsonb->>'n')::bigint, 0), $2, $3)", string(e.Data), e.Key, e.Trace)
		return err
	}}}})
	stops := []func(){bustest.Run(b), run(l.road, b.Inlets())}
	t.Cleanup(func() { stopAll(stops); l.road.Close() })
	require.NoError(t, l.road.Ensure(t.Context(), []string{bustest.Topic}))
	l.from, err = kgo.NewClient(kgo.SeedBrokers(addresses...), kgo.RecordPartitioner(kgo.ManualPartitioner()), kgo.DefaultProduceTopic(bustest.Topic))
	require.NoError(t, err)
	t.Cleanup(l.from.Close)
	return l
}

// write puts a record at the end of the first partition.
func (l *listener) write(key []byte, value string, headers ...kgo.RecordHeader) {
	r := &kgo.Record{Key: key, Value: []byte(value), Headers: headers}
	require.NoError(l.t, l.from.ProduceSync(l.t.Context(), r).FirstErr())
}

// heard are the numbers of the notes in the order in which they were handled.
func (l *listener) heard() (all []int64) {
	rows, err := l.db.Q(context.Background()).Query(context.Background(), "select n from heard order by id")
	require.NoError(l.t, err)
	defer rows.Close()
	for rows.Next() {
		var n int64
		require.NoError(l.t, rows.Scan(&n))
		all = append(all, n)
	}
	return all
}

func note(n string) string {
	return `{"type":"test.noted","timestamp":"2026-01-02T03:04:05.000006Z","data":{"n":` + n + `}}`
}

func TestNothingThatIsNoEventBlocks(t *testing.T) {
	l := listen(t, nil)
	for _, value := range []string{"", "no JSON", "[1]", "null", `{"timestamp":"x"}`, `{"type":7}`,
		`{"type":"test.noted","data":{"n":"\u0000"}}`} {
		l.write([]byte("a"), value)
	}
	l.write([]byte("\xff\x00"), note("1"))
	l.write([]byte("a"), `{"type":"test.whispered","data":{}}`)
	l.write([]byte("a"), `{"type":"test.noted"}`)
	l.write(nil, note("2"))
	eventually(t, "what comes after them is handled", func() bool { return len(l.heard()) == 2 })
	all, err := bus.ListRejected(t.Context(), l.db, bus.Filter{Subscription: "test-consumer"})
	require.NoError(t, err)
	require.Len(t, all, 8)
	require.Equal(t, "test.events/0/1", all[1].Place)
	require.Equal(t, "no JSON", string(all[1].Value))
	require.Contains(t, all[1].Reason, "not the JSON of an event")
	require.Zero(t, rows(t, l.db, "parked"))
}

// TestOriginalsEvents are known as repeats although they have no id, and wait for nobody when they have no key.
func TestOriginalsEvents(t *testing.T) {
	var sick atomic.Bool
	sick.Store(true)
	l := listen(t, &sick)
	l.write(nil, note("1"))
	l.write(nil, note("1"))
	l.write([]byte("bad"), note("2"))
	l.write([]byte("bad"), note("3"))
	l.write([]byte("good"), note("4"), kgo.RecordHeader{Key: "traceparent", Value: []byte("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")})
	eventually(t, "others flow", func() bool { return len(l.heard()) == 2 && rows(t, l.db, "parked") == 2 })
	require.Equal(t, 1, rows(t, l.db, "heard where trace = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'"))
	require.Equal(t, 4, rows(t, l.db, "inbox where event_id < '02000000-0000-0000-0000-000000000000'"), "ids tell the time")
	sick.Store(false)
	eventually(t, "all are handled", func() bool { return len(l.heard()) == 4 && rows(t, l.db, "parked") == 0 })
	require.Equal(t, []int64{1, 4, 2, 3}, l.heard())
}

// TestOriginalsEventsAndOurs share a topic; a subscription is given the ones or the others, also by the process that
// owns the topic.
func TestOriginalsEventsAndOurs(t *testing.T) {
	source, subscriber := databases(t)
	addresses := broker(t).ListenAddrs()
	_, err := subscriber.Q(t.Context()).Exec(t.Context(), "create table heard (sub text, n bigint)")
	require.NoError(t, err)
	hears := func(name string, original bool) bus.Subscription {
		return bus.Subscription{Name: name, Original: original, Routes: []bus.Route{bus.On(func(ctx context.Context, n bustest.Note) error {
			_, err := subscriber.Q(ctx).Exec(ctx, "insert into heard values ($1, $2)", name, n.N)
			return err
		})}}
	}
	c := config(bustest.InGoodOrder, addresses...)
	owner := together(t, c, source, subscriber, bustest.InGoodOrder, hears("here-ours", false), hears("here-theirs", true))
	t.Cleanup(owner.Stop)
	road, b := open(t, c), bus.New(bustest.Config(bustest.InGoodOrder))
	b.Subscribe(subscriber, hears("away-ours", false), hears("away-theirs", true))
	stops := []func(){bustest.Run(b), run(road, b.Inlets())}
	t.Cleanup(func() { stopAll(stops); road.Close() })
	require.NoError(t, road.Ensure(t.Context(), []string{bustest.Topic}))

	from, err := kgo.NewClient(kgo.SeedBrokers(addresses...), kgo.DefaultProduceTopic(bustest.Topic))
	require.NoError(t, err)
	t.Cleanup(from.Close)
	require.NoError(t, from.ProduceSync(t.Context(), &kgo.Record{Key: []byte("a"), Value: []byte(note("1"))}).FirstErr())
	require.NoError(t, source.Tx(t.Context(), func(ctx context.Context) error { return owner.Outbox.Publish(ctx, bustest.Note{N: 2}) }))
	require.NoError(t, from.ProduceSync(t.Context(), &kgo.Record{Key: []byte("a"), Value: []byte(note("3"))}).FirstErr())
	eventually(t, "all is handled", func() bool { return rows(t, subscriber, "heard") == 6 })
	for _, where := range []string{"here", "away"} {
		require.Equal(t, 1, rows(t, subscriber, "heard where n = 2 and sub = '"+where+"-ours'"), where)
		require.Equal(t, 2, rows(t, subscriber, "heard where n <> 2 and sub = '"+where+"-theirs'"), where)
	}
}

func TestTopicsAndLag(t *testing.T) {
	l := listen(t, nil)
	for _, n := range []string{"1", "2", "3"} {
		l.write([]byte("a"), note(n))
	}
	var topics []kafka.Topic
	eventually(t, "the group has committed", func() bool {
		var err error
		topics, err = l.road.Topics(t.Context(), []string{bustest.Topic, "absent.events"})
		require.NoError(t, err)
		lag, there := topics[1].Groups["test-consumer"]
		return there && lag == 0 && len(l.heard()) == 3
	})
	require.Equal(t, kafka.Topic{Name: "absent.events"}, topics[0])
	require.Equal(t, []int{3, 1}, []int{topics[1].Partitions, topics[1].Replication})
	families, err := l.road.Metrics.(*prometheus.Registry).Gather()
	require.NoError(t, err)
	shown := map[string]float64{}
	for _, f := range families {
		m := f.GetMetric()[0]
		shown[f.GetName()] = m.GetGauge().GetValue() + m.GetCounter().GetValue()
	}
	require.Zero(t, shown["agrovet_kafka_lag"])
	require.Contains(t, shown, "agrovet_kafka_lag")
	require.InDelta(t, 3, shown["agrovet_kafka_consumed_total"], 0)
	details, err := l.road.Check(t.Context())
	require.NoError(t, err)
	require.Equal(t, map[string]any{"test-consumer ← test.events": int64(0)}, details["lag"])
	require.NoError(t, l.road.Ensure(t.Context(), []string{bustest.Topic}), "what exists is left alone")
}

// TestTopicsThatWereJustMade asks as `agrovet topics` does: before, makes them, and asks again at once.
func TestTopicsThatWereJustMade(t *testing.T) {
	noLeaks(t)
	road := open(t, config(bustest.InGoodOrder, broker(t).ListenAddrs()...))
	defer road.Close()
	require.NoError(t, road.Ensure(t.Context(), []string{bustest.Topic}))
	topics, err := road.Topics(t.Context(), []string{bustest.Topic})
	require.NoError(t, err)
	require.Equal(t, []kafka.Topic{{Name: bustest.Topic, Partitions: 3, Replication: 1}}, topics)
}

// TestHandsOnWhatItCannotHandle: a consumer that cannot hand over lets others have its partitions.
func TestHandsOnWhatItCannotHandle(t *testing.T) {
	addresses := broker(t).ListenAddrs()
	broken, works := open(t, config(bustest.InGoodOrder, addresses...)), open(t, config(bustest.InGoodOrder, addresses...))
	defer broken.Close()
	defer works.Close()
	require.NoError(t, works.Ensure(t.Context(), []string{bustest.Topic}))
	var refused atomic.Int64
	stop := run(broken, []bus.Inlet{{Subscription: "g", Topics: []string{bustest.Topic}, Sink: sink(func([]bus.Event) error {
		refused.Add(1)
		return errors.New("away")
	})}})
	require.NoError(t, works.Deliver(t.Context(), events(0, 100)))
	eventually(t, "the first refuses again and again", func() bool { return refused.Load() > 2 })
	var seen atomic.Int64
	stopWorks := run(works, []bus.Inlet{{Subscription: "g", Topics: []string{bustest.Topic}, Sink: sink(func(es []bus.Event) error {
		seen.Add(int64(len(es)))
		return nil
	})}})
	defer stopWorks()
	eventually(t, "the second gets partitions", func() bool { return seen.Load() > 0 })
	stop()
	eventually(t, "and then all", func() bool { return seen.Load() >= 100 })
}

type sink func(events []bus.Event) error

func (s sink) Deliver(_ context.Context, events []bus.Event) error { return s(events) }
