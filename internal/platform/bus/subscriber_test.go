package bus_test

import (
	"context"
	"sync/atomic"
	"testing"

	"agrovet/internal/platform/bus"
	"agrovet/internal/platform/bus/bustest"

	"github.com/stretchr/testify/require"
)

func TestNothingIsParkedWhenTheDatabaseGoesAway(t *testing.T) {
	source, subscriber := databases(t)
	exec(t, subscriber, "create table effect (n bigint)")
	b := bus.New(bustest.Config(bustest.InGoodOrder))
	outbox := b.Source(source, bustest.Topic)
	var tries atomic.Int32
	b.Subscribe(subscriber, bus.Subscription{Name: "s", Routes: []bus.Route{
		bus.On(func(ctx context.Context, n bustest.Note) error {
			if _, err := subscriber.Q(ctx).Exec(ctx, "insert into effect values ($1)", n.N); err != nil {
				return err
			}
			if tries.Add(1) > 3 {
				return nil
			}
			_, err := subscriber.Q(ctx).Exec(ctx, "select pg_terminate_backend(pg_backend_pid())")
			return err
		})}})
	exec(t, subscriber, `create table parked_ever (id bigint);
		create function note_parked() returns trigger language plpgsql as
			$$ begin insert into parked_ever values (new.id); return new; end $$;
		create trigger note_parked before insert on parked for each row execute function note_parked()`)
	defer bustest.Run(b)()
	publish(t.Context(), t, source, outbox, bustest.Note{N: 1})
	eventually(t, "the effect is there", func() bool { return rows(t, subscriber, "effect") == 1 })
	require.EqualValues(t, 4, tries.Load())
	require.Zero(t, rows(t, subscriber, "parked_ever"))
}

func TestAHandlerThatHidesARefusalIsParked(t *testing.T) {
	source, subscriber := databases(t)
	b := bus.New(bustest.Config(bustest.InGoodOrder))
	outbox := b.Source(source, bustest.Topic)
	b.Subscribe(subscriber, bus.Subscription{Name: "s", Routes: []bus.Route{
		bus.On(func(ctx context.Context, _ bustest.Note) error {
			_, _ = subscriber.Q(ctx).Exec(ctx, "select 1/0")
			return nil
		})}})
	defer bustest.Run(b)()
	publish(t.Context(), t, source, outbox, bustest.Note{})
	eventually(t, "it is parked", func() bool { return rows(t, subscriber, "parked") == 1 })
}

func TestKeysOfDifferentTopicsDoNotHoldEachOtherBack(t *testing.T) {
	source, subscriber := databases(t)
	b := bus.New(bustest.Config(bustest.InGoodOrder))
	outbox := b.Source(source, bustest.Topic, "foreign.events")
	got := make(chan string, 1)
	b.Subscribe(subscriber, bus.Subscription{Name: "s", Routes: []bus.Route{
		bus.On(func(context.Context, bustest.Note) error { panic("never") }),
		bus.On(func(_ context.Context, f foreign) error { got <- f.K; return nil }),
	}})
	defer bustest.Run(b)()
	publish(t.Context(), t, source, outbox, bustest.Note{K: "5"})
	eventually(t, "it is parked", func() bool { return rows(t, subscriber, "parked") == 1 })
	publish(t.Context(), t, source, outbox, foreign{bustest.Note{K: "5"}})
	require.Equal(t, "5", <-got)
	require.Equal(t, 1, rows(t, subscriber, "parked"))
}

func TestASinkTakesWhatAnotherRoadBringsAgain(t *testing.T) {
	source, subscriber := databases(t)
	exec(t, subscriber, "create table effect (n bigint)")
	here, there := bus.New(bustest.Config(bustest.InGoodOrder)), bus.New(bustest.Config(bustest.InGoodOrder))
	sub := bus.Subscription{Name: "s", Routes: []bus.Route{bus.On(func(ctx context.Context, n bustest.Note) error {
		_, err := subscriber.Q(ctx).Exec(ctx, "insert into effect values ($1)", n.N)
		return err
	})}}
	var r recorder
	outbox := here.Source(source, bustest.Topic)
	here.Subscribe(subscriber, sub)
	here.Mirror("mirror", &r)
	there.Subscribe(subscriber, sub)
	require.Empty(t, here.Inlets(), "its topics are hosted")
	inlets := there.Inlets()
	require.Len(t, inlets, 1)
	require.Equal(t, []string{bustest.Topic}, inlets[0].Topics)

	defer bustest.Run(here)()
	publish(t.Context(), t, source, outbox, bustest.Note{N: 1}, bustest.Note{N: 2})
	eventually(t, "they arrive", func() bool { return len(r.types()) == 2 && rows(t, subscriber, "effect") == 2 })
	twice := append(r.events, r.events...)
	require.NoError(t, inlets[0].Sink.Deliver(t.Context(), twice))
	require.Equal(t, 2, rows(t, subscriber, "effect"))
}

func TestMistakesInTheProgramPanic(t *testing.T) {
	source, subscriber := databases(t)
	b := bus.New(bus.Config{})
	b.Source(source, "a", "b")
	b.Subscribe(subscriber, bus.Subscription{Name: "s"})
	require.Panics(t, func() { b.Source(subscriber, "b") })
	require.Panics(t, func() { b.Subscribe(source, bus.Subscription{Name: "s"}) })
	require.Panics(t, func() { b.Mirror("s", &recorder{}) })
	require.Panics(t, func() { b.Mirror("", &recorder{}) })
}
