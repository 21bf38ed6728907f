package core

import (
	"regexp"
	"strconv"
	"strings"

	"agrovet/internal/platform/errs"
)

// Place is where somebody is, in degrees (WGS 84) as decimal texts; nil or blank when not known.
type Place struct{ Latitude, Longitude *string }

// decimal is a number without exponent.
var decimal = regexp.MustCompile(`^[+-]?(\d*)(?:\.(\d*))?$`)

// maxDecimals behind the point: a centimetre (contract: data.md §1, numeric(10,7)).
const maxDecimals = 7

func latitude(text *string) (*float64, error)  { return coordinate("latitude", text, 90) }
func longitude(text *string) (*float64, error) { return coordinate("longitude", text, 180) }

// coordinate reads a number from -most to most. Errors: about the named field.
func coordinate(field string, text *string, most float64) (*float64, error) {
	if text == nil || strings.TrimSpace(*text) == "" {
		return nil, nil
	}
	number := strings.TrimSpace(*text)
	parts := decimal.FindStringSubmatch(number)
	if parts == nil || parts[1]+parts[2] == "" {
		return nil, errs.InField(field, "Se requiere un número válido.", "A valid number is required.")
	}
	if len(parts[2]) > maxDecimals {
		return nil, errs.InField(field, "Asegúrese de que no haya más de 7 decimales.", "Ensure that there are no more than 7 decimal places.")
	}
	v, err := strconv.ParseFloat(number, 64)
	switch limit := strconv.FormatFloat(most, 'f', -1, 64); {
	case err != nil || v > most:
		return nil, errs.InField(field, "Asegúrese de que este valor es menor o igual a "+limit+".", "Ensure this value is less than or equal to "+limit+".")
	case v < -most:
		return nil, errs.InField(field, "Asegúrese de que este valor es mayor o igual a -"+limit+".", "Ensure this value is greater than or equal to -"+limit+".")
	}
	return &v, nil
}
