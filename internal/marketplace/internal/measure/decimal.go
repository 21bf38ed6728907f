package measure

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"

	"agrovet/internal/platform/errs"
)

// maxNumber is how long the text of a number may be. Nobody writes longer ones, and reading them
// would cost.
const maxNumber = 1000

// maxExponent is far outside of every column; larger exponents are read as this one.
const maxExponent = 1_000_000

// TextNumber says that a text is no number.
var TextNumber = errs.Text{ES: "Se requiere un número válido.", EN: "A valid number is required."}

// Decimal is a number as it was written: "1.50" has two decimals and is not "1.5". The zero value
// counts as 0; values come from [ParseDecimal]. Compare them by [Decimal.Rat].
type Decimal struct {
	negative bool
	digits   string // without leading zeros; "0" for zero
	exponent int    // of ten, for digits read as an integer
}

// ParseDecimal reads a number of JSON or of a form: ASCII digits with at most one point, a sign, an
// exponent. Spaces around it do not count. NaN, Infinity, "1_000", "1,5" and other scripts' digits
// are not numbers.
func ParseDecimal(text string) (Decimal, bool) {
	if len(text) > maxNumber {
		return Decimal{}, false
	}
	text = strings.TrimSpace(text)
	mantissa, power, scientific := cutExponent(text)
	d := Decimal{negative: strings.HasPrefix(mantissa, "-")}
	if d.negative || strings.HasPrefix(mantissa, "+") {
		mantissa = mantissa[1:]
	}
	whole, fraction, _ := strings.Cut(mantissa, ".")
	if whole+fraction == "" || !onlyDigits(whole+fraction) {
		return Decimal{}, false
	}
	if scientific {
		var ok bool
		if d.exponent, ok = parseExponent(power); !ok {
			return Decimal{}, false
		}
	}
	d.exponent -= len(fraction)
	d.digits = strings.TrimLeft(whole+fraction, "0")
	if d.digits == "" {
		d.digits, d.negative = "0", false
	}
	return d, true
}

func cutExponent(text string) (mantissa, power string, found bool) {
	i := strings.IndexAny(text, "eE")
	if i < 0 {
		return text, "", false
	}
	return text[:i], text[i+1:], true
}

func parseExponent(text string) (int, bool) {
	digits := strings.TrimPrefix(strings.TrimPrefix(text, "+"), "-")
	if digits == "" || len(digits) < len(text)-1 || !onlyDigits(digits) {
		return 0, false
	}
	n, err := strconv.Atoi(digits)
	if err != nil || n > maxExponent {
		n = maxExponent
	}
	if text[0] == '-' {
		n = -n
	}
	return n, true
}

func onlyDigits(text string) bool { return strings.Trim(text, "0123456789") == "" }

// Negative tells whether the number is below zero; "-0" is not.
func (d Decimal) Negative() bool { return d.negative }

// Places is how many decimals were written, the exponent counted in; "1e2" has none.
func (d Decimal) Places() int { return max(0, -d.exponent) }

// Digits is how many digits the number has on both sides of the point, as Django counts them: zeros
// before the first other digit of the whole part do not count, those of ".05" do.
func (d Decimal) Digits() int {
	if d.exponent >= 0 {
		return len(d.digits) + d.exponent
	}
	return max(len(d.digits), -d.exponent)
}

// Check tells whether a column numeric(digits, places) takes the number, with the texts and in the
// order of Django REST framework's DecimalField; the zero Text means yes.
func (d Decimal) Check(digits, places int) errs.Text {
	switch {
	case d.Digits() > digits:
		return errs.Text{ES: fmt.Sprintf("Asegúrese de que no haya más de %d dígitos en total.", digits),
			EN: fmt.Sprintf("Ensure that there are no more than %d digits in total.", digits)}
	case d.Places() > places:
		return errs.Text{ES: fmt.Sprintf("Asegúrese de que no haya más de %d decimales.", places),
			EN: fmt.Sprintf("Ensure that there are no more than %d decimal places.", places)}
	case d.Digits()-d.Places() > digits-places:
		return errs.Text{ES: fmt.Sprintf("Asegúrese de que no haya más de %d dígitos antes del punto decimal.", digits-places),
			EN: fmt.Sprintf("Ensure that there are no more than %d digits before the decimal point.", digits-places)}
	}
	return errs.Text{}
}

// Plain writes the number without exponent and without zeros that say nothing: "12.50" is "12.5",
// "1e2" is "100". Check the number first: "1e9999" would be long.
func (d Decimal) Plain() string {
	text := d.digits + strings.Repeat("0", max(0, d.exponent))
	if places := d.Places(); places > 0 {
		text = strings.Repeat("0", max(0, places+1-len(text))) + text
		text = text[:len(text)-places] + "." + text[len(text)-places:]
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	switch {
	case d.digits == "0" || d.digits == "":
		return "0"
	case d.negative:
		return "-" + text
	}
	return text
}

// Rat is the exact number. Check the number first, as for [Decimal.Plain].
func (d Decimal) Rat() *big.Rat {
	r, _ := new(big.Rat).SetString(d.Plain())
	return r
}
