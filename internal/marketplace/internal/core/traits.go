package core

import (
	"encoding/json"
	"math"
	"strconv"

	"agrovet/internal/marketplace/internal/catalog"
	"agrovet/internal/marketplace/internal/store"
	"agrovet/internal/platform/geo"
	"agrovet/internal/platform/search"
)

// traits are what is true of an advert besides its words, as terms.
func traits(r *store.Row, category store.Category) []int64 {
	all := []int64{trait("condition", string(r.Condition)), trait("currency", r.Price.Currency), trait("publisher", id(r.PublisherID))}
	if r.CategoryID != 0 {
		all = append(all, trait("category", id(r.CategoryID)), trait("root", id(r.RootID)))
	}
	if !r.Price.OnRequest {
		all = append(all, bandsOf("price", r.Price.Amount)...)
	}
	if r.Price.Base != "" {
		all = append(all, bandsOf("base_price "+r.Price.BaseUnit, r.Price.Base)...)
	}
	if r.MainImageID != 0 {
		all = append(all, trait("picture", "yes"))
	}
	if r.Place.Rough != nil {
		all = append(all, cellsOf(*r.Place.Rough)...)
	}
	for _, t := range catalog.Traits(category.All, r.Attributes) {
		all = append(all, trait("attr."+t.Key, t.Value))
	}
	for key, value := range r.Attributes {
		if n, ok := value.(json.Number); ok {
			all = append(all, bandsOf("attr."+key, n.String())...)
		}
	}
	return all
}

func trait(name, value string) int64 { return search.Trait(name, value) }

func id(n int64) string { return strconv.FormatInt(n, 10) }

// Amounts lie in bands, four to each doubling, and twelve of those in a wide one: a range of amounts is a
// few bands, which an index has, and exact bounds for what the first and the last band hold beside it.
const (
	bandsPerDoubling = 4
	bandsPerWide     = 12
)

func bandOf(amount string) int {
	v, err := strconv.ParseFloat(amount, 64)
	if err != nil || v < 0 {
		return 0
	}
	return int(math.Floor(bandsPerDoubling * math.Log2(1+v)))
}

func band(name string, n int) int64     { return trait(name+" band", strconv.Itoa(n)) }
func wideBand(name string, n int) int64 { return trait(name+" wide band", strconv.Itoa(n)) }

// bandsOf are the bands in which an amount lies.
func bandsOf(name, amount string) []int64 {
	n := bandOf(amount)
	return []int64{band(name, n), wideBand(name, n/bandsPerWide)}
}

// lastBand is that of the largest amount that there can be.
var lastBand = bandOf("99999999999999999999")

// bands are those in which the amounts from lowest to highest lie, wide ones where all of it is meant;
// empty bounds are none.
func bands(name, lowest, highest string) (all []int64) {
	first, last := 0, lastBand
	if lowest != "" {
		first = bandOf(lowest)
	}
	if highest != "" {
		last = bandOf(highest)
	}
	for b := first; b <= last; b++ {
		if b%bandsPerWide == 0 && b+bandsPerWide-1 <= last {
			all = append(all, wideBand(name, b/bandsPerWide))
			b += bandsPerWide - 1
			continue
		}
		all = append(all, band(name, b))
	}
	return all
}

// Places lie in cells: squares of degrees of several sizes. What is near is in a few cells of the size
// that fits, which an index has, and exactly within the distance.
var cellSizes = []float64{0.125, 0.5, 2, 8}

// maxCells is how many cells one is looked for in, at most.
const maxCells = 40

func cell(size float64, row, column int) int64 {
	return trait("cell "+strconv.FormatFloat(size, 'f', -1, 64), strconv.Itoa(row)+" "+strconv.Itoa(column))
}

// cellsOf are those in which a place lies, one of each size.
func cellsOf(p geo.Point) (all []int64) {
	for _, size := range cellSizes {
		all = append(all, cell(size, index(p.Latitude, size), index(p.Longitude, size)))
	}
	return all
}

func index(degrees, size float64) int { return int(math.Floor(degrees / size)) }

// cellsIn are those that hold a circle, of the smallest size of which there are not too many; nil when
// there are too many of the largest, as near the poles.
func cellsIn(c geo.Circle) []int64 {
	for _, size := range cellSizes {
		n := 0
		for _, b := range c.Boxes() {
			n += (index(b.North, size) - index(b.South, size) + 1) * (index(b.East, size) - index(b.West, size) + 1)
		}
		if n <= maxCells {
			return cellsOfSize(c, size)
		}
	}
	return nil
}

func cellsOfSize(c geo.Circle, size float64) (all []int64) {
	for _, b := range c.Boxes() {
		for row := index(b.South, size); row <= index(b.North, size); row++ {
			for column := index(b.West, size); column <= index(b.East, size); column++ {
				all = append(all, cell(size, row, column))
			}
		}
	}
	return all
}
