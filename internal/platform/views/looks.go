package views

import "sync"

// How many looks are in memory at most.
const (
	maxPending = 20_000  // more than that between two stores are lost
	maxKnown   = 100_000 // that are stored already, so that they are not tried again
)

// looks are what was seen since the last time that it was stored.
type looks struct {
	mu      sync.Mutex
	pending map[View]struct{}
	known   map[View]struct{} // stored, or being stored
	lost    int
}

// add notes a look, unless it was noted before.
func (l *looks) add(v View) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.note(v)
}

// note needs the lock.
func (l *looks) note(v View) {
	if _, ok := l.known[v]; ok {
		return
	}
	if _, ok := l.pending[v]; !ok && len(l.pending) >= maxPending {
		l.lost++
		return
	}
	if l.pending == nil {
		l.pending = map[View]struct{}{}
	}
	l.pending[v] = struct{}{}
}

// take returns what is to be stored, and takes it for known from now on.
func (l *looks) take() (all []View, lost int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.known == nil || len(l.known)+len(l.pending) > maxKnown {
		l.known = map[View]struct{}{}
	}
	for v := range l.pending {
		all = append(all, v)
		l.known[v] = struct{}{}
	}
	lost, l.lost, l.pending = l.lost, 0, nil
	return all, lost
}

// back takes what could not be stored for new again.
func (l *looks) back(all []View) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, v := range all {
		delete(l.known, v)
		l.note(v)
	}
}
