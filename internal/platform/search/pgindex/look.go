package pgindex

import (
	"context"
	"math"
	"slices"
)

// The newest documents that match are looked for in one of several ways, none of which costs much more the
// more documents there are. Of a rare term all are looked up at once. Of a frequent one, which hundreds
// of thousands may have, the index is asked bucket by bucket of ids, the newest first, until there are
// enough. Whether terms that are frequent each are rare together, nobody knows beforehand: the last
// buckets tell.
type way int

const (
	newest  way = iota // nothing is asked for that the index of terms has: one document after the other
	atOnce             // all that have the terms
	recent             // in the last buckets
	buckets            // in all buckets
)

// look is a way to look for the newest documents that match, and what it is chosen by.
type look struct {
	way  way
	most int   // how many are wanted
	last int64 // the id of the last document
}

// sample is how many buckets are looked into before it is clear how rare something is.
const sample = 32

// first is how to begin.
func (x Index) first(ctx context.Context, q Query, most int) (look, error) {
	sets := q.sets()
	if len(sets) == 0 {
		return look{way: newest, most: most}, nil
	}
	n, last, err := x.Counts(ctx, slices.Concat(sets...))
	return choose(sets, n, look{most: most, last: last}), err
}

// choose is the way to begin with, by in how many documents the terms are, of whose sets a document must
// have one each.
func choose(sets [][]int64, n map[int64]int64, l look) look {
	rarest, together := math.Inf(1), float64(l.last)
	for _, set := range sets {
		sum := 0.0
		for _, t := range set {
			sum += float64(n[t])
		}
		rarest, together = min(rarest, sum), together*sum/max(1, float64(l.last)) // as chance has it
	}
	switch few := l.few(); {
	case rarest <= few:
		l.way = atOnce
	case together > 2*few: // if they avoid each other all the same, the buckets end
		l.way = buckets
	default:
		l.way = recent
	}
	return l
}

// next says whether another way has to be gone after one that found so many, and makes it the look's.
func (l *look) next(found int) bool {
	all := l.buckets()
	switch {
	case l.way != recent || found >= l.most || all <= sample:
		return false
	case float64(found)*all/sample > l.few():
		l.way = buckets
	default:
		l.way = atOnce
	}
	return true
}

// few is how many documents may match for looking at all of them to cost no more than looking for the newest
// in buckets: the fewer there are, the more buckets it takes, one of which costs half as much again as a
// document that lies on a page of its own.
func (l *look) few() float64 {
	most, all := float64(l.most), l.buckets()
	return most/2 + math.Sqrt(most*most/4+1.5*most*all)
}

// buckets are how many there are, about.
func (l *look) buckets() float64 { return float64(l.last) / Bucket }
