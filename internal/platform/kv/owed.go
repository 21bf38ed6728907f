package kv

import (
	"maps"
	"slices"
	"strings"
	"sync"
	"time"
)

const (
	mostOwed   = 10_000
	recentFor  = time.Minute
	mostRecent = 4096
)

// owed is the keys that are to be deleted in Redis when it is back: those that could not be, and those that were
// lately, which a Redis that lost its last moments may have again. When there are too many, only their kinds
// are known, the keys' first words, and all keys of those go.
type owed struct {
	mu     sync.Mutex
	keys   map[string]struct{}
	kinds  map[string]struct{}
	recent []deleted // in their order
}

type deleted struct {
	key string
	at  time.Time
}

// add notes keys that are to be deleted.
func (o *owed) add(keys ...string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.keys == nil {
		o.keys, o.kinds = map[string]struct{}{}, map[string]struct{}{}
	}
	for _, k := range keys {
		if len(o.keys) < mostOwed {
			o.keys[k] = struct{}{}
		} else {
			o.kinds[kind(k)] = struct{}{}
		}
	}
}

// kind is a key's first word and its colon: "session:".
func kind(key string) string {
	word, _, _ := strings.Cut(key, ":")
	return word + ":"
}

// done notes keys that were deleted.
func (o *owed) done(keys []string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	now := time.Now()
	for _, k := range keys {
		delete(o.keys, k)
		o.recent = append(o.recent, deleted{k, now})
	}
	old, _ := slices.BinarySearchFunc(o.recent, now.Add(-recentFor), func(d deleted, t time.Time) int { return d.at.Compare(t) })
	o.recent = slices.Delete(o.recent, 0, max(old, len(o.recent)-mostRecent))
}

// all is what is to be deleted now: keys, and whole kinds.
func (o *owed) all() (keys, kinds []string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	keys = slices.Collect(maps.Keys(o.keys))
	for _, d := range o.recent {
		keys = append(keys, d.key)
	}
	return keys, slices.Collect(maps.Keys(o.kinds))
}

// settled notes that all of what all returned is done.
func (o *owed) settled(keys, kinds []string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, k := range keys {
		delete(o.keys, k)
	}
	for _, k := range kinds {
		delete(o.kinds, k)
	}
}
