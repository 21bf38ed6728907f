package store

import (
	"math"

	"agrovet/internal/profiles"
)

// The grid through which an index finds who is near. Latitude is cut into bands of half a degree, each
// band into cells that are about as wide as the band is high: fewer towards the poles, so that a
// circle meets about as many cells there as anywhere. A cell is a number, so a plain index has it, and
// no extension of the database is needed.
//
// A circle's cells hold every point of the circle, at any latitude and across the 180th meridian
// (grid_test.go); what they hold beside it is sorted out by the distance itself.
const (
	perDegree = 2
	bands     = 180 * perDegree
	perTurn   = 360 * perDegree // cells of a band at the equator
)

// earthRadius is the mean radius in km (IUGG), as in distance_km of the schema.
const earthRadius = 6371.0088

// Circle is what lies within a distance of a point.
type Circle struct {
	Center profiles.Point
	KM     float64 // radius
}

// cellOf is the cell of a point.
func cellOf(p profiles.Point) int32 {
	b := bandOf(p.Latitude)
	return cell(b, columnOf(p.Longitude, columns(b)), columns(b))
}

// cells are those that the circle meets, each once, and maybe some more.
func (c Circle) cells() (all []int32) {
	r := degrees(c.KM/earthRadius) + 1e-6 // more than rounding can take away
	half := halfWidth(c.Center.Latitude, r)
	for b := bandOf(c.Center.Latitude - r); b <= bandOf(c.Center.Latitude+r); b++ {
		n := columns(b)
		first, last := columnOf(c.Center.Longitude-half, n), columnOf(c.Center.Longitude+half, n)
		for column := first; column <= min(last, first+n-1); column++ {
			all = append(all, cell(b, column, n))
		}
	}
	return all
}

// halfWidth is how many degrees of longitude a circle of r degrees around this latitude reaches to
// each side: up to the meridian that touches it (J. P. Matuschek, "Finding Points Within a Distance of
// a Latitude/Longitude Using Bounding Coordinates"), or all around when a pole is in it.
func halfWidth(latitude, r float64) float64 {
	if math.Abs(latitude)+r >= 90 {
		return 180
	}
	return degrees(math.Asin(math.Sin(radians(r)) / math.Cos(radians(latitude))))
}

func bandOf(latitude float64) int {
	return min(max(int(math.Floor((latitude+90)*perDegree)), 0), bands-1)
}

// columns is the number of cells of a band: as many as fit where it is longest.
func columns(band int) int {
	south := float64(band)/perDegree - 90
	longest := min(math.Abs(south), math.Abs(south+1.0/perDegree))
	return max(1, int(math.Ceil(perTurn*math.Cos(radians(longest)))))
}

// columnOf counts from the 180th meridian eastwards, and beyond both ends where longitude does.
func columnOf(longitude float64, n int) int {
	return int(math.Floor((longitude + 180) / 360 * float64(n)))
}

func cell(band, column, n int) int32 { return int32(band*perTurn + (column%n+n)%n) }

func degrees(r float64) float64 { return r * 180 / math.Pi }
func radians(d float64) float64 { return d * math.Pi / 180 }
