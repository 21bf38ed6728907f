package phone

import (
	"strconv"
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// fold returns the one spelling of a line that the numbering plan of its country assigns. digits
// start with a country code; a trunk prefix may follow it, as in "+591 0 70000000". It reports
// false when no plan assigns such a number: then nothing is known about its spellings.
func fold(digits string) (Number, bool) {
	n, err := phonenumbers.Parse("+"+digits, phonenumbers.UNKNOWN_REGION)
	if err != nil {
		return "", false
	}
	country := strconv.Itoa(int(n.GetCountryCode()))
	national := phonenumbers.GetNationalSignificantNumber(n)
	for _, s := range spellings(country, national) {
		if assigned(country + s) {
			return Number("+" + country + s), true
		}
	}
	return "", false
}

// spellings lists the national numbers to try for a line, the preferred one first.
func spellings(country, national string) []string {
	switch country {
	case "52":
		return []string{mexico(national)}
	case "54":
		return []string{argentina(national), national}
	case "55":
		return []string{brazil(national), national}
	default:
		return []string{national}
	}
}

// argentina returns the form with the mobile 9 for a national number of ten digits. The library
// has already turned area+15+number into 9+area+number.
//
// Area code and number identify a line alone: fixed and mobile lines take their blocks from the
// same ten digits, and calls between mobiles and text messages use them without 9 and 15. So the
// forms with and without 9 are one line. The 9 is kept because messages are sent here and
// WhatsApp and calls from abroad need it. Numbers without a mobile form (0800, say) stay as they
// are.
func argentina(national string) string {
	if len(national) == 10 {
		return "9" + national
	}
	return national
}

// mexico removes what was dialled before the ten digits until the plan of 3 August 2019: 1 from
// abroad; 01, 044 and 045 at home. No number there is longer than ten digits, so nothing else can
// be meant.
func mexico(national string) string {
	for _, prefix := range []string{"1", "01", "044", "045"} {
		if rest, ok := strings.CutPrefix(national, prefix); ok && len(rest) == 10 {
			return rest
		}
	}
	return national
}

// brazil adds the ninth digit to a mobile number in the form used until 2016: two digits of area,
// then eight that start with 6, 8 or 9. Lines with eight digits are fixed now, and those start with
// 2 to 5, so the short form cannot be another line. It is left alone when it starts with 7: some
// trunked radio lines (7xxx-xxxx) kept eight digits, and 97xxx-xxxx is somebody else.
func brazil(national string) string {
	if len(national) == 10 && strings.ContainsRune("689", rune(national[2])) {
		return national[:2] + "9" + national[2:]
	}
	return national
}

// assigned tells whether digits, country code first, are a number in force and exactly that
// number: a spelling that the library would read as another one is not.
func assigned(digits string) bool {
	n, err := phonenumbers.Parse("+"+digits, phonenumbers.UNKNOWN_REGION)
	return err == nil && len(digits) >= minDigits && len(digits) <= maxDigits &&
		phonenumbers.Format(n, phonenumbers.E164) == "+"+digits &&
		phonenumbers.IsValidNumber(n)
}

// possible tells whether national is as long as the numbers of a country, with or without the
// area code.
func possible(country, national string) bool {
	n, err := phonenumbers.Parse("+"+country+national, phonenumbers.UNKNOWN_REGION)
	if err != nil || phonenumbers.Format(n, phonenumbers.E164) != "+"+country+national {
		return false
	}
	reason := phonenumbers.IsPossibleNumberWithReason(n)
	return reason == phonenumbers.IS_POSSIBLE || reason == phonenumbers.IS_POSSIBLE_LOCAL_ONLY
}

// countryCode returns the calling code of a region, such as "591" for "BO", or "" for none.
func countryCode(region string) string {
	code := phonenumbers.GetCountryCodeForRegion(region)
	if code == 0 {
		return ""
	}
	return strconv.Itoa(code)
}
