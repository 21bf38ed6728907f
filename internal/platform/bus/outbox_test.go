package bus_test

import (
	"context"
	"fmt"
	"testing"

	"agrovet/internal/platform/bus"
	"agrovet/internal/platform/bus/bustest"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/otel/trace"
)

type foreign struct{ bustest.Note }

func (foreign) Kind() bus.Kind { return bus.Kind{Topic: "foreign.events", Type: "foreign.noted"} }

type secret struct{ bustest.Note }

func (secret) Kind() bus.Kind {
	return bus.Kind{Topic: bustest.Topic, Type: "test.secret", Internal: true}
}

type unspeakable struct{ bustest.Note }

func (unspeakable) MarshalJSON() ([]byte, error) { return nil, fmt.Errorf("cannot be said") }

func TestPublishRefuses(t *testing.T) {
	source, _ := databases(t)
	outbox := bus.New(bus.Config{}).Source(source, bustest.Topic)
	ctx := t.Context()
	require.ErrorIs(t, outbox.Publish(ctx, bustest.Note{}), bus.ErrNoTransaction)
	for _, p := range []bus.Payload{foreign{}, unspeakable{}} {
		require.Error(t, source.Tx(ctx, func(ctx context.Context) error { return outbox.Publish(ctx, bustest.Note{}, p) }))
	}
	require.Zero(t, rows(t, source, "outbox"))
}

func TestPublishKeepsTheTraceOfItsCause(t *testing.T) {
	source, subscriber := databases(t)
	b := bus.New(bustest.Config(bustest.InGoodOrder))
	outbox := b.Source(source, bustest.Topic)
	seen := make(chan trace.SpanContext, 1)
	b.Subscribe(subscriber, bus.Subscription{Name: "s", Routes: []bus.Route{
		bus.On(func(ctx context.Context, _ bustest.Note) error {
			seen <- trace.SpanContextFromContext(ctx)
			return nil
		})}})
	defer bustest.Run(b)()
	cause := trace.NewSpanContext(trace.SpanContextConfig{TraceID: trace.TraceID{1}, SpanID: trace.SpanID{2}})
	ctx := trace.ContextWithSpanContext(t.Context(), cause)
	publish(ctx, t, source, outbox, bustest.Note{})
	require.Equal(t, cause.TraceID(), (<-seen).TraceID())
}

func TestPublishOfVeryManyKeysFitsTheLockTable(t *testing.T) {
	source, _ := databases(t)
	outbox := bus.New(bus.Config{}).Source(source, bustest.Topic)
	notes := make([]bus.Payload, 50_000)
	for i := range notes {
		notes[i] = bustest.Note{N: int64(i), K: fmt.Sprint(i)}
	}
	publish(t.Context(), t, source, outbox, notes...)
	var inOrder bool
	require.NoError(t, source.Q(t.Context()).QueryRow(t.Context(), `select bool_and(n = rank - 1) from
		(select (data->>'n')::int as n, row_number() over (order by position) as rank from outbox) o`).Scan(&inOrder))
	require.True(t, inOrder, "positions follow the order of the calls")
}

// Two transactions that write the same keys in opposite orders do not deadlock: a retry, which pg.DB
// makes when they do, would run the function twice.
func TestPublishLocksKeysInOneOrder(t *testing.T) {
	source, _ := databases(t)
	outbox := bus.New(bus.Config{}).Source(source, bustest.Topic)
	runs := make(chan struct{}, 1000)
	done := make(chan error, 2)
	for _, keys := range [][]string{{"a", "b", "c"}, {"c", "b", "a"}} {
		go func() {
			var err error
			for range 100 {
				err = source.Tx(t.Context(), func(ctx context.Context) error {
					runs <- struct{}{}
					for _, k := range keys { // each in a savepoint, as modules do below the HTTP layer
						err := source.Tx(ctx, func(ctx context.Context) error { return outbox.Publish(ctx, bustest.Note{K: k}) })
						if err != nil {
							return err
						}
					}
					return nil
				})
				if err != nil {
					break
				}
			}
			done <- err
		}()
	}
	require.NoError(t, <-done)
	require.NoError(t, <-done)
	require.Len(t, runs, 200)
}

func TestPublishInAHookIsNotLost(t *testing.T) {
	source, _ := databases(t)
	outbox := bus.New(bus.Config{}).Source(source, bustest.Topic)
	require.NoError(t, source.Tx(t.Context(), func(ctx context.Context) error {
		source.BeforeCommit(ctx, func(ctx context.Context) error {
			source.BeforeCommit(ctx, func(ctx context.Context) error { return outbox.Publish(ctx, bustest.Note{}) })
			return nil
		})
		return outbox.Publish(ctx, bustest.Note{})
	}))
	require.Equal(t, 2, rows(t, source, "outbox"))
}

// Positions of one key are given out in the order of commit: whoever writes second waits for the
// first to commit.
func TestPublishOfAKeyWaitsForTheCommitBefore(t *testing.T) {
	source, _ := databases(t)
	outbox := bus.New(bus.Config{}).Source(source, bustest.Topic)
	written, release, done := make(chan struct{}), make(chan struct{}), make(chan error, 2)
	go func() {
		done <- source.Tx(context.Background(), func(ctx context.Context) error {
			err := outbox.Publish(ctx, bustest.Note{N: 1, K: "k"})
			afterWrite(ctx, source, func() error { close(written); <-release; return nil })
			return err
		})
	}()
	<-written
	go func() {
		done <- source.Tx(context.Background(), func(ctx context.Context) error {
			return outbox.Publish(ctx, bustest.Note{N: 2, K: "k"})
		})
	}()
	eventually(t, "the second waits, or has not", func() bool {
		return len(done) > 0 || rows(t, source, "pg_locks where locktype = 'advisory' and not granted") == 1
	})
	overtaken := len(done) > 0
	close(release)
	require.NoError(t, <-done)
	require.NoError(t, <-done)
	require.False(t, overtaken)
}
