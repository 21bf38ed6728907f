// Package kv is the key-value side of the platform: short-lived things that are cheap to lose, such
// as cached sessions and rate limits. [Memory] serves one process, [Redis] many behind the same
// interface; package kvtest is what both must pass.
package kv

import (
	"context"
	"time"
)

// Store keeps values for a limited time. Losing any of them must only cost time, never truth.
// Keys follow the seed: "session:<id>", "cache:user:<id>". All methods are safe for concurrent use.
type Store interface {
	// Get returns the value; ok is false when there is none or it has expired.
	Get(ctx context.Context, key string) (value []byte, ok bool, err error)
	// GetMany returns the values that there are, by key.
	GetMany(ctx context.Context, keys ...string) (map[string][]byte, error)
	// Set keeps the value for ttl, which must be positive.
	Set(ctx context.Context, key string, value []byte, ttl time.Duration) error
	// SetMany keeps values by key, each for ttl.
	SetMany(ctx context.Context, values map[string][]byte, ttl time.Duration) error
	// Delete forgets the keys; unknown ones are fine.
	Delete(ctx context.Context, keys ...string) error
	// Allow takes one from the key's allowance.
	Allow(ctx context.Context, key string, limit Limit) (Decision, error)
}

// Limit is an allowance: Events per Period, with up to Events at once. The zero Limit allows all.
type Limit struct {
	Events int
	Period time.Duration
}

// Unlimited says whether the limit allows everything.
func (l Limit) Unlimited() bool { return l.Events <= 0 || l.Period <= 0 }

// Decision is the answer to Allow.
type Decision struct {
	Allowed    bool
	RetryAfter time.Duration // when not allowed: how long until the next one is
}

// gcra decides by the generic cell rate algorithm (ITU-T I.371): tat is the theoretical arrival
// time kept for the key, and the returned one is to be kept when the event is allowed.
func gcra(now, tat time.Time, l Limit) (next time.Time, d Decision) {
	interval := l.Period / time.Duration(l.Events)
	if tat.Before(now) {
		tat = now
	}
	next = tat.Add(interval)
	if wait := next.Sub(now) - l.Period; wait > 0 {
		return tat, Decision{RetryAfter: wait}
	}
	return next, Decision{Allowed: true}
}
