package measure

import (
	"fmt"
	"strconv"
	"strings"
)

// fixed writes n, which counts units of 10^-places, with exactly places decimals.
func fixed(n int64, places int) string {
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	text := strconv.FormatInt(n, 10)
	text = strings.Repeat("0", max(0, places+1-len(text))) + text
	return sign + text[:len(text)-places] + "." + text[len(text)-places:]
}

// scaled reads d as a count of units of 10^-places. d has passed Check for at most 18 digits and
// as many places.
func (d Decimal) scaled(places int) int64 {
	n, _ := strconv.ParseInt(d.digits+strings.Repeat("0", max(0, d.exponent+places)), 10, 64)
	if d.negative {
		return -n
	}
	return n
}

// scan reads what the database returns for a numeric(digits, places).
func scan(src any, digits, places int) (int64, error) {
	text, ok := src.(string)
	if b, isBytes := src.([]byte); isBytes {
		text, ok = string(b), true
	}
	d, isNumber := ParseDecimal(text)
	if !ok || !isNumber {
		return 0, fmt.Errorf("measure: %T %v is not a numeric(%d,%d)", src, src, digits, places)
	}
	if wrong := d.Check(digits, places); wrong.EN != "" {
		return 0, fmt.Errorf("measure: %s as a numeric(%d,%d): %s", text, digits, places, wrong.EN)
	}
	return d.scaled(places), nil
}
