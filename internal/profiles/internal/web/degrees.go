package web

import (
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/httpx"
)

// checkDegrees tells what is wrong with a coordinate from -most to most.
func checkDegrees(field string, in httpx.Opt[string], most float64) []errs.Field {
	if in.Ptr() == nil {
		return nil
	}
	if _, wrong := httpx.ReadDegrees(in.Value, most); wrong != (errs.Text{}) {
		return []errs.Field{{Name: field, Text: wrong}}
	}
	return nil
}

// setDegrees takes over a coordinate that was checked; null removes it.
func setDegrees(to **float64, from httpx.Opt[string]) {
	if !from.Sent {
		return
	}
	*to = nil
	if text := from.Ptr(); text != nil {
		value, _ := httpx.ReadDegrees(*text, 180)
		*to = &value
	}
}
