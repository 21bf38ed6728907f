package textrules

import (
	"slices"
	"strings"
)

// isMobile says whether the digits are a mobile number of the countries where agrovet is used, with or
// without the country's code. Landlines are found by the words before them alone.
func isMobile(d string) bool {
	if strings.HasSuffix(d, "0000") { // an amount
		return false
	}
	d = strings.TrimPrefix(d, "00")
	for _, m := range mobiles {
		if rest, ok := strings.CutPrefix(d, m.code); ok && m.fits(rest) || m.fits(d) {
			return true
		}
	}
	return false
}

type mobile struct {
	code   string // the country's
	length int
	starts []string
}

func (m mobile) fits(d string) bool {
	return len(d) == m.length && slices.ContainsFunc(m.starts, func(start string) bool { return strings.HasPrefix(d, start) })
}

// The national numbering plans as they are published with ITU-T E.164.
var mobiles = []mobile{
	{"591", 8, []string{"6", "7"}},                        // Bolivia
	{"505", 8, []string{"5", "7", "8"}},                   // Nicaragua
	{"502", 8, []string{"5"}},                             // Guatemala
	{"504", 8, []string{"8", "9"}},                        // Honduras
	{"503", 8, []string{"6", "7"}},                        // El Salvador
	{"506", 8, []string{"6", "7", "8"}},                   // Costa Rica
	{"507", 8, []string{"6"}},                             // Panama
	{"51", 9, []string{"9"}},                              // Peru
	{"56", 9, []string{"9"}},                              // Chile
	{"598", 9, []string{"09"}}, {"598", 8, []string{"9"}}, // Uruguay
	{"593", 10, []string{"09"}}, {"593", 9, []string{"9"}}, // Ecuador
	{"595", 10, []string{"09"}}, {"595", 9, []string{"9"}}, // Paraguay
	{"57", 10, []string{"3"}},                             // Colombia
	{"58", 11, []string{"04"}}, {"58", 10, []string{"4"}}, // Venezuela
	{"52", 10, []string{"33", "55", "56", "81"}},                // Mexico
	{"54", 11, []string{"9"}}, {"54", 10, []string{"11", "15"}}, // Argentina
	{"1", 10, []string{"809", "829", "849"}}, // Dominican Republic
}
