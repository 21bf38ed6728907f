package live

import (
	"context"
	"sync"
	"time"
)

// got is what devices say that they have, on its way to the rules. What comes while others are stored is
// stored together with what comes then.
type got struct {
	live    *Live
	mu      sync.Mutex
	pending map[int64]map[int64]int64 // by person, then room
	running bool
}

const gotWithin = 10 * time.Second

// Got notes that a device of a person has all of a room up to an entry. It does not block.
func (l *Live) Got(userID, roomID, seq int64) {
	g := &l.got
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.pending == nil {
		g.pending = map[int64]map[int64]int64{}
	}
	if g.pending[userID] == nil {
		g.pending[userID] = map[int64]int64{}
	}
	g.pending[userID][roomID] = max(g.pending[userID][roomID], seq)
	if !g.running {
		g.running = g.live.Hub.Begin(g.run)
	}
}

// gotAtOnce is how many people's are stored at the same time.
const gotAtOnce = 4

func (g *got) run() {
	for {
		g.mu.Lock()
		pending := g.pending
		g.pending = nil
		g.running = len(pending) > 0
		g.mu.Unlock()
		if len(pending) == 0 {
			return
		}
		g.store(pending)
	}
}

func (g *got) store(pending map[int64]map[int64]int64) {
	ctx, cancel := context.WithTimeout(context.Background(), gotWithin)
	defer cancel()
	var wg sync.WaitGroup
	slots := make(chan struct{}, gotAtOnce)
	for user, upTo := range pending {
		slots <- struct{}{}
		wg.Go(func() {
			defer func() { <-slots }()
			if err := g.live.rules.Delivered(ctx, user, upTo); err != nil {
				g.live.Log.WarnContext(ctx, "what a device has is not noted: it says so again", "user", user, "error", err)
			}
		})
	}
	wg.Wait()
}
