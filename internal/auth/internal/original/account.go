package original

import (
	"strings"

	"agrovet/internal/auth"
	"agrovet/internal/auth/internal/password"
	"agrovet/internal/auth/internal/phone"
)

// account is what of the original's is read in Go.
type account struct {
	ID                    int64
	Phone, Password, Role string
	FullName, LastName    string
}

// phone is a number in E.164; empty: it is none.
func (r reader) phone(typed string) string {
	n, err := phone.Parse(typed, r.country)
	if err != nil {
		return ""
	}
	return string(n)
}

// locked is a password that nobody has: it is no hash.
const locked = "!"

// password is what to store, and why it is not what the original had.
func (a account) password() (stored, why string) {
	switch scheme, _, hashed := strings.Cut(a.Password, "$"); {
	case password.Verifiable(a.Password):
		return a.Password, ""
	case strings.HasPrefix(a.Password, locked), a.Password == "":
		return locked, "password_unusable"
	case hashed && strings.Trim(scheme, "abcdefghijklmnopqrstuvwxyz0123456789_") == "":
		return locked, "password_of_another_hasher"
	}
	return locked, "password_in_clear_text"
}

func (a account) role() (stored, why string) {
	role, known := auth.ParseRole(a.Role)
	switch {
	case !known:
		return string(auth.Consumer), "role_unknown"
	case role == auth.NoRole:
		return string(auth.Consumer), "role_empty"
	}
	return string(role), ""
}
