// Package profilestest is for tests that meet profiles: a fake for other modules' tests, and the
// checks that every profiles.Service passes.
package profilestest

import (
	"context"
	"sync"

	"agrovet/internal/profiles"
)

// Fake is a profiles.Service in memory. Its zero value has no profiles.
type Fake struct {
	mu    sync.Mutex
	cards map[int64]profiles.Card
	err   error
}

var _ profiles.Service = (*Fake)(nil)

// Set gives the card's user this profile.
func (f *Fake) Set(card profiles.Card) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.cards == nil {
		f.cards = map[int64]profiles.Card{}
	}
	f.cards[userOf(card)] = clone(card)
}

// Fail makes every call return err, until it is called with nil.
func (f *Fake) Fail(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.err = err
}

// Cards returns the profiles that were set.
func (f *Fake) Cards(_ context.Context, userIDs ...int64) (map[int64]profiles.Card, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.err != nil {
		return nil, f.err
	}
	out := map[int64]profiles.Card{}
	for _, id := range userIDs {
		if card, ok := f.cards[id]; ok {
			out[id] = clone(card)
		}
	}
	return out, nil
}

func userOf(c profiles.Card) int64 {
	switch {
	case c.Specialist != nil:
		return c.Specialist.UserID
	case c.Businessman != nil:
		return c.Businessman.UserID
	}
	return c.Consumer.UserID
}

// clone keeps callers' hands off what the fake holds.
func clone(c profiles.Card) profiles.Card {
	if c.Specialist != nil {
		s := *c.Specialist
		s.WorkImageIDs = append([]int64{}, s.WorkImageIDs...)
		s.Species, s.Services = append([]string{}, s.Species...), append([]string{}, s.Services...)
		s.Place.Latitude, s.Place.Longitude, s.Place.Rough = copied(s.Place.Latitude), copied(s.Place.Longitude), copied(s.Place.Rough)
		c.Specialist = &s
	}
	if c.Businessman != nil {
		b := *c.Businessman
		b.ProductIDs = append([]int64{}, b.ProductIDs...)
		c.Businessman = &b
	}
	if c.Consumer != nil {
		consumer := *c.Consumer
		c.Consumer = &consumer
	}
	return c
}

func copied[T any](p *T) *T {
	if p == nil {
		return nil
	}
	return new(*p)
}
