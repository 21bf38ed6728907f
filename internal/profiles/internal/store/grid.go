package store

import (
	"math"

	"agrovet/internal/platform/geo"
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

// Circle is where a list by distance looks.
type Circle struct{ geo.Circle }

// cellOf is the cell of a point.
func cellOf(p geo.Point) int32 {
	b := bandOf(p.Latitude)
	return cell(b, columnOf(p.Longitude, columns(b)), columns(b))
}

// cells are those that the circle meets, each once, and maybe some more.
func (c Circle) cells() (all []int32) {
	r, half := c.Degrees(), c.HalfWidth()
	for b := bandOf(c.Center.Latitude - r); b <= bandOf(c.Center.Latitude+r); b++ {
		n := columns(b)
		first, last := columnOf(c.Center.Longitude-half, n), columnOf(c.Center.Longitude+half, n)
		for column := first; column <= min(last, first+n-1); column++ {
			all = append(all, cell(b, column, n))
		}
	}
	return all
}

func bandOf(latitude float64) int {
	return min(max(int(math.Floor((latitude+90)*perDegree)), 0), bands-1)
}

// columns is the number of cells of a band: as many as fit where it is longest.
func columns(band int) int {
	south := float64(band)/perDegree - 90
	longest := min(math.Abs(south), math.Abs(south+1.0/perDegree))
	return max(1, int(math.Ceil(perTurn*math.Cos(longest*math.Pi/180))))
}

// columnOf counts from the 180th meridian eastwards, and beyond both ends where longitude does.
func columnOf(longitude float64, n int) int {
	return int(math.Floor((longitude + 180) / 360 * float64(n)))
}

func cell(band, column, n int) int32 { return int32(band*perTurn + (column%n+n)%n) }
