package textrules

import (
	"slices"
	"strings"
)

// run is digits that a reader puts together, with what is between them.
type run struct {
	digits      string
	groups      []string
	first, last int  // words
	plus        bool // begins with +
	listed      bool // commas or slashes are between the groups
	spelled     int  // groups that are written as words
}

// run reads the run that begins at a word; next is at when there is none.
func (s *Text) run(at int) (r run, next int) {
	r.first, next = at, at
	for next < len(s.words) {
		w := s.words[next]
		together, listed := true, false
		if next > at {
			together, listed = joined(w.gap)
		}
		digits, spelled, used := s.group(next, next > at)
		if !together || used == 0 || len(r.digits) > maxRun {
			break
		}
		r.listed = r.listed || listed
		if spelled {
			r.spelled++
		}
		if next > at && w.gap == "" {
			r.groups[len(r.groups)-1] += digits
		} else {
			r.groups = append(r.groups, digits)
		}
		r.digits += digits
		r.last, next = next+used-1, next+used
	}
	if next > at {
		r.plus = strings.HasSuffix(strings.TrimRight(s.words[at].gap, " ("), "+")
	}
	return r, next
}

// maxRun is how many digits are read together: two numbers, no table.
const maxRun = 60

// joined says whether what is between two groups keeps them together, and whether as a list.
func joined(gap string) (together, listed bool) {
	return len(gap) <= 4 && strings.Trim(gap, " .-()*_~·–—,/|") == "", strings.ContainsAny(gap, ",/|")
}

// group is the digits that begin at a word, and how many words they are. In the midst of a number the
// letter o is a zero.
func (s *Text) group(at int, inside bool) (digits string, spelled bool, used int) {
	w := s.words[at]
	switch {
	case w.number:
		return w.text, false, 1
	case inside && w.gap == "" && strings.Trim(w.text, "o") == "":
		return strings.Repeat("0", len(w.text)), false, 1
	}
	digits, ok := spelledDigits[w.text]
	if !ok {
		return "", false, 0
	}
	if at+2 < len(s.words) && strings.HasSuffix(digits, "0") && len(digits) == 2 && s.words[at+1].text == "y" {
		if unit, ok := spelledDigits[s.words[at+2].text]; ok && len(unit) == 1 {
			return digits[:1] + unit, true, 3
		}
	}
	return digits, true, 1
}

var spelledDigits = map[string]string{
	"cero": "0", "uno": "1", "dos": "2", "tres": "3", "cuatro": "4", "cinco": "5", "seis": "6", "siete": "7", "ocho": "8", "nueve": "9",
	"diez": "10", "once": "11", "doce": "12", "trece": "13", "catorce": "14", "quince": "15", "dieciseis": "16", "diecisiete": "17",
	"dieciocho": "18", "diecinueve": "19", "veinte": "20", "veintiuno": "21", "veintidos": "22", "veintitres": "23", "veinticuatro": "24",
	"veinticinco": "25", "veintiseis": "26", "veintisiete": "27", "veintiocho": "28", "veintinueve": "29", "treinta": "30", "cuarenta": "40",
	"cincuenta": "50", "sesenta": "60", "setenta": "70", "ochenta": "80", "noventa": "90",
}

// isDate is for day, month and year in either order.
func (r run) isDate() bool {
	if len(r.groups) != 3 {
		return false
	}
	a, b, c := len(r.groups[0]), len(r.groups[1]), len(r.groups[2])
	return b <= 2 && (a <= 2 && c == 4 || a == 4 && c <= 2)
}

// singles says whether the digits stand one by one.
func (r run) singles() bool {
	return !slices.ContainsFunc(r.groups, func(g string) bool { return len(g) > 1 })
}

// shaped says whether the groups look like those of a number to call, not like amounts, weights or
// formulas beside each other.
func (r run) shaped() bool {
	if r.singles() {
		return true
	}
	round := func(g string) bool { return strings.HasSuffix(g, "0") || strings.HasSuffix(g, "5") }
	short := func(g string) bool { return len(g) < 2 }
	switch {
	case r.listed, len(r.groups) > 5, slices.ContainsFunc(r.groups, short):
		return false
	case strings.HasSuffix(r.digits, "00"): // 75.250.500 is an amount
		return false
	}
	return slices.ContainsFunc(r.groups, func(g string) bool { return !round(g) })
}
