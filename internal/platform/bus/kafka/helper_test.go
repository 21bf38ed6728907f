package kafka_test

import (
	"context"
	"log/slog"
	"net"
	"sync"
	"testing"
	"time"

	"agrovet/internal/platform/bus"
	"agrovet/internal/platform/bus/bustest"
	"agrovet/internal/platform/bus/kafka"
	"agrovet/internal/platform/bus/kafka/standin"
	"agrovet/internal/platform/pg"
	"agrovet/internal/platform/pgtest"

	"github.com/stretchr/testify/require"
	"github.com/twmb/franz-go/pkg/kfake"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// broker starts a stand-in for Kafka, which ends with the test.
func broker(t testing.TB, options ...kfake.Opt) *kfake.Cluster {
	c := startBroker(t, options...)
	t.Cleanup(c.Close)
	return c
}

func startBroker(t testing.TB, options ...kfake.Opt) *kfake.Cluster {
	c, err := standin.New(append([]kfake.Opt{kfake.GroupMinSessionTimeout(100 * time.Millisecond)}, options...)...)
	require.NoError(t, err)
	return c
}

// noLeaks fails the test when goroutines that it started outlive it.
func noLeaks(t testing.TB) {
	before := goleak.IgnoreCurrent()
	t.Cleanup(func() { goleak.VerifyNone(t, before) })
}

// databases are those of a source and of a subscriber. At the end no goroutine may be left.
func databases(t testing.TB) (source, subscriber *pg.DB) {
	dsn := pgtest.Database(t)
	noLeaks(t)
	return pgtest.SchemaIn(t, dsn, "source"), pgtest.SchemaIn(t, dsn, "subscriber")
}

// config is the product's, with pauses that fit a test.
func config(end bustest.End, brokers ...string) kafka.Config {
	c := kafka.Config{Brokers: brokers, CreateTopics: true, Session: 250 * time.Millisecond, Log: slog.New(slog.DiscardHandler)}
	if end == bustest.Killed {
		c.Grace = time.Nanosecond
	}
	return c
}

func open(t testing.TB, c kafka.Config) *kafka.Road {
	r, err := kafka.New(c)
	require.NoError(t, err)
	return r
}

// apart is a process for the source and another for the subscriber, which live and end together.
func apart(t testing.TB, c kafka.Config, source, subscriber *pg.DB, end bustest.End, subs ...bus.Subscription) *bustest.Process {
	road := open(t, c)
	from, to := bus.New(bustest.Config(end)), bus.New(bustest.Config(end))
	outbox := from.Source(source, bustest.Topic)
	from.Mirror("kafka", road)
	to.Subscribe(subscriber, subs...)
	stops := []func(){bustest.Run(from), bustest.Run(to), run(road, to.Inlets())}
	return &bustest.Process{Outbox: outbox, Stop: sync.OnceFunc(func() { stopAll(stops); road.Close() })}
}

// together is one process for both, which tells Kafka as well.
func together(t testing.TB, c kafka.Config, source, subscriber *pg.DB, end bustest.End, subs ...bus.Subscription) *bustest.Process {
	road, b := open(t, c), bus.New(bustest.Config(end))
	outbox := b.Source(source, bustest.Topic)
	b.Mirror("kafka", road)
	b.Subscribe(subscriber, subs...)
	stops := []func(){bustest.Run(b), run(road, b.Inlets())}
	return &bustest.Process{Outbox: outbox, Stop: sync.OnceFunc(func() { stopAll(stops); road.Close() })}
}

func stopAll(stops []func()) {
	var all sync.WaitGroup
	for _, stop := range stops {
		all.Go(stop)
	}
	all.Wait()
}

// run runs the road until the returned function is called.
func run(r *kafka.Road, inlets []bus.Inlet) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = r.Run(ctx, inlets, []string{bustest.Topic})
	}()
	return func() { cancel(); <-done }
}

// cutter makes connections that it can cut.
type cutter struct {
	mu    sync.Mutex
	conns []net.Conn
}

func (c *cutter) dial(ctx context.Context, network, address string) (net.Conn, error) {
	conn, err := new(net.Dialer).DialContext(ctx, network, address)
	if err == nil {
		c.mu.Lock()
		c.conns = append(c.conns, conn)
		c.mu.Unlock()
	}
	return conn, err
}

func (c *cutter) cut() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, conn := range c.conns {
		_ = conn.Close()
	}
	c.conns = nil
}

func rows(t testing.TB, db *pg.DB, table string) (n int) {
	t.Helper()
	require.NoError(t, db.Q(context.Background()).QueryRow(context.Background(), "select count(*) from "+table).Scan(&n))
	return n
}

// eventually waits for a condition. The time is for a machine that is far too busy.
func eventually(t testing.TB, what string, is func() bool) {
	t.Helper()
	require.Eventually(t, is, time.Minute, 5*time.Millisecond, what)
}
