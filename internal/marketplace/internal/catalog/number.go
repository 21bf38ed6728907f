package catalog

import (
	"encoding/json"

	"agrovet/internal/marketplace/internal/measure"
	"agrovet/internal/platform/errs"
)

// readNumber reads a value of a numeric attribute and writes it in its one form: "12.50" is 12.5.
func (a Attribute) readNumber(text string) (json.Number, errs.Text) {
	d, ok := measure.ParseDecimal(text)
	switch {
	case !ok && a.Kind == Decimal:
		return "", measure.TextNumber
	case !ok:
		return "", textInteger
	case d.Digits() > readable:
		return "", d.Check(maxDigits, maxDigits)
	}
	plain := d.Plain()
	if wrong := a.checkNumber(plain); wrong != (errs.Text{}) {
		return "", wrong
	}
	return json.Number(plain), errs.Text{}
}

// readable is how many digits a number may have before it is written out to be looked at.
const readable = 64

// checkNumber looks at a number in plain form.
func (a Attribute) checkNumber(plain string) errs.Text {
	d, ok := measure.ParseDecimal(plain)
	if !ok || d.Digits() > readable {
		return measure.TextNumber
	}
	if a.Kind != Decimal && d.Places() > 0 {
		return textInteger
	}
	if wrong := d.Check(maxDigits, a.decimals()); wrong != (errs.Text{}) {
		return wrong
	}
	least, most := a.limits()
	switch {
	case least != "" && compareNumbers(plain, least) < 0:
		return textLeast(least)
	case most != "" && compareNumbers(plain, most) > 0:
		return textMost(most)
	}
	return errs.Text{}
}

// limits are the smallest and largest value, "" for none.
func (a Attribute) limits() (least, most string) {
	least, most = a.Min.String(), a.Max.String()
	if a.Kind == Year && least == "" {
		least = firstYear
	}
	if a.Kind == Year && most == "" {
		most = lastYear
	}
	return least, most
}

// compareNumbers orders two plain numbers exactly; a text that is no number counts as 0.
func compareNumbers(a, b string) int {
	x, _ := measure.ParseDecimal(a)
	y, _ := measure.ParseDecimal(b)
	return x.Rat().Cmp(y.Rat())
}
