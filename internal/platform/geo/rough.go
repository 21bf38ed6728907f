package geo

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"math"

	"github.com/google/uuid"
)

// The ring of rough places around an exact one, in km. Rounding to 3 decimals moves a point by up to
// 80 m more.
const (
	nearest  = 0.6
	farthest = 1.9
)

// Rough is the place that strangers are told in place of an exact one: half a kilometre to two away
// from it, each part of that ring as likely as any other. How far and where to is drawn from the ids of
// whoever or whatever is there and a key that must stay secret, so it is the same every time: many
// answers tell no more than one. Distances that strangers learn are to be those of the rough place, so
// that no number of searches closes in on the exact one.
func Rough(key uuid.UUID, exact Point, ids ...int64) Point {
	mac := hmac.New(sha256.New, key[:])
	for _, id := range ids {
		mac.Write(binary.BigEndian.AppendUint64(nil, uint64(id)))
	}
	sum := mac.Sum(nil)
	direction, area := 2*math.Pi*fraction(sum[:8]), fraction(sum[8:16])
	p := exact.Moved(direction, math.Sqrt(nearest*nearest+area*(farthest*farthest-nearest*nearest)))
	return Point{round(p.Latitude), round(p.Longitude)}
}

// fraction reads 8 bytes as a number from 0 to 1.
func fraction(b []byte) float64 { return float64(binary.BigEndian.Uint64(b)>>11) / (1 << 53) }

// round keeps 3 decimals: about 100 m.
func round(degrees float64) float64 { return math.Round(degrees*1000) / 1000 }
