package core

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"math"
	"reflect"

	"github.com/google/uuid"

	"agrovet/internal/profiles"
	"agrovet/internal/profiles/internal/store"
)

// Others learn the rough place of a specialist: the exact one moved by half a kilometre to two. How far
// and where to is drawn from the user's id and a key that never leaves the schema, so it is the same
// every time: many answers tell no more than one. Distances, and who is within a radius, come from the
// rough place for everybody, so no number of searches closes in on the exact one.

// The ring, in km. Rounding to 3 decimals moves the point by up to 80 m more.
const (
	nearest  = 0.6
	farthest = 1.9
)

// earthRadius is the mean radius in km (IUGG).
const earthRadius = 6371.0088

// roughen finds the rough place of a profile whose place has changed.
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
	rough := roughly(key, s.UserID, profiles.Point{Latitude: *s.Place.Latitude, Longitude: *s.Place.Longitude})
	s.Place.Rough = &rough
	return nil
}

// roughly draws a point of the ring around the exact place, each part of it as likely as any other.
func roughly(key uuid.UUID, userID int64, exact profiles.Point) profiles.Point {
	mac := hmac.New(sha256.New, key[:])
	mac.Write(binary.BigEndian.AppendUint64(nil, uint64(userID)))
	sum := mac.Sum(nil)
	turn, area := 2*math.Pi*fraction(sum[:8]), fraction(sum[8:16])
	km := math.Sqrt(nearest*nearest + area*(farthest*farthest-nearest*nearest))
	p := moved(exact, turn, km)
	return profiles.Point{Latitude: round(p.Latitude), Longitude: round(p.Longitude)}
}

// moved is where one arrives from p after km in a direction (clockwise from north, in radians): the
// direct problem on the sphere.
func moved(p profiles.Point, turn, km float64) profiles.Point {
	lat, lon, r := p.Latitude*math.Pi/180, p.Longitude*math.Pi/180, km/earthRadius
	sin := math.Sin(lat)*math.Cos(r) + math.Cos(lat)*math.Sin(r)*math.Cos(turn)
	lon += math.Atan2(math.Sin(turn)*math.Sin(r)*math.Cos(lat), math.Cos(r)-math.Sin(lat)*sin)
	return profiles.Point{Latitude: math.Asin(min(1, max(-1, sin))) * 180 / math.Pi, Longitude: math.Remainder(lon*180/math.Pi, 360)}
}

// fraction reads 8 bytes as a number from 0 to 1.
func fraction(b []byte) float64 { return float64(binary.BigEndian.Uint64(b)>>11) / (1 << 53) }

// round keeps 3 decimals: about 100 m.
func round(degrees float64) float64 { return math.Round(degrees*1000) / 1000 }
