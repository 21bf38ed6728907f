package web

import (
	"strings"

	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/httpx"
)

// price reads a decimal of at most 10 digits, 2 of them behind the point, as the original does, and
// writes it with both. nil is no price.
func price(f httpx.Opt[string]) (*string, *errs.Text) {
	p := f.Ptr()
	if p == nil || strings.TrimSpace(*p) == "" {
		return nil, nil
	}
	whole, decimals, _ := strings.Cut(strings.TrimSpace(*p), ".")
	sign := ""
	if rest, negative := strings.CutPrefix(whole, "-"); negative {
		sign, whole = "-", rest
	}
	whole, decimals = strings.TrimLeft(strings.TrimPrefix(whole, "+"), "0"), strings.TrimRight(decimals, "0")
	switch {
	case strings.Trim(whole+decimals, "0123456789") != "":
		return nil, &errs.Text{ES: "Se requiere un número válido.", EN: "A valid number is required."}
	case len(decimals) > 2:
		return nil, &errs.Text{ES: "Asegúrese de que no haya más de 2 decimales.", EN: "Ensure that there are no more than 2 decimal places."}
	case len(whole) > 8:
		return nil, &errs.Text{ES: "Asegúrese de que no haya más de 10 dígitos en total.", EN: "Ensure that there are no more than 10 digits in total."}
	}
	if whole == "" {
		whole = "0"
	}
	text := sign + whole + "." + (decimals + "00")[:2]
	if strings.Trim(text, "-0.") == "" {
		text = "0.00"
	}
	return &text, nil
}
