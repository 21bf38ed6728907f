package measure

import (
	"cmp"
	"maps"
	"math/big"
	"slices"
	"strings"
)

// Anywhere is the country of rows that hold wherever no other row does.
const Anywhere = "*"

// Row is the size of one unit in one country.
type Row struct {
	Unit    string
	Country string // ISO 3166-1 alpha-2 in upper case, or Anywhere
	Size    string // in base units of the unit, a plain decimal such as "11.5"
	Note    string // where it comes from; "" when the operator gave no reason
}

type place struct{ unit, country string }

// Table knows the sizes of units that differ by country. It never changes, so any number of
// goroutines may use it.
type Table struct{ rows map[place]Row }

// Override returns a table in which the rows of text replace those of t; t stays as it is. A line
// is a unit, a country or *, a size in base units and, behind #, a note:
//
//	arroba BO 11.34   # scales at the port read pounds
//	quintal * 100
//
// Empty lines and lines that start with # say nothing. Errors: all that is wrong, by line; then the
// table is nil.
func (t *Table) Override(text string) (*Table, error) {
	rows, err := parseRows(text)
	if err != nil {
		return nil, err
	}
	merged := maps.Clone(t.rows)
	if merged == nil {
		merged = map[place]Row{}
	}
	for _, r := range rows {
		merged[place{r.Unit, r.Country}] = r
	}
	return &Table{rows: merged}, nil
}

// Row is the row that says how large the unit is in the country: its own, else the one for
// Anywhere. It is false for units that are the same everywhere and where nothing is known.
func (t *Table) Row(unit, country string) (Row, bool) {
	if r, ok := t.rows[place{unit, strings.ToUpper(country)}]; ok {
		return r, true
	}
	r, ok := t.rows[place{unit, Anywhere}]
	return r, ok
}

// Size is how many base units one unit is in the country.
func (t *Table) Size(unit, country string) (*big.Rat, bool) {
	u, ok := UnitByCode(unit)
	size := u.size
	if u.Varies {
		var r Row
		r, ok = t.Row(unit, country)
		size = r.Size
	}
	if !ok {
		return nil, false
	}
	return new(big.Rat).SetString(size)
}

// Rows lists the table by unit and country, for people who want to see it.
func (t *Table) Rows() []Row {
	return slices.SortedFunc(maps.Values(t.rows), func(a, b Row) int {
		return cmp.Or(cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Country, b.Country))
	})
}
