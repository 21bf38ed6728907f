package hub

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"
)

// memory connects hubs of one process.
type memory struct {
	now    func() time.Time
	mu     sync.Mutex
	links  map[*memoryLink]struct{}
	leases map[int64]map[*memoryLink]time.Time // by person, and until when
	order  sync.Mutex                          // all hubs are told in one order
}

// Memory is a broker for one process.
func Memory() Broker { return MemoryAt(time.Now) }

// MemoryAt is a broker with another clock, for tests.
func MemoryAt(now func() time.Time) Broker {
	return &memory{now: now, links: map[*memoryLink]struct{}{}, leases: map[int64]map[*memoryLink]time.Time{}}
}

type memoryLink struct {
	*memory
	to Receiver
}

// Join connects a hub.
func (m *memory) Join(to Receiver) (Link, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	l := &memoryLink{m, to}
	m.links[l] = struct{}{}
	return l, nil
}

func (l *memoryLink) Publish(s Signal) {
	l.order.Lock()
	defer l.order.Unlock()
	l.mu.Lock()
	links := slices.Collect(maps.Keys(l.links))
	l.mu.Unlock()
	for _, other := range links {
		other.to.Receive(s)
	}
}

func (l *memoryLink) Follow(int64)   {}
func (l *memoryLink) Unfollow(int64) {}

func (l *memoryLink) Close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.links, l)
}

func (l *memoryLink) Lease(_ context.Context, userIDs []int64, d time.Duration) (came []int64, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	until := l.now().Add(d)
	for _, id := range userIDs {
		if l.leases[id] == nil {
			l.leases[id] = map[*memoryLink]time.Time{}
			came = append(came, id)
		}
		l.leases[id][l] = until
	}
	return came, nil
}

func (l *memoryLink) Release(_ context.Context, userIDs []int64) (gone []int64, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, id := range userIDs {
		if _, mine := l.leases[id][l]; !mine {
			continue
		}
		delete(l.leases[id], l)
		if len(l.leases[id]) == 0 {
			delete(l.leases, id)
			gone = append(gone, id)
		}
	}
	return gone, nil
}

func (l *memoryLink) Expired(context.Context) (gone []int64, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	for id, leases := range l.leases {
		maps.DeleteFunc(leases, func(_ *memoryLink, until time.Time) bool { return until.Before(now) })
		if len(leases) == 0 {
			delete(l.leases, id)
			gone = append(gone, id)
		}
	}
	return gone, nil
}

func (l *memoryLink) Online(_ context.Context, userIDs []int64) (online []int64, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	for _, id := range userIDs {
		for _, until := range l.leases[id] {
			if !until.Before(now) {
				online = append(online, id)
				break
			}
		}
	}
	return online, nil
}
