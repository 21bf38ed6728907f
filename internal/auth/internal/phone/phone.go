// Package phone gives every telephone line one spelling, its identity in agrovet.
//
// People type one line in many ways: the login page of the client sends "59170000000", the
// registration page sends what was typed, the reset page sends "+591 70000000". [Parse] turns each
// of them into the same [Number], so all of them sign in and none of them makes a second account.
//
// Reading happens in three steps. scan (scan.go) removes separators and recognises "+" and "00".
// Parse decides which country the digits belong to. fold (plan.go) asks the numbering plan whether
// such a line can exist and folds its spellings: trunk prefixes everywhere, and what Argentina,
// Mexico and Brazil do with mobile numbers.
//
// A number that no plan knows is not refused: accounts of the original were made with any 7 to 15
// digits, and plans change faster than a library. It is kept digit for digit, never folded.
package phone

import (
	"errors"
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// Number is a line in E.164: "+", country code, national number, 7 to 15 digits together, such as
// "+59170000000". Two Numbers are equal exactly when they are the same line. The zero value is no
// number; values come from [Parse].
type Number string

// ErrInvalid says that a text is no telephone number. It does not say why.
var ErrInvalid = errors.New("phone: not a telephone number")

// E.164 allows 15 digits; 7 is the least that the REST contract accepts (rest.md, section 2).
const (
	minDigits = 7
	maxDigits = 15
)

// Parse reads typed the way a person in defaultRegion means it. defaultRegion is an ISO 3166-1
// code such as "BO", in any case; empty or unknown means that no region is assumed.
//
// With a leading "+" or "00" the digits start with a country code and defaultRegion plays no part.
// Without either they are ambiguous, and the first of these readings that fits is taken:
//
//  1. a number that the plan of defaultRegion assigns, with or without its trunk prefix;
//  2. country code and number, assigned by the plan of that country;
//  3. a number as long as those of defaultRegion, though its plan does not assign it; after a
//     leading 0 this is the last reading;
//  4. country code and number, digit for digit.
//
// So under "BO" 70000000 is +59170000000, 59170000000 is the same line, 12345678 is +59112345678
// and 1234567890 is +1234567890. Of the digits that fit both 1 and 2, which are few (eight digits
// of a Pacific island that look like a Bolivian mobile), the national reading wins; the other line
// needs its "+".
//
// Parse(string(n), any region) is n again for every n that Parse returns.
//
// Errors: ErrInvalid.
func Parse(typed, defaultRegion string) (Number, error) {
	digits, international, ok := scan(typed)
	switch {
	case !ok:
		return "", ErrInvalid
	case international:
		return canonical(digits)
	default:
		return parseBare(digits, strings.ToUpper(defaultRegion))
	}
}

// National is the line without its country code; empty when it is not of the region.
func (n Number) National(region string) string {
	home := countryCode(strings.ToUpper(region))
	national, ok := strings.CutPrefix(string(n), "+"+home)
	if home == "" || !ok {
		return ""
	}
	return national
}

// parseBare chooses between the four readings listed at [Parse].
func parseBare(digits, region string) (Number, error) {
	home := countryCode(region)
	if home == "" {
		return canonical(digits)
	}
	if n, ok := fold(home + digits); ok {
		return n, nil
	}
	if n, ok := fold(digits); ok {
		return n, nil
	}
	national, trunk := cutTrunk(digits, region)
	if possible(home, national) {
		return canonical(home + national)
	}
	if trunk {
		return "", ErrInvalid
	}
	return canonical(digits)
}

// canonical returns the line of digits that start with a country code: folded when a plan assigns
// it, otherwise digit for digit.
func canonical(digits string) (Number, error) {
	if n, ok := fold(digits); ok {
		return n, nil
	}
	if digits[0] == '0' || len(digits) < minDigits || len(digits) > maxDigits {
		return "", ErrInvalid
	}
	return Number("+" + digits), nil
}

// cutTrunk removes the 0 that people of most countries dial before a national number, and tells
// whether digits had one.
func cutTrunk(digits, region string) (national string, trunk bool) {
	national, trunk = strings.CutPrefix(digits, "0")
	if trunk && phonenumbers.GetNddPrefixForRegion(region, true) != "0" {
		return digits, true
	}
	return national, trunk
}
