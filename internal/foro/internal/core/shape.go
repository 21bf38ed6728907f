package core

import (
	"math"
	"slices"

	"agrovet/internal/foro"
	"agrovet/internal/platform/geo"
)

// shape brings what somebody wrote into the form in which it is stored. Tags that are nil follow the text: those
// of before, and what was added to the text or taken out of it.
//
// Errors: wrong fields.
func shape(before foro.Post, p *foro.Post) (err error) {
	p.Species, p.Place = distinct(p.Species), rough(p.Place)
	p.Mentions = without(p.Mentions, []int64{p.AuthorID})
	slices.Sort(p.Mentions)
	p.Mentions = slices.Compact(p.Mentions)
	if p.Tags == nil {
		p.Tags = followingText(before, *p)
		return nil
	}
	p.Tags, err = foldTags(p.Tags)
	return err
}

// distinct is each of them once, in the order given.
func distinct[T comparable](all []T) []T {
	out := make([]T, 0, len(all))
	for _, v := range all {
		if !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}

// without is what is among all and not among the others.
func without[T comparable](all, others []T) []T {
	return slices.DeleteFunc(slices.Clone(all), func(v T) bool { return slices.Contains(others, v) })
}

// rough is a place to a tenth of a degree, some 11 km: the exact one is not kept anywhere.
func rough(exact *geo.Point) *geo.Point {
	if exact == nil {
		return nil
	}
	return &geo.Point{Latitude: tenth(exact.Latitude), Longitude: tenth(exact.Longitude)}
}

func tenth(degrees float64) float64 { return math.Round(degrees*10)/10 + 0 } // + 0: -0 is 0

func samePlace(a, b *geo.Point) bool {
	return a == b || a != nil && b != nil && *a == *b
}
