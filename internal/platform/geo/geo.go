// Package geo is places on Earth: distances, boxes that hold what is near, and the rough place that
// strangers are told in place of an exact one.
//
// Distances are those on the ellipsoid (WGS 84) within 0.1 % up to 600 km, which is as far as anybody looks;
// half around the world they are up to 7 % too short. Boxes and movements are those on the sphere of the
// mean radius, and boxes enough larger to hold what the ellipsoid adds.
package geo

import "math"

// EarthRadius is the mean radius in km (IUGG).
const EarthRadius = 6371.0088

// WGS 84: the radius at the equator in km, and the square of the eccentricity. Distances along a meridian
// are up to 0.56 % shorter than on the sphere, at the equator, and up to 0.4 % longer, near the poles.
const (
	equatorRadius = 6378.137
	eccentricity2 = 0.00669437999014
	flattest      = 1.006 // by how much a distance on the sphere may exceed that on the ellipsoid, and a little
)

// Point is a place in degrees: latitude from -90 to 90, longitude from -180 to 180.
type Point struct{ Latitude, Longitude float64 }

// KM is the distance of two points in km: the haversine formula (R. W. Sinnott, "Virtues of the
// Haversine", Sky and Telescope 68, 1984) with its two parts, along the meridian and along the parallel,
// measured by the ellipsoid's radii of curvature halfway.
func (p Point) KM(q Point) float64 {
	lat, lon := radians(q.Latitude-p.Latitude)/2, radians(q.Longitude-p.Longitude)/2
	w := 1 - eccentricity2*math.Pow(math.Sin(radians(p.Latitude+q.Latitude)/2), 2)
	const k = equatorRadius / EarthRadius
	meridian := k * k * (1 - eccentricity2) * (1 - eccentricity2) / (w * w * w) * math.Pow(math.Sin(lat), 2)
	parallel := k * k / w * math.Cos(radians(p.Latitude)) * math.Cos(radians(q.Latitude)) * math.Pow(math.Sin(lon), 2)
	return 2 * EarthRadius * math.Asin(math.Sqrt(min(1, meridian+parallel)))
}

// Moved is where one arrives from p after km in a direction (clockwise from north, in radians): the
// direct problem on the sphere.
func (p Point) Moved(direction, km float64) Point {
	lat, lon, r := radians(p.Latitude), radians(p.Longitude), km/EarthRadius
	sin := math.Sin(lat)*math.Cos(r) + math.Cos(lat)*math.Sin(r)*math.Cos(direction)
	lon += math.Atan2(math.Sin(direction)*math.Sin(r)*math.Cos(lat), math.Cos(r)-math.Sin(lat)*sin)
	return Point{degrees(math.Asin(min(1, max(-1, sin)))), math.Remainder(degrees(lon), 360)}
}

// Circle is what lies within a distance of a point.
type Circle struct {
	Center Point
	KM     float64 // radius
}

// Degrees is the radius as an angle, and a little more than the ellipsoid and rounding can take away.
func (c Circle) Degrees() float64 { return degrees(c.KM*flattest/EarthRadius) + 1e-6 }

// HalfWidth is how many degrees of longitude the circle reaches to each side: up to the meridian that
// touches it (J. P. Matuschek, "Finding Points Within a Distance of a Latitude/Longitude Using Bounding
// Coordinates"), or all around when a pole is in it.
func (c Circle) HalfWidth() float64 {
	r := c.Degrees()
	if math.Abs(c.Center.Latitude)+r >= 90 {
		return 180
	}
	return degrees(math.Asin(math.Sin(radians(r)) / math.Cos(radians(c.Center.Latitude))))
}

// Box is an area between two parallels and two meridians; West is never east of East.
type Box struct{ South, West, North, East float64 }

// Boxes are one or two boxes that hold the circle: two where it meets the 180th meridian.
func (c Circle) Boxes() []Box {
	r, half := c.Degrees(), c.HalfWidth()
	south, north := max(-90, c.Center.Latitude-r), min(90, c.Center.Latitude+r)
	west, east := c.Center.Longitude-half, c.Center.Longitude+half
	switch {
	case half >= 180:
		return []Box{{south, -180, north, 180}}
	case west < -180:
		return []Box{{south, -180, north, east}, {south, west + 360, north, 180}}
	case east > 180:
		return []Box{{south, west, north, 180}, {south, -180, north, east - 360}}
	}
	return []Box{{south, west, north, east}}
}

func degrees(r float64) float64 { return r * 180 / math.Pi }
func radians(d float64) float64 { return d * math.Pi / 180 }
