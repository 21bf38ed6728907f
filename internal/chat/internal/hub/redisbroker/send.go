package redisbroker

import (
	"context"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"agrovet/internal/chat/internal/hub"
)

// Channels, and the stream of signals that are kept.
const (
	allChannel  = "chat:signals"
	roomChannel = "chat:room:"
	keptKey     = "chat:kept"
	keptMost    = 10_000
	keptFor     = time.Hour
)

const (
	mostWaiting = 8192 // signals
	oneBatch    = 256  // signals in one round trip,
	batchBytes  = 1 << 20
	oneSignal   = 1000 // people in one signal
	sendWithin  = 2 * time.Second
	pause       = 50 * time.Millisecond
)

// keep adds a signal to the stream and tells it with its place there, in one step.
const keep = `
local id = redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[3], '*', 's', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return redis.call('PUBLISH', ARGV[1], id .. ' ' .. ARGV[2])`

// vital are the signals that nobody finds out about later.
func vital(k hub.Kind) bool { return k == hub.Added || k == hub.Removed || k == hub.Ended }

// channel is where a signal is said.
func channel(s hub.Signal) string {
	switch s.Kind {
	case hub.NewEntry, hub.InRoom, hub.Marks:
		return roomChannel + strconv.FormatInt(s.Room, 10)
	}
	return allChannel
}

// outbox is what other hubs are to be told. When it is full, or Redis is away, only what is vital waits, and the
// others are told later that they have missed something.
type outbox struct {
	mu      sync.Mutex
	waiting []hub.Signal
	missed  bool
	kick    chan struct{}
}

func (o *outbox) put(s hub.Signal, away bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	full := len(o.waiting) >= mostWaiting
	switch {
	case !vital(s.Kind) && (full || away):
		o.missed = true
	case full:
		o.waiting = append(o.waiting[1:], s)
		o.missed = true
	default:
		o.waiting = append(o.waiting, s)
	}
	wake(o.kick)
}

// take gives what is to be said next; missed: and that something was not.
func (o *outbox) take() (some []hub.Signal, missed bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	n := min(len(o.waiting), oneBatch)
	some, o.waiting = slices.Clone(o.waiting[:n]), o.waiting[n:]
	missed, o.missed = o.missed, false
	return some, missed
}

// again puts back what could not be said, as far as it is vital.
func (o *outbox) again(some []hub.Signal) {
	some = slices.DeleteFunc(some, func(s hub.Signal) bool { return !vital(s.Kind) })
	o.mu.Lock()
	defer o.mu.Unlock()
	o.waiting, o.missed = append(some, o.waiting...), true
}

// send says what is to be said until the link ends, and then what is left.
func (l *link) send() {
	for {
		ended := l.ctx.Err() != nil
		some, missed := l.out.take()
		switch {
		case len(some) > 0 || missed:
			if l.say(some, missed) || !ended {
				continue
			}
			return
		case ended:
			return
		}
		select {
		case <-l.out.kick:
		case <-l.ctx.Done():
		}
	}
}

// say tells the others, in one round trip; ok is false when that failed.
func (l *link) say(some []hub.Signal, missed bool) (ok bool) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(l.ctx), sendWithin)
	defer cancel()
	p := l.redis.Main.Pipeline()
	size := 0
	for i, s := range some {
		for part := range parts(s) {
			size += l.queue(ctx, p, part)
		}
		if size > batchBytes {
			l.out.putBack(some[i+1:])
			some = some[:i+1]
			break
		}
	}
	if missed {
		p.Publish(ctx, allChannel, " "+l.id)
	}
	if _, err := p.Exec(ctx); err != nil {
		l.out.again(some)
		l.rest()
		return false
	}
	return true
}

// putBack puts back what comes later, as it is.
func (o *outbox) putBack(some []hub.Signal) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.waiting = append(slices.Clone(some), o.waiting...)
}

// queue adds a signal to what goes in one round trip, and returns how many bytes it has.
func (l *link) queue(ctx context.Context, p redis.Pipeliner, s hub.Signal) int {
	b := append([]byte(l.id), encode(s)...)
	if vital(s.Kind) {
		p.Eval(ctx, keep, []string{keptKey}, channel(s), b, keptMost, keptFor.Milliseconds())
	} else {
		p.Publish(ctx, channel(s), append([]byte{' '}, b...))
	}
	return len(b)
}

// parts are a signal in pieces of bounded size.
func parts(s hub.Signal) func(yield func(hub.Signal) bool) {
	return func(yield func(hub.Signal) bool) {
		if len(s.Users) <= oneSignal && len(s.Members) <= oneSignal {
			yield(s)
			return
		}
		users, members := s.Users, s.Members
		for len(users)+len(members) > 0 {
			part := s
			part.Users, part.Members = users[:min(len(users), oneSignal)], members[:min(len(members), oneSignal)]
			users, members = users[len(part.Users):], members[len(part.Members):]
			if !yield(part) {
				return
			}
		}
	}
}

// rest waits a moment, after something failed.
func (l *link) rest() {
	select {
	case <-time.After(pause):
	case <-l.ctx.Done():
	}
}
