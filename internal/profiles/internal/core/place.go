package core

import (
	"context"
	"reflect"

	"agrovet/internal/platform/geo"
	"agrovet/internal/profiles"
	"agrovet/internal/profiles/internal/store"
)

// roughen finds the rough place (geo.Rough) of a profile whose place has changed. It is drawn from the
// user's id and a key that never leaves the schema. Distances, and who is within a radius, come from
// the rough place for everybody.
func (b base) roughen(ctx context.Context, before profiles.Specialist, s *profiles.Specialist) error {
	if reflect.DeepEqual(before.Place, s.Place) {
		return nil
	}
	s.Place.Rough = nil
	if s.Place.Hidden || s.Place.Latitude == nil || s.Place.Longitude == nil {
		return nil
	}
	key, err := store.PlaceKey(ctx, b.DB)
	if err != nil {
		return err
	}
	rough := geo.Rough(key, geo.Point{Latitude: *s.Place.Latitude, Longitude: *s.Place.Longitude}, s.UserID)
	s.Place.Rough = &rough
	return nil
}
