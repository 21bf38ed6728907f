package password

import (
	_ "embed"
	"errors"
	"strings"
	"sync"
	"unicode/utf8"
)

// What [Check] may find wrong with a new password.
var (
	ErrTooShort  = errors.New("password: shorter than 8 characters")
	ErrTooLong   = errors.New("password: longer than 1024 bytes")
	ErrIsPhone   = errors.New("password: is the telephone number")
	ErrTooCommon = errors.New("password: one of the most common ones")
)

const (
	minRunes = 8    // characters, however many bytes each takes
	maxBytes = 1024 // bytes; there is room for any sentence
)

// Check is the rule for new passwords (decision D9 of the contract): at least 8 characters, not
// the telephone number of its owner, not one of the most common passwords. It asks for no kinds of
// characters. phone may be spelled in any way, or be empty when there is none.
//
// Errors: ErrTooShort, ErrTooLong, ErrIsPhone, ErrTooCommon.
func Check(password, phone string) error {
	switch {
	case len(password) > maxBytes:
		return ErrTooLong
	case utf8.RuneCountInString(password) < minRunes:
		return ErrTooShort
	case isPhone(password, phone):
		return ErrIsPhone
	case isCommon(password):
		return ErrTooCommon
	}
	return nil
}

// phoneDigits is how many last digits tell a line. Country code, area code and trunk prefixes
// stand before them in every spelling, and no telephone number is shorter.
const phoneDigits = 7

// isPhone tells whether password is nothing but digits and separators and ends like phone.
func isPhone(password, phone string) bool {
	typed, only := digitsOf(password)
	own, _ := digitsOf(phone)
	if !only || len(own) < phoneDigits || len(typed) > len("00")+15 {
		return false
	}
	return strings.HasSuffix(typed, own[len(own)-phoneDigits:])
}

// digitsOf returns the digits of s, and whether there is nothing else but separators.
func digitsOf(s string) (digits string, only bool) {
	only = true
	digits = strings.Map(func(r rune) rune {
		switch {
		case '0' <= r && r <= '9':
			return r
		case !strings.ContainsRune(" +-.()/", r):
			only = false
		}
		return -1
	}, s)
	return digits, only
}

// commonText holds common passwords of 8 characters and more, one a line, sorted, in lower case:
// those that lead every published ranking, their Spanish counterparts, and the names, teams and
// countries of Latin America with the usual digits behind them.
//
//go:embed common.txt
var commonText string

// common is the set of commonText, built when the first new password is checked.
var common = sync.OnceValue(func() map[string]struct{} {
	lines := strings.Fields(commonText)
	set := make(map[string]struct{}, len(lines))
	for _, line := range lines {
		set[line] = struct{}{}
	}
	return set
})

// isCommon ignores case and blanks at the ends.
func isCommon(password string) bool {
	_, found := common()[strings.ToLower(strings.TrimSpace(password))]
	return found
}
