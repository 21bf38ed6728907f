// Package profilesjson is how profiles look in REST answers (contract: rest.md §4). Profiles' own
// routes answer with these shapes, and auth's nest them in its users, so that a profile reads the
// same wherever it stands.
//
// Every field is always there, lists are never null, and what proves a title is shown to nobody but
// its owner and staff (decision D3), and neither is the exact place.
//
// Constructors make a profile without its files; [Illustrate] then fills those of a whole page in, or
// [Ask] and Fill for who has media asked together with other things.
package profilesjson

import "agrovet/internal/media/mediajson"

// Specialist is a specialist's profile.
type Specialist struct {
	ID                     int64  `json:"id" doc:"The profile's id; 0 for a moment after the registration, until the profile has been made."`
	UserID                 int64  `json:"user_id" doc:"Whose profile it is. Paths take this id."`
	UserDisplay            string `json:"user_display" doc:"The user's full name, else User and the id."`
	Profession             string `json:"profession" doc:"Veterinario, Agrónomo or Zootecnista; empty until it is set."`
	ExperienceYears        int    `json:"experience_years" doc:"0 to 80."`
	AboutUs                string `json:"about_us"`
	CanGiveConsultations   bool   `json:"can_give_consultations"`
	CanOfferOnlineServices bool   `json:"can_offer_online_services"`

	VerificationType   *string `json:"verification_type" doc:"What staff found proved: graduated, student or title. Null unless the specialist is verified; uploading a document decides nothing."`
	VerificationStatus *string `json:"verification_status" doc:"verified_professional (graduated or title) or verified_student; null unless the specialist is verified."`
	IsVerified         bool    `json:"is_verified" doc:"Verified by decision of staff, which still stands."`
	VerificationState  string  `json:"verification_state" doc:"For the owner and staff: none, pending, verified, rejected or expired. For everybody else: none or verified."`

	Species      []string `json:"species" nullable:"false" doc:"What the specialist works with, from a fixed set of words."`
	Services     []string `json:"services" nullable:"false" doc:"What the specialist does, from a fixed set of words."`
	Latitude     *string  `json:"latitude" doc:"Degrees: with 7 decimals for the owner and staff; with 3, of a place up to 2 km away, for everybody else. Null when unknown or not shown."`
	Longitude    *string  `json:"longitude"`
	LocationName string   `json:"location_name" doc:"The place's name, as the owner writes it."`
	ShowPlace    bool     `json:"show_place" doc:"Whether others learn the place at all."`
	DistanceKM   *float64 `json:"distance_km" doc:"With near: how far away the rough place is, in km with one decimal. Else null."`

	WorkImagesIDs  []int64           `json:"work_images_ids" nullable:"false" doc:"Media ids, in the owner's order."`
	WorkImages     []string          `json:"work_images" nullable:"false" doc:"Addresses of the work images that can be shown."`
	WorkImagesFull []mediajson.Media `json:"work_images_full" nullable:"false" doc:"The same images with all that is known of them."`

	VerificationTitleID             *int64  `json:"verification_title_id" doc:"Media id. Shown to the owner and staff only, null for everybody else; so are the other five."`
	VerificationStudentCardID       *int64  `json:"verification_student_card_id"`
	VerificationGraduationLetterID  *int64  `json:"verification_graduation_letter_id"`
	VerificationTitleURL            *string `json:"verification_title_url"`
	VerificationStudentCardURL      *string `json:"verification_student_card_url"`
	VerificationGraduationLetterURL *string `json:"verification_graduation_letter_url"`

	Puntuations float64 `json:"puntuations" doc:"Read-only."`
	Point       int     `json:"point" doc:"Read-only."`
}

// Businessman is a businessman's profile.
type Businessman struct {
	ID                     int64             `json:"id" doc:"The profile's id; 0 for a moment after the registration, until the profile has been made."`
	UserID                 int64             `json:"user_id" doc:"Whose profile it is. Paths take this id."`
	UserDisplay            string            `json:"user_display" doc:"The user's full name, else User and the id."`
	BusinessType           string            `json:"business_type" doc:"Agroveterinaria or Empresa Agropecuaria."`
	BusinessName           string            `json:"business_name" doc:"Empty until it is set."`
	Descriptions           string            `json:"descriptions"`
	Contact                string            `json:"contact" doc:"Mail or phone, as the owner wants it shown."`
	OffersLocalProducts    bool              `json:"offers_local_products"`
	ProductsAndServicesIDs []int64           `json:"products_and_services_ids" nullable:"false" doc:"Media ids, in the owner's order."`
	ProductsAndServices    []string          `json:"products_and_services" nullable:"false" doc:"Addresses of the images that can be shown."`
	ProductsAndServicesAll []mediajson.Media `json:"products_and_services_full" nullable:"false" doc:"The same images with all that is known of them."`
}

// Consumer is a consumer's profile.
type Consumer struct {
	ID          int64  `json:"id" doc:"The profile's id; 0 for a moment after the registration, until the profile has been made."`
	UserID      int64  `json:"user_id" doc:"Whose profile it is. Paths take this id."`
	UserDisplay string `json:"user_display" doc:"The user's full name, else User and the id."`
}
