// Package profiles is the face of profiles: what a user is to the community, in one of three kinds
// that follow the user's role.
//
// It owns the Postgres schema profiles. It asks auth for names and roles and media for files; makes,
// changes and removes profiles on auth's user.created, user.role_changed and user.deleted; forgets
// files on media's media.deleted; and publishes [Created], [Updated] and [VerificationChanged] on
// topic profiles.events, and which files it shows on topic profiles.media. Start reading at
// internal/core.
//
// A user has one profile at a time. When the role changes, the profile of the old role is kept but
// shown to nobody; it comes back with the role.
//
// A specialist is verified by a decision of staff alone: documents are only what staff looks at. How a
// decision comes about and ends is told in internal/core/verification.go. Where a specialist works is
// shown to others roughly, some kilometre away from the exact place (internal/core/place.go).
package profiles

import (
	"context"

	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/geo"
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
	Species                []string // of Species: what they treat or grow; each once
	Services               []string // of Services; each once
	Place                  Place
	Verification           Verification
	Puntuations            float64
	Point                  int
}

// Species and Services are the words that there are for what a specialist works with and does.
var (
	Species = []string{"bovinos", "ovinos", "caprinos", "porcinos", "equinos", "aves", "camelidos", "peces", "abejas",
		"perros", "gatos", "cultivos", "pastos", "otros"}
	Services = []string{"consultas", "domicilio", "en_linea", "cirugia", "vacunacion", "laboratorio", "inseminacion",
		"asesoria", "otros"}
)

// Place is where a specialist works. The exact place is for the owner and staff alone.
type Place struct {
	Latitude, Longitude *float64   // exact, in degrees (WGS 84); both or neither
	Name                string     // as the owner calls it; empty: not said
	Hidden              bool       // others learn neither place nor name
	Rough               *geo.Point // what others may know; nil when there is nothing to show
}

// Verification is what staff has decided, as of the moment when the profile was read.
type Verification struct {
	Verified bool
	Type     VerificationType  // what was proven; empty unless Verified
	State    VerificationState // for the owner and staff; others may know whether Verified
}

// VerificationType is what a specialist has proven.
type VerificationType string

// The types, in the contract's words (rest.md §4).
const (
	Graduated VerificationType = "graduated"
	Student   VerificationType = "student"
	Title     VerificationType = "title"
)

// VerificationState is where a specialist stands with staff.
type VerificationState string

// The states.
const (
	VerificationNone     VerificationState = "none"
	VerificationPending  VerificationState = "pending"
	VerificationVerified VerificationState = "verified"
	VerificationRejected VerificationState = "rejected"
	VerificationExpired  VerificationState = "expired"
)

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
		return Card{Specialist: &Specialist{UserID: userID, WorkImageIDs: []int64{}, Species: []string{}, Services: []string{},
			Verification: Verification{State: VerificationNone}}}, true
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
	ErrUnavailable      = errs.New(errs.Unavailable, "profiles.unavailable", "El servicio de perfiles no está disponible. Intente de nuevo.", "The profile service is not available. Try again.")
	ErrProfileExists    = errs.New(errs.Invalid, "profiles.exists", "El usuario ya tiene un perfil.", "The user already has a profile.")
	ErrKindMismatch     = errs.New(errs.NotFound, "profiles.other_kind", "No encontrado.", "Not found.")
	ErrUserUnknown      = errs.New(errs.NotFound, "profiles.user_unknown", "Usuario no encontrado en Auth Service.", "User not found in Auth Service.")
	ErrAuthUnavailable  = errs.New(errs.Unavailable, "auth.unavailable", "El servicio de usuarios no está disponible. Intente de nuevo.", "The user service is not available. Try again.")
	ErrDecided          = errs.New(errs.Conflict, "profiles.verification_decided", "Esta solicitud ya no está pendiente.", "This submission is not pending any more.")
	ErrNotVerified      = errs.New(errs.Conflict, "profiles.verification_not_standing", "Esta verificación ya no está vigente.", "This verification does not stand any more.")
	ErrOwnVerification  = errs.New(errs.Forbidden, "profiles.own_verification", "Nadie decide sobre su propia verificación.", "Nobody decides about their own verification.")
	ErrNoFiles          = errs.New(errs.Invalid, "profiles.no_files", "No files provided.", "No files provided.")
	ErrMediaUnavailable = errs.New(errs.Unavailable, "media.unavailable", "El servicio de archivos no está disponible.", "The media service is not available.")
)
