package store

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/profiles"
)

// vector is a point of the unit sphere, in which no latitude or longitude is special.
func vector(p profiles.Point) [3]float64 {
	lat, lon := radians(p.Latitude), radians(p.Longitude)
	return [3]float64{math.Cos(lat) * math.Cos(lon), math.Cos(lat) * math.Sin(lon), math.Sin(lat)}
}

// distance in km, by the chord: another way than the haversine.
func distance(a, b profiles.Point) float64 {
	v, w := vector(a), vector(b)
	return 2 * earthRadius * math.Asin(min(1, math.Hypot(math.Hypot(v[0]-w[0], v[1]-w[1]), v[2]-w[2])/2))
}

// around draws a point at most km away from c, also over a pole.
func around(random *rand.Rand, c profiles.Point, km float64) profiles.Point {
	r, turn := km/earthRadius*random.Float64(), 2*math.Pi*random.Float64()
	lat := radians(c.Latitude)
	sin := math.Sin(lat)*math.Cos(r) + math.Cos(lat)*math.Sin(r)*math.Cos(turn)
	lon := radians(c.Longitude) + math.Atan2(math.Sin(turn)*math.Sin(r)*math.Cos(lat), math.Cos(r)-math.Sin(lat)*sin)
	return profiles.Point{Latitude: degrees(math.Asin(min(1, max(-1, sin)))), Longitude: math.Remainder(degrees(lon), 360)}
}

func TestACirclesCellsHoldAllOfIt(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	latitudes := []float64{-90, -89.99, -85.6, -85.4, -60, -17.8, -0.25, 0, 0.5, 47, 80, 85.51, 89.75, 90}
	longitudes := []float64{-180, -179.9, -63.2, 0, 0.25, 45, 178.4, 179.99, 180}
	inside := 0
	for range 4_000 {
		c := Circle{profiles.Point{Latitude: latitudes[random.IntN(len(latitudes))], Longitude: longitudes[random.IntN(len(longitudes))]},
			[]float64{0.1, 3, 50, 333, 500}[random.IntN(5)]}
		cells := c.cells()
		require.LessOrEqual(t, len(cells), 1_100, "%v", c)
		for range 25 {
			p := around(random, c.Center, c.KM*1.01)
			if distance(c.Center, p) <= c.KM {
				inside++
				require.True(t, slices.Contains(cells, cellOf(p)), "%v of %v", p, c)
			}
		}
		slices.Sort(cells)
		require.Len(t, slices.Compact(cells), len(cells), "each once")
	}
	require.Greater(t, inside, 50_000)
}

func TestOneMeridianHasTwoNames(t *testing.T) {
	for _, latitude := range []float64{-90, -17, 0, 90} {
		require.Equal(t, cellOf(profiles.Point{Latitude: latitude, Longitude: 180}), cellOf(profiles.Point{Latitude: latitude, Longitude: -180}))
	}
}

func TestASmallCircleMeetsFewCells(t *testing.T) {
	for _, latitude := range []float64{0, -17.8, 60, 89.9} {
		c := Circle{profiles.Point{Latitude: latitude, Longitude: -63.2}, 50}
		require.LessOrEqual(t, len(c.cells()), 20, "%v", latitude)
	}
}
