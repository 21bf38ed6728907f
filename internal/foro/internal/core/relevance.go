package core

import (
	"context"
	"time"
)

// What a post is worth to a reader (contract: rest.md §7) is
//
//	score     = 0.6 × relevance + 1.2 × boost × decay
//	relevance = ln(1 + max(0, likes + hearts − dislikes + 2 × comments + views / 20)), rounded to hundredths
//	boost     = the reader's affinity with the author (affinity.go)
//	decay     = max(0.1, 1 − age in hours / 168)
//
// The relevance is stored and the same for everybody. A job reckons it for the newest posts; older ones are worth
// nothing. Both formulas are functions of the schema (sql/foro/migrations/00004_relevance.sql).
const (
	relevantFor  = 30 * 24 * time.Hour
	relevantMost = 50_000 // posts; more than that in a month, and the older of them are worth nothing
	reckonAtOnce = 5_000
)

// ReckonRelevance brings what is stored up to date.
func (c *Core) ReckonRelevance(ctx context.Context) error {
	since, before := c.Now().Add(-relevantFor), int64(0)
	for range relevantMost / reckonAtOnce {
		oldest, n, err := c.store.ReckonRelevance(ctx, before, since, reckonAtOnce)
		if err != nil {
			return err
		}
		if n > 0 {
			before = oldest
		}
		if n < reckonAtOnce {
			break
		}
	}
	for {
		n, err := c.store.EndRelevance(ctx, before, reckonAtOnce)
		if err != nil || n < reckonAtOnce {
			return err
		}
	}
}
