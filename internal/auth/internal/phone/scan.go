package phone

import (
	"strings"
	"unicode"
)

// maxTyped bounds, in bytes, what is looked at. The longest spelling of 15 digits with a separator
// after each, some of them three bytes long, stays below it.
const maxTyped = 80

// scan returns the digits of typed without separators, "+" or "00", and tells whether one of the
// two stood before them. It reports false for anything that is not digits and separators, for a
// "+" that is not the first sign, and for no digits at all.
func scan(typed string) (digits string, international, ok bool) {
	if len(typed) > maxTyped {
		return "", false, false
	}
	plus := false
	var b strings.Builder
	for _, r := range typed {
		switch {
		case '0' <= r && r <= '9':
			b.WriteRune(r)
		case r == '+' && !plus && b.Len() == 0:
			plus = true
		case !separator(r):
			return "", false, false
		}
	}
	digits, doubleZero := b.String(), false
	if !plus {
		digits, doubleZero = strings.CutPrefix(digits, "00")
	}
	return digits, plus || doubleZero, digits != ""
}

// separator tells whether r may stand between digits: blanks, dashes, dots, slashes, brackets, and
// the invisible marks (category Cf) that come along when a number is copied from a chat or a
// contact card.
func separator(r rune) bool {
	return strings.ContainsRune(".()[]/−", r) || unicode.IsSpace(r) || unicode.In(r, unicode.Pd, unicode.Cf)
}
