package redisbroker

import (
	"context"
	"strconv"
	"strings"
	"sync"
)

// catchup is how far this hub has read the stream of signals that are kept. While it is behind, what is said
// there is not taken from the channel but read from the stream: in its order, and once.
type catchup struct {
	mu     sync.Mutex
	last   string // the place of the newest that was obeyed; "": the stream's end is not known yet
	heard  string // the place of the newest that was said
	lost   string // where heard was when nothing was found there
	behind bool
	kick   chan struct{}
	joined chan struct{} // closed when the hub hears and is not behind
	once   sync.Once
}

// reconnected notes that something may have been missed.
func (c *catchup) reconnected() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.behind = true
	wake(c.kick)
}

// next notes what is said at a place of the stream, and says whether it is the next to obey.
func (c *catchup) next(place string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.heard = place
	if !c.behind {
		c.last = place
	}
	return !c.behind
}

// catchUp reads what this hub has missed, each time that it is connected anew, until the link ends.
func (l *link) catchUp() {
	for {
		select {
		case <-l.late.kick:
		case <-l.ctx.Done():
			return
		}
		for l.ctx.Err() == nil && !l.read() {
			l.rest()
		}
	}
}

// read reads once; level says that this hub is not behind any more.
func (l *link) read() (level bool) {
	ctx, cancel := context.WithTimeout(l.ctx, sendWithin)
	defer cancel()
	c := &l.late
	if c.last == "" { // a new hub needs nothing of what was before it; nobody else writes last while it is behind
		newest, err := l.redis.Main.XRevRangeN(ctx, keptKey, "+", "-", 1).Result()
		if err != nil {
			return false
		}
		c.last = "0-0"
		if len(newest) > 0 {
			c.last = newest[0].ID
		}
	}
	missed, err := l.redis.Main.XRangeN(ctx, keptKey, "("+c.last, "+", oneBatch).Result()
	if err != nil {
		return false
	}
	for _, m := range missed {
		said, _ := m.Values["s"].(string)
		c.last = m.ID
		l.obey(said)
	}
	return c.level(len(missed) == 0)
}

// level ends that the hub is behind when there was nothing more to read. What was said and is not there either when
// it is looked for again, Redis has lost.
func (c *catchup) level(none bool) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	lacks := before(c.last, c.heard)
	if !none || lacks && c.lost != c.heard {
		c.lost = c.heard
		return false
	}
	if lacks {
		c.last = c.heard
	}
	c.behind = false
	c.once.Do(func() { close(c.joined) })
	return true
}

// before compares places in a stream.
func before(a, b string) bool {
	am, as := place(a)
	bm, bs := place(b)
	return am < bm || am == bm && as < bs
}

func place(p string) (ms, seq uint64) {
	first, second, _ := strings.Cut(p, "-")
	ms, _ = strconv.ParseUint(first, 10, 64)
	seq, _ = strconv.ParseUint(second, 10, 64)
	return ms, seq
}
