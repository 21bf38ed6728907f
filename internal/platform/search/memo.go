package search

import "sync"

// Stems of words that were seen before are remembered: texts are made of the same few thousand words,
// and finding a stem takes longer than everything else that is done with a word.
type memo struct {
	mu    sync.RWMutex
	stems map[string]string
}

// maxMemo bounds what is remembered to a few MB; then it begins anew.
const maxMemo = 1 << 15

var remembered = memo{stems: map[string]string{}}

// stemOf is Stem of a folded word.
func (m *memo) stemOf(word []byte) string {
	m.mu.RLock()
	stem, ok := m.stems[string(word)]
	m.mu.RUnlock()
	if ok {
		return stem
	}
	w := string(word)
	stem = Stem(w)
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.stems) >= maxMemo {
		m.stems = make(map[string]string, maxMemo)
	}
	m.stems[w] = stem
	return stem
}
