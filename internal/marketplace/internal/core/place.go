package core

import (
	"context"
	"math"

	"github.com/google/uuid"

	"agrovet/internal/marketplace"
	"agrovet/internal/platform/geo"
)

// snap is the size in degrees of the squares within which a publisher's exact places share one offset:
// about two kilometres. Were each drawn anew, the rough places of a few adverts from one farm, whose
// exact ones differ by what a phone is off, would close in on it. Where the squares lie is drawn for each
// publisher: a farm on the line between two of them shows two offsets, which would tell strangers the line.
const snap = 0.02

// roughen finds the rough place of an advert whose exact place has changed. It is drawn from the
// publisher, the square that the place is in, and a key that never leaves the schema.
func (c *Core) roughen(ctx context.Context, publisherID int64, p *marketplace.Place) error {
	p.Rough = nil
	if p.Exact == nil {
		return nil
	}
	key, err := c.store.PlaceKey(ctx)
	if err != nil {
		return err
	}
	p.Rough = new(rough(key, publisherID, *p.Exact))
	return nil
}

// rough draws the place that others learn. The squares of each publisher lie somewhere else, so that their
// edges tell nothing either.
func rough(key uuid.UUID, publisherID int64, exact geo.Point) geo.Point {
	shift := geo.Rough(key, geo.Point{}, publisherID)
	square := func(degrees float64) int64 { return int64(math.Floor(degrees / snap)) }
	return geo.Rough(key, exact, publisherID, square(exact.Latitude+shift.Latitude), square(exact.Longitude+shift.Longitude))
}
