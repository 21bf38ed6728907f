package bus

import (
	"math"
	"slices"
)

// frontier is how far a feed has come in the log of its source. Everything up to read has been
// seen, except for what lies in gaps: positions that were given out but are not visible, because
// their transaction is still open, was rolled back, or never used them.
type frontier struct {
	read int64
	gaps []gap // in order, disjoint, all at or below read
}

// gap is a range of missing positions, however long.
type gap struct {
	lo, hi int64 // both missing
	// fence is a transaction id above those of all transactions that may still fill the gap; 0
	// while none has been taken.
	fence uint64
}

// see takes in what one snapshot showed: the lowest visible positions of the gaps and above read,
// in order. full says that there may be more above the last of them. xmin is the oldest transaction
// that was open, so a gap with a fence at or below it is final: what was not visible will never be.
func (f *frontier) see(positions []int64, full bool, xmin uint64) {
	until := int64(math.MaxInt64) // below this, the snapshot was seen completely
	if full {
		until = positions[len(positions)-1] + 1
	}
	f.fill(positions, until, xmin)
	above, _ := slices.BinarySearch(positions, f.read+1)
	for _, p := range positions[above:] {
		if p > f.read+1 {
			f.gaps = append(f.gaps, gap{lo: f.read + 1, hi: p - 1})
		}
		f.read = p
	}
}

// fill takes positions out of the gaps, and forgets what is final below until.
func (f *frontier) fill(positions []int64, until int64, xmin uint64) {
	var open []gap
	keep := func(g gap) {
		if g.fence != 0 && g.fence <= xmin {
			g.lo = max(g.lo, until)
		}
		if g.lo <= g.hi {
			open = append(open, g)
		}
	}
	for _, g := range f.gaps {
		from, _ := slices.BinarySearch(positions, g.lo)
		for _, p := range positions[from:] {
			if p > g.hi {
				break
			}
			keep(gap{g.lo, p - 1, g.fence})
			g.lo = p + 1
		}
		keep(g)
	}
	f.gaps = open
}

// fence dates the gaps that have no fence yet. The id must have been assigned after they were seen.
func (f *frontier) fence(id uint64) {
	for i := range f.gaps {
		if f.gaps[i].fence == 0 {
			f.gaps[i].fence = id
		}
	}
}

// unfenced says whether a gap waits for its fence.
func (f *frontier) unfenced() bool {
	return slices.ContainsFunc(f.gaps, func(g gap) bool { return g.fence == 0 })
}

// fenced says whether a gap may turn out to be final.
func (f *frontier) fenced() bool {
	return slices.ContainsFunc(f.gaps, func(g gap) bool { return g.fence != 0 })
}

// cursor is the position up to which nothing is missing: where a successor has to start.
func (f *frontier) cursor() int64 {
	if len(f.gaps) > 0 {
		return f.gaps[0].lo - 1
	}
	return f.read
}

// bounds are the gaps as two columns, for the server.
func (f *frontier) bounds() (lo, hi []int64) {
	lo, hi = make([]int64, len(f.gaps)), make([]int64, len(f.gaps))
	for i, g := range f.gaps {
		lo[i], hi[i] = g.lo, g.hi
	}
	return lo, hi
}
