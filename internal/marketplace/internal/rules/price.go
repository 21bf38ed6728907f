package rules

import (
	"strconv"

	"agrovet/internal/platform/textrules"
)

// Price is what an advert asks for one base unit, and what others ask.
type Price struct {
	Asked float64 // 0: not said
	Usual float64 // what the cheapest quarter of comparable adverts asks at most; 0: not known
	Of    string  // what is compared: category, currency, unit
}

// lowest is which part of the usual price is too low to be true. The usual price is what the cheapest
// quarter of comparable adverts asks at most: where prices of one category lie far apart, as those of
// spare parts, that is low, and the rule keeps quiet.
const lowest = 0.1

// tooLow looks at the price alone.
func (p Price) tooLow(*textrules.Text) (textrules.Match, bool) {
	if !(p.Asked > 0 && p.Asked < lowest*p.Usual) {
		return textrules.Match{}, false
	}
	return textrules.Match{
		Evidence:    number(p.Asked) + " < " + number(p.Usual),
		Fingerprint: textrules.Fingerprint(p.Of, number(p.Asked)),
	}, true
}

func number(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
