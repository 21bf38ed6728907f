package original

import (
	"strings"

	"agrovet/internal/auth/internal/password"
)

// account is what of the original's is read in Go.
type account struct {
	ID                    int64
	Phone, Password, Role string
	FullName, LastName    string
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
