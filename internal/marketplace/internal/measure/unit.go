package measure

import "agrovet/internal/platform/errs"

// Dimension is what a unit measures. Prices of two units are comparable when their base units are
// the same, and that is so within every dimension except [Own].
type Dimension string

// The dimensions, each with its base unit.
const (
	Mass    Dimension = "mass"    // kg
	Volume  Dimension = "volume"  // litro
	Area    Dimension = "area"    // ha
	Animals Dimension = "animals" // cabeza
	Pieces  Dimension = "pieces"  // unidad
	Own     Dimension = "own"     // the unit itself: sacks, doses and hours compare with themselves only
)

// Unit is what one price buys.
type Unit struct {
	Code      string // stable, part of the API and of stored rows
	Dimension Dimension
	Base      string    // code of the unit that prices of the dimension are compared in
	One, Many errs.Text // "saco" and "sacos", "sack" and "sacks"
	Varies    bool      // with the country: the size is in a Table, which may not know it

	size string // in base units, where it is the same everywhere
}

// Units lists all units in the order in which a form offers them.
func Units() []Unit { return append([]Unit(nil), units...) }

// UnitByCode finds a unit. Codes are lower case, and so is what is looked up.
func UnitByCode(code string) (Unit, bool) {
	i, ok := unitIndex[code]
	if !ok {
		return Unit{}, false
	}
	return units[i], true
}

// Name is what the unit is called beside a quantity: "1 saco", "2 sacos". lang is "es" or "en".
func (u Unit) Name(lang string, one bool) string {
	if one {
		return u.One.In(lang)
	}
	return u.Many.In(lang)
}

var unitIndex = index()

func index() map[string]int {
	m := make(map[string]int, len(units))
	for i, u := range units {
		m[u.Code] = i
	}
	return m
}

// fixedUnit is a unit that is size base units everywhere.
func fixedUnit(d Dimension, code, size, base string, one, many errs.Text) Unit {
	return Unit{Code: code, Dimension: d, Base: base, One: one, Many: many, size: size}
}

// localUnit is a unit whose size depends on the country.
func localUnit(d Dimension, code, base string, one, many errs.Text) Unit {
	return Unit{Code: code, Dimension: d, Base: base, One: one, Many: many, Varies: true}
}

// ownUnit is a unit that compares with itself only.
func ownUnit(code string, one, many errs.Text) Unit {
	return fixedUnit(Own, code, "1", code, one, many)
}
