package profilesjson

import (
	"strconv"

	"agrovet/internal/media/mediajson"
	"agrovet/internal/profiles"
)

// NewSpecialist makes the JSON of s. display is the user's display name. Documents, the exact place and
// undecided verifications are in it only when owner is true: the reader is the profile's owner, or staff.
func NewSpecialist(s profiles.Specialist, display string, owner bool) Specialist {
	out := Specialist{
		ID: s.ID, UserID: s.UserID, UserDisplay: display,
		Profession: s.Profession, ExperienceYears: s.ExperienceYears, AboutUs: s.AboutUs,
		CanGiveConsultations: s.CanGiveConsultations, CanOfferOnlineServices: s.CanOfferOnlineServices,
		WorkImagesIDs: list(s.WorkImageIDs), WorkImages: []string{}, WorkImagesFull: []mediajson.Media{},
		Species: list(s.Species), Services: list(s.Services), ShowPlace: !s.Place.Hidden,
		Puntuations: s.Puntuations, Point: s.Point,
	}
	out.verified(s.Verification)
	if owner {
		out.private(s)
	} else {
		out.public(s)
	}
	return out
}

// verified says what everybody may know of a decision.
func (out *Specialist) verified(v profiles.Verification) {
	if !v.Verified {
		return
	}
	kind, status := string(v.Type), "verified_professional"
	if v.Type == profiles.Student {
		status = "verified_student"
	}
	out.IsVerified, out.VerificationType, out.VerificationStatus = true, &kind, &status
}

// private adds what the owner and staff see.
func (out *Specialist) private(s profiles.Specialist) {
	out.VerificationState = string(s.Verification.State)
	out.VerificationTitleID = id(s.Documents.TitleID)
	out.VerificationStudentCardID = id(s.Documents.StudentCardID)
	out.VerificationGraduationLetterID = id(s.Documents.GraduationLetterID)
	out.LocationName = s.Place.Name
	out.Latitude, out.Longitude = degrees(s.Place.Latitude, exactDecimals), degrees(s.Place.Longitude, exactDecimals)
}

// public adds what everybody else sees instead.
func (out *Specialist) public(s profiles.Specialist) {
	out.VerificationState = string(profiles.VerificationNone)
	if out.IsVerified {
		out.VerificationState = string(profiles.VerificationVerified)
	}
	if s.Place.Hidden {
		return
	}
	out.LocationName = s.Place.Name
	if p := s.Place.Rough; p != nil {
		out.Latitude, out.Longitude = degrees(&p.Latitude, roughDecimals), degrees(&p.Longitude, roughDecimals)
	}
}

// NewBusinessman makes the JSON of b. display is the user's display name.
func NewBusinessman(b profiles.Businessman, display string) Businessman {
	return Businessman{
		ID: b.ID, UserID: b.UserID, UserDisplay: display,
		BusinessType: b.BusinessType, BusinessName: b.BusinessName, Descriptions: b.Descriptions,
		Contact: b.Contact, OffersLocalProducts: b.OffersLocalProducts,
		ProductsAndServicesIDs: list(b.ProductIDs), ProductsAndServices: []string{}, ProductsAndServicesAll: []mediajson.Media{},
	}
}

// NewConsumer makes the JSON of c. display is the user's display name.
func NewConsumer(c profiles.Consumer, display string) Consumer {
	return Consumer{ID: c.ID, UserID: c.UserID, UserDisplay: display}
}

// id is null for 0, which is no media's id.
func id(n int64) *int64 {
	if n == 0 {
		return nil
	}
	return &n
}

func list[T any](all []T) []T {
	if all == nil {
		return []T{}
	}
	return all
}

// Decimals of places: those of users (contract: data.md §1), and those of rough ones.
const (
	exactDecimals = 7
	roughDecimals = 3
)

func degrees(d *float64, decimals int) *string {
	if d == nil {
		return nil
	}
	text := strconv.FormatFloat(*d, 'f', decimals, 64)
	return &text
}
