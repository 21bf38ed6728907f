package bus_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"agrovet/internal/platform/bus"
	"agrovet/internal/platform/bus/bustest"
	"agrovet/internal/platform/pg"

	"github.com/stretchr/testify/require"
)

// recorder is a sink that writes down what it takes.
type recorder struct {
	mu      sync.Mutex
	events  []bus.Event
	refuses int // how many calls it will refuse
	offers  int
}

func (r *recorder) Deliver(_ context.Context, events []bus.Event) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.offers++
	if r.refuses > 0 {
		r.refuses--
		return errors.New("broker is away")
	}
	r.events = append(r.events, events...)
	return nil
}

func (r *recorder) types() (types []string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, e := range r.events {
		types = append(types, e.Type)
	}
	return types
}

func mirrored(t *testing.T, r *recorder) (*pg.DB, *bus.Outbox) {
	source, _ := databases(t)
	b := bus.New(bustest.Config(bustest.InGoodOrder))
	outbox := b.Source(source, bustest.Topic)
	b.Mirror("mirror", r)
	t.Cleanup(bustest.Run(b))
	return source, outbox
}

func TestMirrorGetsEverythingButInternalEvents(t *testing.T) {
	var r recorder
	source, outbox := mirrored(t, &r)
	publish(t.Context(), t, source, outbox, bustest.Note{}, secret{}, bustest.Whisper{})
	eventually(t, "both arrive", func() bool { return len(r.types()) == 2 })
	require.Equal(t, []string{"test.noted", "test.whispered"}, r.types())
}

func TestFeedInsistsUntilTheSinkTakes(t *testing.T) {
	r := recorder{refuses: 3}
	source, outbox := mirrored(t, &r)
	publish(t.Context(), t, source, outbox, bustest.Note{}, bustest.Whisper{})
	eventually(t, "they arrive", func() bool { return len(r.types()) == 2 })
	require.Equal(t, 4, r.offers)
}

func TestFeedSurvivesTheLossOfItsLeadership(t *testing.T) {
	var r recorder
	source, outbox := mirrored(t, &r)
	publish(t.Context(), t, source, outbox, bustest.Note{})
	eventually(t, "it arrives", func() bool { return len(r.types()) == 1 })
	exec(t, source, `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and objsubid = 2
		and database = (select oid from pg_database where datname = current_database())`)
	publish(t.Context(), t, source, outbox, bustest.Whisper{})
	eventually(t, "the next one arrives", func() bool {
		types := r.types()
		return types[len(types)-1] == "test.whispered"
	})
}

// A position that never fills holds the durable cursor only until every transaction that could
// have filled it has ended, and nothing else at any time.
func TestFeedPassesAHugeGapOnceItIsFinal(t *testing.T) {
	var r recorder
	source, outbox := mirrored(t, &r)
	publish(t.Context(), t, source, outbox, bustest.Note{})
	eventually(t, "the cursor follows", func() bool { return cursor(t, source) == 1 })

	running, end := make(chan struct{}), make(chan struct{})
	done := make(chan error)
	go func() {
		done <- source.Tx(context.Background(), func(ctx context.Context) error {
			if _, err := source.Q(ctx).Exec(ctx, "select pg_current_xact_id()"); err != nil {
				return err
			}
			close(running)
			<-end
			return nil
		})
	}()
	<-running
	exec(t, source, "select setval(pg_get_serial_sequence('outbox', 'position'), 1000001)")
	publish(t.Context(), t, source, outbox, bustest.Note{})
	eventually(t, "the event behind the gap arrives", func() bool { return len(r.types()) == 2 })
	for range 3 {
		publish(t.Context(), t, source, outbox, bustest.Note{})
	}
	eventually(t, "so do the next ones", func() bool { return len(r.types()) == 5 })
	require.Equal(t, 1, cursor(t, source), "the gap could still fill")
	close(end)
	require.NoError(t, <-done)
	eventually(t, "the cursor passes the gap", func() bool { return cursor(t, source) == 1_000_005 })
}

func cursor(t *testing.T, db *pg.DB) (position int) {
	require.NoError(t, db.Q(t.Context()).QueryRow(t.Context(),
		"select coalesce(max(position), 0) from outbox_cursor").Scan(&position))
	return position
}

// The transaction that holds a lower position is younger than the one whose commit shows the gap.
func TestFeedWaitsForAYoungerTransaction(t *testing.T) {
	var r recorder
	source, outbox := mirrored(t, &r)
	publish(t.Context(), t, source, outbox, bustest.Note{})
	eventually(t, "it arrives", func() bool { return len(r.types()) == 1 })

	older, youngerWrote, done := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	go func() {
		<-older
		done <- source.Tx(context.Background(), func(ctx context.Context) error {
			if err := outbox.Publish(ctx, bustest.Whisper{Note: bustest.Note{K: "late"}}); err != nil {
				return err
			}
			afterWrite(ctx, source, func() error {
				close(youngerWrote)
				for len(r.types()) < 2 { // it stays open until the other was delivered
					time.Sleep(time.Millisecond)
				}
				return nil
			})
			return nil
		})
	}()
	require.NoError(t, source.Tx(t.Context(), func(ctx context.Context) error {
		if _, err := source.Q(ctx).Exec(ctx, "select pg_current_xact_id()"); err != nil {
			return err
		}
		close(older)
		<-youngerWrote
		return outbox.Publish(ctx, bustest.Note{K: "early"})
	}))
	require.NoError(t, <-done)
	eventually(t, "the late one arrives", func() bool { return len(r.types()) == 3 })
	require.Equal(t, []string{"test.noted", "test.noted", "test.whispered"}, r.types())
}

func TestFeedIsWokenByACommitOfItsProcess(t *testing.T) {
	var r recorder
	source, _ := databases(t)
	b := bus.New(bus.Config{Poll: time.Hour})
	outbox := b.Source(source, bustest.Topic)
	b.Mirror("mirror", &r)
	defer bustest.Run(b)()
	for n := 1; n <= 3; n++ {
		publish(t.Context(), t, source, outbox, bustest.Note{})
		eventually(t, "it arrives", func() bool { return len(r.types()) == n })
	}
}
