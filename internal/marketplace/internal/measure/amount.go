package measure

import (
	"bytes"
	"database/sql/driver"
	"encoding/json"
	"math/big"

	"agrovet/internal/platform/errs"
)

// The column of amounts (contract: data.md, section 4): numeric(12,2).
const (
	amountDigits = 12
	amountPlaces = 2
)

// MaxAmount is the largest amount of money, 9999999999.99.
const MaxAmount Amount = 999_999_999_999

// Amount is money in hundredths of its currency, from 0 to [MaxAmount]. It is written with two
// decimals in every currency, "100.00"; as JSON that is a string, as the contract wants it.
type Amount int64

// TextNegative says that an amount is below zero.
var TextNegative = errs.Text{ES: "Asegúrese de que este valor es mayor o igual a 0.", EN: "Ensure this value is greater than or equal to 0."}

// ParseAmount reads an amount as a client wrote it, in a form or as the text of a JSON number:
// "100", "100.5", "1e2". The second result tells what is wrong, in the words that existing clients
// know, and is the zero Text when nothing is.
func ParseAmount(text string) (Amount, errs.Text) {
	d, ok := ParseDecimal(text)
	if !ok {
		return 0, TextNumber
	}
	if wrong := d.Check(amountDigits, amountPlaces); wrong != (errs.Text{}) {
		return 0, wrong
	}
	if d.Negative() {
		return 0, TextNegative
	}
	return Amount(d.scaled(amountPlaces)), errs.Text{}
}

func (a Amount) String() string { return fixed(int64(a), amountPlaces) }

// Rat is the exact amount.
func (a Amount) Rat() *big.Rat { return big.NewRat(int64(a), 100) }

// MarshalJSON writes "100.00", quotes included.
func (a Amount) MarshalJSON() ([]byte, error) { return json.Marshal(a.String()) }

// UnmarshalJSON reads a number or a text, by the rules of [ParseAmount]. Errors: an *errs.Error of
// kind Invalid without a field; give it one with At.
func (a *Amount) UnmarshalJSON(data []byte) error {
	text := string(data)
	if bytes.HasPrefix(data, []byte{'"'}) {
		if err := json.Unmarshal(data, &text); err != nil {
			return err
		}
	}
	read, wrong := ParseAmount(text)
	if wrong != (errs.Text{}) {
		return errs.New(errs.Invalid, "invalid", wrong.ES, wrong.EN)
	}
	*a = read
	return nil
}

// Scan reads a numeric(12,2), for database/sql and pgx.
func (a *Amount) Scan(src any) error {
	n, err := scan(src, amountDigits, amountPlaces)
	*a = Amount(n)
	return err
}

// Value writes a numeric(12,2).
func (a Amount) Value() (driver.Value, error) { return a.String(), nil }
