package bus

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"agrovet/internal/platform/sched/leader"
)

// Sink is a destination of events: a subscriber's database, or another road such as Kafka.
//
// Deliver is called by one goroutine at a time with events in order, and again with the same events
// when it returned an error. Returning nil takes over the responsibility for all of them. A sink
// sees events again after a crash, and must neither lose nor reorder those of one key.
type Sink interface {
	Deliver(ctx context.Context, events []Event) error
}

// feed carries the events of one source to one destination. Of all processes that run the same
// feed, the one that leads does so.
type feed struct {
	*settings
	source      *Outbox
	destination string
	sink        Sink
	wants       func(Event) bool
	wake        <-chan struct{} // nudged after commits of this process
	gathers     bool            // lets events come together after the first that woke it
}

// A mirror lets events come together, the longer the more of them there are: what a batch costs the source, the
// broker and this process hardly grows with the events in it, and writers who need all of the machine are to have it.
const (
	gatherMin   = time.Millisecond
	gatherEvent = 250 * time.Microsecond // for each of the last batch
	gatherMax   = 20 * time.Millisecond
)

func together(last int) time.Duration {
	return min(gatherMin+time.Duration(last)*gatherEvent, gatherMax)
}

// Waiting times of feeds.
const (
	gapPollMin   = 5 * time.Millisecond   // for a position that has not become visible yet
	gapPollMax   = 100 * time.Millisecond // after doubling
	awayMin      = 100 * time.Millisecond // for a database or broker that is away
	awayMax      = 10 * time.Second       // after doubling
	leaderPause  = time.Second            // after leadership was lost
	leaderAsking = time.Second            // between tries to win it
)

// run leads whenever it may, until ctx ends. What is in hand then is finished in work, which ends
// a little later.
func (f *feed) run(ctx, work context.Context) {
	f.wake = f.source.listen(f.wants)
	for {
		lease, err := leader.Campaign(ctx, f.source.db, "bus feed "+f.destination, leaderAsking)
		if err != nil {
			return
		}
		err = f.lead(ctx, work, lease)
		lease.Release()
		if ctx.Err() != nil {
			return
		}
		f.log.Warn("feed stopped, starting again", f.attrs("error", err)...)
		sleep(ctx, leaderPause, nil)
	}
}

// lead reads and delivers until ctx ends, or until the source or leadership is lost.
func (f *feed) lead(ctx, work context.Context, lease *leader.Lease) error {
	t, err := openTail(work, lease.Conn(), f.destination, f.batch)
	if err != nil {
		return fmt.Errorf("open outbox: %w", err)
	}
	delivered, pause := t.saved, gapPollMin
	p, err := t.next(work, delivered)
	for err == nil && ctx.Err() == nil {
		var following page
		if following, err = f.carry(ctx, work, t, p, delivered); err != nil {
			break
		}
		delivered = p.cursor
		if p.full {
			p = following
			continue
		}
		pause = f.rest(ctx, t, pause, p)
		p, err = t.next(work, delivered)
	}
	if err != nil {
		return err
	}
	return t.save(work, delivered)
}

// rest waits for news after p, and lets some come together. While positions are missing it looks again soon, and
// ever less soon.
func (f *feed) rest(ctx context.Context, t *tail, pause time.Duration, p page) time.Duration {
	wait, next := f.poll, gapPollMin
	if len(t.gaps) > 0 {
		if len(p.events) > 0 {
			pause = gapPollMin
		}
		wait, next = pause, min(2*pause, gapPollMax)
	}
	if t.owes(p.cursor) {
		wait = min(wait, saveEvery)
	}
	sleep(ctx, wait, f.wake)
	if f.gathers {
		sleep(ctx, together(len(p.events)), nil)
	}
	return next
}

// carry delivers p. When there is more to read, it reads the following page meanwhile.
func (f *feed) carry(ctx, work context.Context, t *tail, p page, delivered int64) (following page, err error) {
	wait := t.ahead(work, p, delivered)
	wanted := filter(p.events, f.wants)
	var refused error
	if len(wanted) > 0 {
		refused = f.sink.Deliver(work, wanted)
	}
	following, err = wait()
	if refused != nil && err == nil {
		err = f.insist(ctx, work, t, wanted, refused)
	}
	return following, err
}

// insist hands over what the destination has refused, again and again until it takes it.
func (f *feed) insist(ctx, work context.Context, t *tail, events []Event, refused error) error {
	for pause := awayMin; refused != nil; pause = min(2*pause, awayMax) {
		if ctx.Err() == nil {
			f.log.Warn("destination does not take events, trying again", f.attrs("error", refused, "pause", pause)...)
			sleep(ctx, pause, nil)
		}
		if ctx.Err() != nil {
			return fmt.Errorf("deliver: %w", refused)
		}
		if err := t.touch(work); err != nil {
			return fmt.Errorf("keep outbox: %w", err)
		}
		refused = f.sink.Deliver(work, events)
	}
	return nil
}

func (f *feed) attrs(more ...any) []any {
	return append([]any{slog.String("source", f.source.db.Schema), slog.String("destination", f.destination)}, more...)
}

func filter(events []Event, wants func(Event) bool) (wanted []Event) {
	for _, e := range events {
		if wants(e) {
			wanted = append(wanted, e)
		}
	}
	return wanted
}

// sleep waits for d, for wake or for the end of ctx.
func sleep(ctx context.Context, d time.Duration, wake <-chan struct{}) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-wake:
	case <-t.C:
	}
}
