package bus

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// modelLog is an outbox as transactions fill it: each has an id, and positions that become visible
// together at its commit or never.
type modelLog struct {
	nextID       uint64
	lastPosition int64
	open         map[uint64][]int64
	visible      []int64
}

func (l *modelLog) begin() { l.open[l.id()] = nil }

// id gives out the next transaction id.
func (l *modelLog) id() uint64 { l.nextID++; return l.nextID }

func (l *modelLog) xmin() uint64 {
	xmin := l.nextID + 1
	for id := range l.open {
		xmin = min(xmin, id)
	}
	return xmin
}

func (l *modelLog) write(id uint64, n int) {
	for range n {
		l.lastPosition++
		l.open[id] = append(l.open[id], l.lastPosition)
	}
}

func (l *modelLog) end(id uint64, commit bool) {
	if commit {
		l.visible = append(l.visible, l.open[id]...)
		slices.Sort(l.visible)
	}
	delete(l.open, id)
}

// read does what the query does: the lowest visible positions in gaps and above read.
func (l *modelLog) read(f *frontier, limit int) (positions []int64) {
	for _, p := range l.visible {
		inGap := slices.ContainsFunc(f.gaps, func(g gap) bool { return g.lo <= p && p <= g.hi })
		if (inGap || p > f.read) && len(positions) < limit {
			positions = append(positions, p)
		}
	}
	return positions
}

func (l *modelLog) anyOpen(t *rapid.T) (uint64, bool) {
	ids := make([]uint64, 0, len(l.open))
	for id := range l.open {
		ids = append(ids, id)
	}
	if len(ids) == 0 {
		return 0, false
	}
	slices.Sort(ids)
	return rapid.SampledFrom(ids).Draw(t, "transaction"), true
}

func TestFrontierDeliversEveryCommittedPositionOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		log := &modelLog{open: map[uint64][]int64{}}
		limit := rapid.IntRange(1, 5).Draw(t, "limit")
		var f frontier
		seen := map[int64]int{}
		step := func() int {
			positions := log.read(&f, limit)
			f.see(positions, len(positions) == limit, log.xmin())
			for _, p := range positions {
				seen[p]++
			}
			if rapid.Bool().Draw(t, "fence") {
				f.fence(log.id())
			}
			return len(positions)
		}
		t.Repeat(map[string]func(*rapid.T){
			"begin": func(*rapid.T) { log.begin() },
			"write": func(t *rapid.T) {
				if id, ok := log.anyOpen(t); ok {
					log.write(id, rapid.IntRange(1, 10).Draw(t, "n"))
				}
			},
			"end": func(t *rapid.T) {
				if id, ok := log.anyOpen(t); ok {
					log.end(id, rapid.IntRange(0, 3).Draw(t, "fate") > 0)
				}
			},
			"read": func(*rapid.T) { step() },
			"": func(t *rapid.T) {
				for _, p := range log.visible {
					if p <= f.cursor() && seen[p] != 1 {
						t.Fatalf("cursor %d has passed %d, delivered %d times", f.cursor(), p, seen[p])
					}
				}
				for p, n := range seen {
					if n != 1 {
						t.Fatalf("%d delivered %d times", p, n)
					}
				}
				for _, g := range f.gaps {
					if g.lo > g.hi || g.hi > f.read {
						t.Fatalf("gap %v beyond %d", g, f.read)
					}
				}
			},
		})
		for id := range log.open {
			log.end(id, true)
		}
		for step() > 0 {
		}
		f.fence(log.id())
		step()
		require.Len(t, seen, len(log.visible), "everything committed was delivered")
		require.Empty(t, f.gaps, "nothing is left to wait for")
	})
}

func TestFrontierKeepsHugeGapsAsRanges(t *testing.T) {
	var f frontier
	f.see([]int64{1, 1_000_002}, false, 1)
	require.Equal(t, []gap{{lo: 2, hi: 1_000_001}}, f.gaps)
	f.see([]int64{500_000}, false, 1)
	require.Equal(t, []gap{{lo: 2, hi: 499_999}, {lo: 500_001, hi: 1_000_001}}, f.gaps)
	require.EqualValues(t, 1, f.cursor())
}

// The transaction that will fill a gap may have a higher id than the one whose commit showed it, and
// than the snapshot's upper bound. Only an id taken after the gap was seen is above both.
func TestFrontierWaitsForTransactionsYoungerThanTheSnapshot(t *testing.T) {
	log := &modelLog{open: map[uint64][]int64{}}
	log.begin() // 1
	log.begin() // 2
	log.write(2, 1)
	log.write(1, 1)
	log.end(1, true)
	var f frontier
	f.see(log.read(&f, 10), false, log.xmin())
	f.fence(log.id())
	f.see(log.read(&f, 10), false, log.xmin())
	require.Equal(t, []gap{{lo: 1, hi: 1, fence: 3}}, f.gaps, "still open")
	log.end(2, true)
	require.Equal(t, []int64{1}, log.read(&f, 10))
}
