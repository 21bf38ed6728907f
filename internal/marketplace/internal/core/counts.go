package core

import (
	"context"
	"sync"
	"time"

	"agrovet/internal/marketplace"
	"agrovet/internal/marketplace/internal/store"
)

// How many adverts a list has is told with every numbered page, and counting thousands costs more than
// reading the page. So each process keeps the counts of long public lists for some seconds: nobody sees
// the difference of a few in a thousand. Short lists are counted every time.
const (
	countsLife = 5 * time.Second
	longList   = 500
	mostCounts = 1000 // lists whose counts are kept
)

type counts struct {
	mu sync.Mutex
	of map[listKey]count
}

// listKey is what tells public lists apart whose counts differ: not the order.
type listKey struct {
	categoryID, rootID int64
	currency, baseUnit string
	limit              int
}

type count struct {
	n    int64
	read time.Time
}

// Count counts a list up to limit.
func (c *Core) Count(ctx context.Context, l store.List, limit int) (int64, error) {
	if l.Status != marketplace.StatusActive || l.PublisherID != 0 || len(l.Without) > 0 {
		return c.store.Count(ctx, l, limit)
	}
	key := listKey{l.CategoryID, l.RootID, "", "", limit}
	if l.Order == store.BaseUp || l.Order == store.BaseDown {
		key.currency, key.baseUnit = l.Currency, l.BaseUnit
	}
	if n, ok := c.counts.get(key); ok {
		return n, nil
	}
	n, err := c.store.Count(ctx, l, limit)
	if err == nil && n >= longList {
		c.counts.put(key, n)
	}
	return n, err
}

func (k *counts) get(key listKey) (int64, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	c, ok := k.of[key]
	return c.n, ok && time.Since(c.read) < countsLife
}

func (k *counts) put(key listKey, n int64) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.of == nil || len(k.of) >= mostCounts {
		k.of = map[listKey]count{}
	}
	k.of[key] = count{n, time.Now()}
}
