package redisbroker

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"
)

// presence is what a hub knows of its own leases. While Redis is away it is all that is known.
type presence struct {
	mu    sync.Mutex
	here  map[int64]time.Time // until when Redis has the lease; zero: it does not
	owed  map[int64]struct{}  // released, which Redis does not know
	since time.Time           // when Redis was back the last time; zero: it was never away
	long  time.Duration       // of the last lease
}

// Lease tells Redis that people are there. Whose lease had not ended comes not anew when Redis has lost it.
func (l *link) Lease(ctx context.Context, userIDs []int64, d time.Duration) (came []int64, err error) {
	still := l.pay(ctx)
	now := l.now()
	came, err = l.ask(ctx, lease, d, userIDs)
	if ctx.Err() != nil {
		return came, err
	}
	p := &l.presence
	p.mu.Lock()
	defer p.mu.Unlock()
	p.long = d
	if err != nil {
		return p.alone(userIDs), nil
	}
	came = slices.DeleteFunc(came, func(id int64) bool { return p.here[id].After(now) })
	for _, id := range userIDs {
		p.here[id] = now.Add(d)
		delete(p.owed, id)
	}
	return append(came, still...), nil
}

// alone notes people without Redis, and returns those who were not here; the lock is held.
func (p *presence) alone(userIDs []int64) (came []int64) {
	for _, id := range userIDs {
		if _, known := p.here[id]; !known {
			p.here[id] = time.Time{}
			came = append(came, id)
		}
	}
	return came
}

// only are those of the people who are here.
func (p *presence) only(userIDs []int64) (here []int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, id := range userIDs {
		if _, known := p.here[id]; known {
			here = append(here, id)
		}
	}
	return here
}

// Release takes leases back. While Redis is away those are gone who are not here any more; see pay.
func (l *link) Release(ctx context.Context, userIDs []int64) (gone []int64, err error) {
	mine := l.presence.leave(userIDs)
	gone, err = l.ask(ctx, release, 0, mine)
	switch {
	case err == nil:
		l.presence.paid(mine)
	case ctx.Err() == nil:
		return mine, nil
	}
	return gone, err
}

// leave notes that people are not here any more, and returns those who were.
func (p *presence) leave(userIDs []int64) (mine []int64) {
	mine = p.only(userIDs)
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, id := range mine {
		delete(p.here, id)
		p.owed[id] = struct{}{}
	}
	return mine
}

// pay releases in Redis what was released while it was away, and returns those who are still there, at another hub.
func (l *link) pay(ctx context.Context) (still []int64) {
	l.presence.mu.Lock()
	owed := slices.Collect(maps.Keys(l.presence.owed))
	l.presence.mu.Unlock()
	if len(owed) == 0 || l.redis.Away() {
		return nil
	}
	if _, err := l.ask(ctx, release, 0, owed); err != nil {
		return nil
	}
	l.presence.paid(owed)
	still, _ = l.ask(ctx, online, 0, owed) // who is not told of is still found when somebody asks
	return still
}

func (p *presence) paid(ids []int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, id := range ids {
		delete(p.owed, id)
	}
}

// Expired returns those whose leases have ended. After Redis was away all hubs may say first who is there.
func (l *link) Expired(ctx context.Context) (gone []int64, err error) {
	l.presence.mu.Lock()
	early := time.Since(l.presence.since) < l.presence.long
	l.presence.mu.Unlock()
	if early || l.redis.Away() {
		return nil, nil
	}
	for {
		some, err := l.run(ctx, expired, []any{l.id, 0, l.shift().Milliseconds()})
		if gone = append(gone, some...); err != nil || len(some) == 0 {
			return gone, err
		}
	}
}

// Online asks Redis; while it is away, those are there who are here.
func (l *link) Online(ctx context.Context, userIDs []int64) ([]int64, error) {
	out, err := l.ask(ctx, online, 0, userIDs)
	if err == nil || ctx.Err() != nil {
		return out, err
	}
	return l.presence.only(userIDs), nil
}

// returned notes that Redis is there again.
func (p *presence) returned() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.since = time.Now()
}
