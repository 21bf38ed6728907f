package measure

import (
	"database/sql/driver"
	"encoding/json"
	"math/big"
)

// The column of rates: numeric(18,4). The dearest amount per gram, millilitre or square metre
// fits, and so does the smallest size that a table takes (minSize).
const (
	rateDigits = 18
	ratePlaces = 4
)

// Rate is a price per base unit in ten-thousandths of the currency, written "18.4783". Rates of one
// currency and one base unit are ordered like the prices they come from, except that prices closer
// than a ten-thousandth may be equal.
type Rate int64

// Comparable is the price of one base unit when amount is the price of one unit in the country (ISO
// 3166-1 alpha-2, in any case; "" when it is not known), and the code of that base unit. It is exact
// up to one rounding, half to even, at the fourth decimal.
//
// ok is false when there is no such unit, when its size is not known in the country, and for
// amounts that are out of range. Such a price compares with nothing.
func (t *Table) Comparable(amount Amount, unit, country string) (rate Rate, base string, ok bool) {
	u, known := UnitByCode(unit)
	size, sized := t.Size(unit, country)
	if !known || !sized || amount < 0 || amount > MaxAmount {
		return 0, "", false
	}
	return Rate(roundHalfEven(new(big.Rat).Quo(amount.Rat(), size), ratePlaces)), u.Base, true
}

// roundHalfEven is r, which is not negative, in units of 10^-places; a half goes to the even
// neighbour.
func roundHalfEven(r *big.Rat, places int64) int64 {
	scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(places), nil)
	whole, rest := new(big.Int).QuoRem(new(big.Int).Mul(r.Num(), scale), r.Denom(), new(big.Int))
	n := whole.Int64()
	half := rest.Lsh(rest, 1).Cmp(r.Denom())
	if half > 0 || half == 0 && n%2 == 1 {
		n++
	}
	return n
}

func (r Rate) String() string { return fixed(int64(r), ratePlaces) }

// Rat is the exact rate.
func (r Rate) Rat() *big.Rat { return big.NewRat(int64(r), 10_000) }

// MarshalJSON writes "18.4783", quotes included.
func (r Rate) MarshalJSON() ([]byte, error) { return json.Marshal(r.String()) }

// Scan reads a numeric(18,4), for database/sql and pgx.
func (r *Rate) Scan(src any) error {
	n, err := scan(src, rateDigits, ratePlaces)
	*r = Rate(n)
	return err
}

// Value writes a numeric(18,4).
func (r Rate) Value() (driver.Value, error) { return r.String(), nil }
