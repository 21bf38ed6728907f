package store

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/platform/geo"
)

// around draws a point at most km away from c, also over a pole.
func around(random *rand.Rand, c geo.Point, km float64) geo.Point {
	return c.Moved(2*math.Pi*random.Float64(), km*random.Float64())
}

func TestACirclesCellsHoldAllOfIt(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	latitudes := []float64{-90, -89.99, -85.6, -85.4, -60, -17.8, -0.25, 0, 0.5, 47, 80, 85.51, 89.75, 90}
	longitudes := []float64{-180, -179.9, -63.2, 0, 0.25, 45, 178.4, 179.99, 180}
	inside := 0
	for range 4_000 {
		c := Circle{geo.Circle{Center: geo.Point{Latitude: latitudes[random.IntN(len(latitudes))], Longitude: longitudes[random.IntN(len(longitudes))]},
			KM: []float64{0.1, 3, 50, 333, 500}[random.IntN(5)]}}
		cells := c.cells()
		require.LessOrEqual(t, len(cells), 1_200, "%v", c)
		for range 25 {
			p := around(random, c.Center, c.KM*1.01)
			if c.Center.KM(p) <= c.KM {
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
		require.Equal(t, cellOf(geo.Point{Latitude: latitude, Longitude: 180}), cellOf(geo.Point{Latitude: latitude, Longitude: -180}))
	}
}

func TestASmallCircleMeetsFewCells(t *testing.T) {
	for _, latitude := range []float64{0, -17.8, 60, 89.9} {
		c := Circle{geo.Circle{Center: geo.Point{Latitude: latitude, Longitude: -63.2}, KM: 50}}
		require.LessOrEqual(t, len(c.cells()), 20, "%v", latitude)
	}
}
