package hub

import (
	"context"
	"slices"
	"sync"
	"time"
)

// People is what presence asks of the rules.
type People interface {
	// Partners are those who may know whether a person is there.
	Partners(ctx context.Context, userID int64) ([]int64, error)
	// Seen notes that people are there, or were until now.
	Seen(ctx context.Context, userIDs []int64, at time.Time) error
	// LastSeen is when a person was last seen, as others may know it; zero: they may not.
	LastSeen(ctx context.Context, asker, userID int64) (time.Time, error)
}

// presence tells who came and went. A person is there as long as some connection of theirs is, at any hub,
// and for a moment longer: a page that changes closes one and opens another.
type presence struct {
	hub *Hub

	mu      sync.Mutex
	arrived map[int64]struct{}
	leaving map[int64]*leave
	gone    map[int64]struct{}
	running bool
	noted   time.Time // when those who are there were last noted
}

const (
	presenceWithin = 10 * time.Second
	noteEvery      = time.Minute
	noteTogether   = 1000
)

// leave is somebody's last moment.
type leave struct{ timer *time.Timer }

// came says that a person has a connection here now. It does not block.
func (p *presence) came(userID int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if l := p.leaving[userID]; l != nil {
		l.timer.Stop()
		delete(p.leaving, userID)
		return // the lease goes on
	}
	delete(p.gone, userID)
	put(&p.arrived, userID)
	p.start()
}

// went says that a person has none any more. It does not block.
func (p *presence) went(userID int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.hub.ctx.Err() != nil {
		return
	}
	if p.leaving == nil {
		p.leaving = map[int64]*leave{}
	}
	l := &leave{}
	l.timer = time.AfterFunc(p.hub.cfg.Grace, func() { p.over(userID, l) })
	p.leaving[userID] = l
}

// over ends the moment that a person without connections is still there.
func (p *presence) over(userID int64, l *leave) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.leaving[userID] != l {
		return
	}
	delete(p.leaving, userID)
	put(&p.gone, userID)
	p.start()
}

func put(set *map[int64]struct{}, id int64) {
	if *set == nil {
		*set = map[int64]struct{}{}
	}
	(*set)[id] = struct{}{}
}

func (p *presence) start() {
	if !p.running {
		p.running = p.hub.Begin(p.run)
	}
}

func (p *presence) run() {
	for {
		p.mu.Lock()
		arrived, gone := ids(p.arrived), ids(p.gone)
		p.arrived, p.gone = nil, nil
		p.running = len(arrived)+len(gone) > 0
		p.mu.Unlock()
		if len(arrived)+len(gone) == 0 {
			return
		}
		p.announce(p.hub.ctx, arrived, gone)
	}
}

// announce takes and gives back leases, and tells of those who came and went by that.
func (p *presence) announce(ctx context.Context, arrived, gone []int64) {
	h := p.hub
	if len(arrived) > 0 {
		came, err := h.link.Lease(ctx, arrived, h.cfg.Lease)
		p.complain(err)
		for _, id := range came {
			p.tell(ctx, id, true)
		}
	}
	if len(gone) > 0 {
		left, err := h.link.Release(ctx, gone)
		p.complain(err)
		p.farewell(ctx, left)
	}
}

// farewell notes that people have gone, and tells of it.
func (p *presence) farewell(ctx context.Context, gone []int64) {
	if len(gone) == 0 {
		return
	}
	p.note(ctx, gone)
	for _, id := range gone {
		p.tell(ctx, id, false)
	}
}

// tell tells those who may know that a person came or went.
func (p *presence) tell(ctx context.Context, userID int64, online bool) {
	ctx, cancel := context.WithTimeout(ctx, presenceWithin)
	defer cancel()
	h := p.hub
	partners, err := h.cfg.People.Partners(ctx, userID)
	p.complain(err)
	if partners = slices.DeleteFunc(partners, func(id int64) bool { return id == userID }); len(partners) == 0 {
		return
	}
	f := h.cfg.Online
	var seen time.Time
	if !online {
		f = h.cfg.Offline
		seen, err = h.cfg.People.LastSeen(ctx, partners[0], userID)
		p.complain(err)
	}
	h.Publish(Signal{Kind: ToUsers, General: true, Users: partners, Frame: f(userID, seen)})
}

// renew keeps the leases of all who are here, and tells of those whose leases ended elsewhere.
func (p *presence) renew(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, presenceWithin)
	defer cancel()
	h := p.hub
	here := h.here()
	came, err := h.link.Lease(ctx, here, h.cfg.Lease)
	p.complain(err)
	for _, id := range came { // a lease had ended although they are here: this process was held up
		p.tell(ctx, id, true)
	}
	gone, err := h.link.Expired(ctx)
	p.complain(err)
	p.farewell(ctx, gone)
	if now := h.cfg.Now(); now.Sub(p.noted) >= noteEvery {
		p.noted = now
		p.note(ctx, here)
	}
}

// note stores that people are there, or were until now.
func (p *presence) note(ctx context.Context, all []int64) {
	for part := range slices.Chunk(all, noteTogether) {
		p.complain(p.hub.cfg.People.Seen(ctx, part, p.hub.cfg.Now()))
	}
}

// leave gives back all leases of this hub, without a grace.
func (p *presence) leave() {
	p.mu.Lock()
	gone := ids(p.gone)
	for id, l := range p.leaving {
		l.timer.Stop()
		gone = append(gone, id)
	}
	p.leaving, p.gone, p.arrived = nil, nil, nil
	p.mu.Unlock()
	ctx, cancel := context.WithTimeout(context.Background(), presenceWithin)
	defer cancel()
	left, err := p.hub.link.Release(ctx, append(gone, p.hub.here()...))
	p.complain(err)
	p.farewell(ctx, left)
}

func (p *presence) complain(err error) {
	if err != nil && p.hub.ctx.Err() == nil {
		p.hub.cfg.Log.Warn("presence is not exact", "error", err)
	}
}

func ids(set map[int64]struct{}) []int64 {
	out := make([]int64, 0, len(set))
	for id := range set {
		out = append(out, id)
	}
	return out
}

// Online returns those of the people who are there, at any hub.
func (h *Hub) Online(ctx context.Context, userIDs []int64) ([]int64, error) {
	return h.link.Online(ctx, userIDs)
}
