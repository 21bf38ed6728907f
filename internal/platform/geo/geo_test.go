package geo

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
)

// chord is the distance in km by way of space, in which no latitude or longitude is special.
func chord(p, q Point) float64 {
	vector := func(p Point) [3]float64 {
		lat, lon := radians(p.Latitude), radians(p.Longitude)
		return [3]float64{math.Cos(lat) * math.Cos(lon), math.Cos(lat) * math.Sin(lon), math.Sin(lat)}
	}
	v, w := vector(p), vector(q)
	return 2 * EarthRadius * math.Asin(min(1, math.Hypot(math.Hypot(v[0]-w[0], v[1]-w[1]), v[2]-w[2])/2))
}

// ellipsoid is the distance in km on WGS 84 by the inverse formula of T. Vincenty ("Direct and Inverse
// Solutions of Geodesics on the Ellipsoid", Survey Review 23, 1975), which knows neither the haversine nor
// a sphere.
func ellipsoid(p, q Point) float64 {
	const a, f = 6378.137, 1 / 298.257223563
	const b = a * (1 - f)
	u1, u2 := math.Atan((1-f)*math.Tan(radians(p.Latitude))), math.Atan((1-f)*math.Tan(radians(q.Latitude)))
	l := radians(math.Remainder(q.Longitude-p.Longitude, 360))
	lambda := l
	for range 100 {
		x := math.Cos(u2) * math.Sin(lambda)
		y := math.Cos(u1)*math.Sin(u2) - math.Sin(u1)*math.Cos(u2)*math.Cos(lambda)
		sinSigma := math.Hypot(x, y)
		if sinSigma == 0 {
			return 0
		}
		cosSigma := math.Sin(u1)*math.Sin(u2) + math.Cos(u1)*math.Cos(u2)*math.Cos(lambda)
		sigma := math.Atan2(sinSigma, cosSigma)
		sinAlpha := math.Cos(u1) * math.Cos(u2) * math.Sin(lambda) / sinSigma
		cos2Alpha := 1 - sinAlpha*sinAlpha
		cos2M := 0.0
		if cos2Alpha > 0 {
			cos2M = cosSigma - 2*math.Sin(u1)*math.Sin(u2)/cos2Alpha
		}
		c := f / 16 * cos2Alpha * (4 + f*(4-3*cos2Alpha))
		before := lambda
		lambda = l + (1-c)*f*sinAlpha*(sigma+c*sinSigma*(cos2M+c*cosSigma*(2*cos2M*cos2M-1)))
		if math.Abs(lambda-before) < 1e-12 {
			uu := cos2Alpha * (a*a - b*b) / (b * b)
			k := uu / 1024 * (256 + uu*(-128+uu*(74-47*uu)))
			delta := k * sinSigma * (cos2M + k/4*(cosSigma*(2*cos2M*cos2M-1)-k/6*cos2M*(4*sinSigma*sinSigma-3)*(4*cos2M*cos2M-3)))
			return b * (1 + uu/16384*(4096+uu*(-768+uu*(320-175*uu)))) * (sigma - delta)
		}
	}
	panic("no convergence")
}

func TestTheReferenceIsRight(t *testing.T) {
	// Geoscience Australia's test line Flinders Peak to Buninyong: 54,972.271 m.
	require.InDelta(t, 54.972271, ellipsoid(Point{Latitude: -37.95103341666667, Longitude: 144.42486788888888},
		Point{Latitude: -37.65282113888889, Longitude: 143.92649552777778}), 1e-6)
}

func TestKM(t *testing.T) {
	for name, c := range map[string]struct {
		p, q Point
		km   float64 // on the ellipsoid
	}{
		"a degree of the equator":        {Point{0, -63}, Point{0, -62}, 111.319},
		"a degree of a meridian there":   {Point{-0.5, -63}, Point{0.5, -63}, 110.574},
		"a degree of longitude 60 north": {Point{60, 10}, Point{60, 11}, 55.800},
		"a degree of latitude 60 north":  {Point{59.5, 10}, Point{60.5, 10}, 111.412},
		"over the 180th meridian":        {Point{-16, 179.9}, Point{-16, -179.9}, 21.407},
		"over the pole":                  {Point{89.5, 0}, Point{89.5, 180}, 111.694},
		"nowhere":                        {Point{-17.78, -63.18}, Point{-17.78, -63.18}, 0},
	} {
		require.InDelta(t, c.km, c.p.KM(c.q), 0.01, name)
	}
}

func TestKMIsThatOnTheEllipsoid(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 10))
	for range 20_000 {
		p, km := places(random), 0.1+600*random.Float64()
		q := p.Moved(2*math.Pi*random.Float64(), km)
		require.InEpsilon(t, ellipsoid(p, q), p.KM(q), 0.001, "%v to %v", p, q)
	}
}

// places are where mistakes hide.
func places(random *rand.Rand) Point {
	latitudes := []float64{-90, -89.99, -85.6, -60, -17.8, -0.25, 0, 0.5, 47, 60, 85.51, 89.75, 90}
	longitudes := []float64{-180, -179.9, -63.2, 0, 0.25, 45, 178.4, 179.99, 180}
	return Point{latitudes[random.IntN(len(latitudes))], longitudes[random.IntN(len(longitudes))]}
}

func TestMovedArrivesAtTheDistance(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 5_000 {
		p, km := places(random), 500*random.Float64()
		q := p.Moved(2*math.Pi*random.Float64(), km)
		require.InDelta(t, km, chord(p, q), 1e-4, "%v to %v", p, q)
		require.LessOrEqual(t, math.Abs(q.Longitude), 180.0)
	}
}

func TestBoxesHoldTheCircle(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 5_000 {
		c := Circle{places(random), []float64{0.1, 3, 50, 500}[random.IntN(4)]}
		boxes := c.Boxes()
		for range 20 {
			p := c.Center.Moved(2*math.Pi*random.Float64(), 1.01*c.KM*random.Float64())
			require.True(t, p.KM(c.Center) > c.KM || slices.ContainsFunc(boxes, func(b Box) bool {
				return b.South <= p.Latitude && p.Latitude <= b.North && b.West <= p.Longitude && p.Longitude <= b.East
			}), "%v of %v in %v", p, c, boxes)
		}
		for _, b := range boxes {
			require.True(t, b.South <= b.North && b.West <= b.East && b.West >= -180 && b.East <= 180, "%v", b)
		}
	}
}

func TestRough(t *testing.T) {
	key := uuid.MustParse("5b0f0f4e-7a53-4b0e-9c0a-3a4f5d6e7f80")
	random := rand.New(rand.NewPCG(5, 6))
	others := 0 // that fall on the same point of some thousand
	for id := range int64(2_000) {
		exact := places(random)
		rough := Rough(key, exact, id)
		away := chord(exact, rough)
		require.True(t, away > 0.5 && away < 2, "%v km from %v", away, exact)
		require.Equal(t, rough, Rough(key, exact, id), "the same every time")
		for _, other := range []Point{Rough(key, exact, id+10_000), Rough(uuid.New(), exact, id)} {
			if other == rough {
				others++
			}
		}
	}
	require.Less(t, others, 40, "each id and each key draws its own")
}
