package kv

import (
	"hash/maphash"
	"sync"
	"time"
)

// How long this process remembers what it read from Redis, and what it was told while Redis is away. What
// another process changes is forgotten as soon as it is heard of; these bound what is not heard of.
const (
	nearFor  = 2 * time.Second
	aloneFor = 15 * time.Second
)

// near is what this process knows of a shared store. What is read while a key changes is not kept: it may be
// what was there before.
type near struct {
	*memory
	seed  maphash.Seed
	parts [256]part
}

// part is the keys of one hash.
type part struct {
	mu      sync.Mutex
	changes int // of keys of this part
}

func newNear(size int) *near { return &near{memory: Memory(size), seed: maphash.MakeSeed()} }

func (n *near) part(key string) *part { return &n.parts[maphash.String(n.seed, key)%256] }

// turn is what keep needs to know whether a key has changed since.
func (n *near) turn(key string) int {
	p := n.part(key)
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.changes
}

// keep remembers a value that was asked for after turn was taken.
func (n *near) keep(key string, b []byte, ttl time.Duration, turn int) {
	p := n.part(key)
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.changes == turn {
		n.values.Set(key, value{b, ttl})
	}
}

// drop forgets keys that have changed.
func (n *near) drop(keys ...string) {
	for _, k := range keys {
		p := n.part(k)
		p.mu.Lock()
		p.changes++
		n.values.Invalidate(k)
		p.mu.Unlock()
	}
}

// clear forgets all, and what is being asked for.
func (n *near) clear() {
	for i := range n.parts {
		p := &n.parts[i]
		p.mu.Lock()
		p.changes++
		p.mu.Unlock()
	}
	n.values.InvalidateAll()
}
