// Package auth is the face of identities: users known by their phone number, their sessions and
// their roles.
//
// It owns the Postgres schema auth. It asks profiles for the cards that a user is shown with, and
// publishes [UserCreated], [UserUpdated], [UserDeleted], [RoleChanged], [LoggedIn],
// [PasswordReset] and [SessionsEnded] on topic user.events. Start reading at internal/core/register.go.
package auth

import (
	"context"
	"fmt"
	"strings"

	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/errs"
)

// Role is what kind of member a user is. It decides the kind of profile.
type Role string

// The roles, in the spelling of events and of the database.
const (
	NoRole      Role = ""
	Specialist  Role = "specialist"
	Businessman Role = "businessman"
	Consumer    Role = "consumer"
)

// ParseRole reads a role in any case and in the original's other spellings (contract: events.md §4).
func ParseRole(s string) (Role, bool) {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "":
		return NoRole, true
	case "specialist", "especialista", "specialista":
		return Specialist, true
	case "businessman", "business", "business_owner":
		return Businessman, true
	case "consumer", "client":
		return Consumer, true
	}
	return NoRole, false
}

// Display is the role as REST answers spell it: Specialist with a capital (decision D8).
func (r Role) Display() string {
	if r == Specialist {
		return "Specialist"
	}
	return string(r)
}

// User is what other modules may know of a user: how to show them. Never the phone number.
type User struct {
	ID       int64
	FullName string
	LastName string
	Picture  string // URL; empty when there is none
	Role     Role
	Active   bool
}

// DisplayName is the full name, else "User <id>".
func (u User) DisplayName() string {
	if name := strings.TrimSpace(u.FullName); name != "" {
		return name
	}
	return fmt.Sprintf("User %d", u.ID)
}

// Service is what auth does for other modules.
type Service interface {
	authn.Authenticator

	// Users returns the users with these ids. Ids of nobody are left out. With an error, those are returned who
	// are known all the same.
	Users(ctx context.Context, ids ...int64) (map[int64]User, error)

	// PhoneNumbers returns the numbers of these users, in E.164. Ids of nobody are left out. It is for chat
	// alone, which shows a number to its owner, and to the other one of a private room in which its owner has
	// written (contract: rest.md §11, 11); to nobody else.
	PhoneNumbers(ctx context.Context, ids ...int64) (map[int64]string, error)
}

// Errors that callers of auth may meet.
var (
	ErrUserUnknown    = errs.New(errs.NotFound, "auth.user_unknown", "Usuario no encontrado.", "User not found.")
	ErrPhoneInvalid   = errs.New(errs.Invalid, "auth.phone_invalid", "Ingrese un número válido", "Enter a valid number.")
	ErrPhoneTaken     = errs.New(errs.Invalid, "auth.phone_taken", "Ya existe Usuario con este phone number.", "A user with this phone number already exists.")
	ErrRoleInvalid    = errs.New(errs.Invalid, "auth.role_invalid", "Rol inválido.", "Invalid role.")
	ErrBadCredentials = &errs.Error{Kind: errs.Unauthenticated, Code: "auth.bad_credentials", Text: errs.Text{ES: "Credenciales inválidas", EN: "Invalid credentials"}, Alias: "error"}
	ErrCodeInvalid    = errs.New(errs.Invalid, "auth.code_invalid", "Código inválido o expirado.", "Invalid or expired code.")
	ErrPasswordWrong  = errs.New(errs.Invalid, "auth.password_wrong", "La contraseña actual no es correcta.", "The current password is not correct.")
	ErrBusy           = errs.New(errs.RateLimited, "auth.busy", "Hay muchos inicios de sesión en este momento. Intente en unos segundos.", "Too many sign-ins right now. Try again in a few seconds.")
	ErrUnavailable    = errs.New(errs.Unavailable, "auth.unavailable", "El servicio de usuarios no está disponible. Intente de nuevo.", "The user service is not available. Try again.")
	ErrSMSUnavailable = errs.New(errs.Unavailable, "auth.sms_unavailable", "Por el momento no se pueden enviar mensajes SMS.", "SMS cannot be sent at the moment.")
)
