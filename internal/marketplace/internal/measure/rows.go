package measure

import (
	_ "embed"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"sync"

	"agrovet/internal/platform/errs"
)

//go:embed countries.txt
var countries string

// Standard is the table that agrovet comes with, countries.txt.
var Standard = sync.OnceValue(func() *Table {
	t, err := new(Table).Override(countries)
	if err != nil {
		panic("measure: countries.txt: " + err.Error())
	}
	return t
})

// What a size may be. Smaller ones would not leave room for the dearest rate in its column; larger
// ones are typing errors.
const (
	sizeDigits = 17
	sizePlaces = 12
)

var minSize, maxSize = big.NewRat(1, 10_000), big.NewRat(10_000, 1)

// parseRows reads the lines described at [Table.Override].
func parseRows(text string) ([]Row, error) {
	var rows []Row
	var problems []error
	seen := map[place]int{}
	for i, line := range strings.Split(text, "\n") {
		words, note, _ := strings.Cut(line, "#")
		if strings.TrimSpace(words) == "" {
			continue
		}
		r, err := parseRow(strings.Fields(words))
		if first, twice := seen[place{r.Unit, r.Country}]; err == nil && twice {
			err = fmt.Errorf("%s %s is already on line %d", r.Unit, r.Country, first)
		}
		if err != nil {
			problems = append(problems, fmt.Errorf("line %d: %w", i+1, err))
			continue
		}
		r.Note, seen[place{r.Unit, r.Country}] = strings.TrimSpace(note), i+1
		rows = append(rows, r)
	}
	return rows, errors.Join(problems...)
}

func parseRow(words []string) (Row, error) {
	if len(words) != 3 {
		return Row{}, fmt.Errorf("%q is not a unit, a country and a size, such as: arroba BO 11.5", strings.Join(words, " "))
	}
	r := Row{Unit: words[0], Country: strings.ToUpper(words[1])}
	u, ok := UnitByCode(r.Unit)
	switch {
	case !ok:
		return Row{}, fmt.Errorf("there is no unit %q", r.Unit)
	case !u.Varies:
		return Row{}, fmt.Errorf("unit %q is the same in every country", r.Unit)
	case !isCountry(r.Country):
		return Row{}, fmt.Errorf("%q is not a country: two letters as in ISO 3166-1, or *", words[1])
	}
	var err error
	r.Size, err = parseSize(words[2], u)
	return r, err
}

func parseSize(text string, u Unit) (string, error) {
	d, ok := ParseDecimal(text)
	if !ok {
		return "", fmt.Errorf("%q is not a size: a number of %s with a decimal point, such as 11.5", text, u.Base)
	}
	if wrong := d.Check(sizeDigits, sizePlaces); wrong != (errs.Text{}) {
		return "", fmt.Errorf("size %s of %s: %s", text, u.Code, wrong.EN)
	}
	if size := d.Rat(); size.Cmp(minSize) < 0 || size.Cmp(maxSize) > 0 {
		return "", fmt.Errorf("size %s of %s is not between %s and %s %s", text, u.Code, minSize.FloatString(4), maxSize.FloatString(0), u.Base)
	}
	return d.Plain(), nil
}

func isCountry(text string) bool {
	return text == Anywhere || len(text) == 2 && strings.Trim(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}
