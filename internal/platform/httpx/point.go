package httpx

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/geo"
)

// decimal is a number without exponent.
var decimal = regexp.MustCompile(`^[+-]?(\d*)(?:\.(\d*))?$`)

// maxDecimals behind the point: a centimetre (contract: data.md §1, numeric(10,7)).
const maxDecimals = 7

// ReadDegrees reads a coordinate, or tells what is wrong with it.
func ReadDegrees(text string, most float64) (float64, errs.Text) {
	number := strings.TrimSpace(text)
	parts := decimal.FindStringSubmatch(number)
	if parts == nil || parts[1]+parts[2] == "" {
		return 0, errs.Text{ES: "Se requiere un número válido.", EN: "A valid number is required."}
	}
	if len(parts[2]) > maxDecimals {
		return 0, errs.Text{ES: "Asegúrese de que no haya más de 7 decimales.", EN: "Ensure that there are no more than 7 decimal places."}
	}
	v, err := strconv.ParseFloat(number, 64)
	switch {
	case err != nil || v > most:
		return 0, errs.Text{ES: fmt.Sprintf("Asegúrese de que este valor es menor o igual a %v.", most),
			EN: fmt.Sprintf("Ensure this value is less than or equal to %v.", most)}
	case v < -most:
		return 0, errs.Text{ES: fmt.Sprintf("Asegúrese de que este valor es mayor o igual a -%v.", most),
			EN: fmt.Sprintf("Ensure this value is greater than or equal to -%v.", most)}
	}
	return v, errs.Text{}
}

// ReadPoint reads "<latitude>,<longitude>".
func ReadPoint(text string) (p geo.Point, wrong errs.Text) {
	first, second, ok := strings.Cut(text, ",")
	if !ok {
		return p, errs.Text{ES: "Escriba latitud y longitud separadas por una coma.", EN: "Write latitude and longitude with a comma between them."}
	}
	if p.Latitude, wrong = ReadDegrees(first, 90); wrong == (errs.Text{}) {
		p.Longitude, wrong = ReadDegrees(second, 180)
	}
	return p, wrong
}
