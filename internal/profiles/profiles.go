// Package profiles is the face of profiles: what a user is to the community, in one of three kinds
// that follow the user's role.
//
// It owns the Postgres schema profiles. It asks auth for names and roles, makes, changes and
// removes profiles on auth's user.created, user.role_changed and user.deleted, and publishes
// [Created] and [Updated] on topic profiles.events. Start reading at internal/core.
//
// A user has one profile at a time. When the role changes, the profile of the old role is kept but
// shown to nobody; it comes back with the role. Nothing is verified: documents are kept, and shown to
// their owner and staff, and only a decision of staff will make a badge of them.
package profiles

import (
	"context"

	"agrovet/internal/platform/errs"
)

// Kind of a profile; the same words as auth's roles.
type Kind string

// The kinds.
const (
	KindSpecialist  Kind = "specialist"
	KindBusinessman Kind = "businessman"
	KindConsumer    Kind = "consumer"
)

// Specialist is a veterinarian, agronomist or zootechnician (contract: rest.md §4).
type Specialist struct {
	ID                     int64 // 0 while the profile is still being made
	UserID                 int64
	Profession             string // "", "Veterinario", "Agrónomo", "Zootecnista"
	ExperienceYears        int
	AboutUs                string
	CanGiveConsultations   bool
	CanOfferOnlineServices bool
	WorkImageIDs           []int64 // media, in the owner's order
	Documents              Documents
	Puntuations            float64
	Point                  int
}

// Documents are media ids of what proves a specialist's title; 0 when there is none.
type Documents struct {
	TitleID            int64
	StudentCardID      int64
	GraduationLetterID int64
}

// Businessman is a shop or company.
type Businessman struct {
	ID                  int64
	UserID              int64
	BusinessType        string // "Agroveterinaria" or "Empresa Agropecuaria"
	BusinessName        string
	Descriptions        string
	Contact             string
	OffersLocalProducts bool
	ProductIDs          []int64 // media, in the owner's order
}

// Consumer is everybody else: ranchers, farmers, owners of animals.
type Consumer struct {
	ID     int64
	UserID int64
}

// Card is a user's profile: exactly one of the three is set.
type Card struct {
	Specialist  *Specialist
	Businessman *Businessman
	Consumer    *Consumer
}

// Empty is the profile of a user whose own has not been made yet: what the event will make. ok is
// false for a role that has no profile.
func Empty(kind Kind, userID int64) (card Card, ok bool) {
	switch kind {
	case KindSpecialist:
		return Card{Specialist: &Specialist{UserID: userID, WorkImageIDs: []int64{}}}, true
	case KindBusinessman:
		return Card{Businessman: &Businessman{UserID: userID, BusinessType: "Agroveterinaria", OffersLocalProducts: true, ProductIDs: []int64{}}}, true
	case KindConsumer:
		return Card{Consumer: &Consumer{UserID: userID}}, true
	}
	return Card{}, false
}

// Service is what profiles does for other modules.
type Service interface {
	// Cards returns the profiles of these users. Users without one are left out.
	Cards(ctx context.Context, userIDs ...int64) (map[int64]Card, error)
}

// Errors that callers of profiles may meet.
var (
	ErrProfileExists    = errs.New(errs.Invalid, "profiles.exists", "El usuario ya tiene un perfil.", "The user already has a profile.")
	ErrKindMismatch     = errs.New(errs.NotFound, "profiles.other_kind", "No encontrado.", "Not found.")
	ErrUserUnknown      = errs.New(errs.NotFound, "profiles.user_unknown", "Usuario no encontrado en Auth Service.", "User not found in Auth Service.")
	ErrAuthUnavailable  = errs.New(errs.Unavailable, "auth.unavailable", "El servicio de usuarios no está disponible. Intente de nuevo.", "The user service is not available. Try again.")
	ErrMediaUnavailable = errs.New(errs.Unavailable, "media.unavailable", "El servicio de archivos no está disponible.", "The media service is not available.")
)
