package living

import (
	"agrovet/internal/auth"
	"agrovet/internal/auth/internal/phone"
)

// Password is that of a user whose password lives in the original. It is no hash, so it lets nobody in.
const Password = "!original"

// Phone is a number in E.164, read as at login; empty: it is none. Country is where numbers without a country code are from.
func Phone(typed, country string) string {
	n, err := phone.Parse(typed, country)
	if err != nil {
		return ""
	}
	return string(n)
}

// Role is the role that somebody has who had this one, in any spelling; why is the rule by which it is another.
func Role(spelled string) (stored, why string) {
	role, known := auth.ParseRole(spelled)
	switch {
	case !known:
		return string(auth.Consumer), "role_unknown"
	case role == auth.NoRole:
		return string(auth.Consumer), "role_empty"
	}
	return string(role), ""
}

// place is a place in degrees; none when it is not on Earth, or half of it is missing.
func place(latitude, longitude *float64) (lat, lon *float64) {
	if latitude == nil || longitude == nil || !(-90 <= *latitude && *latitude <= 90 && -180 <= *longitude && *longitude <= 180) {
		return nil, nil
	}
	return latitude, longitude
}
