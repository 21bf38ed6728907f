package web

import (
	"agrovet/internal/platform/httpx"
	"agrovet/internal/profiles"
)

// What clients send. Clients send whole profiles back, so every other field of an answer may come
// along: it is ignored, the user's id above all.

// body is what a client sends to change a profile.
type body[T any] interface {
	apply(*T)
}

// SpecialistPatch changes a specialist's profile: the fields that are sent.
type SpecialistPatch struct {
	Profession httpx.Opt[string] `json:"profession,omitempty" nullable:"false" doc:"Veterinario, Agrónomo or Zootecnista; empty: not set." enum:"Veterinario,Agrónomo,Zootecnista,"`
	SpecialistFields
}

// SpecialistWhole fills a specialist's profile.
type SpecialistWhole struct {
	Profession string `json:"profession" enum:"Veterinario,Agrónomo,Zootecnista"`
	SpecialistFields
}

// SpecialistFields are the fields that are never required.
type SpecialistFields struct {
	ExperienceYears        httpx.Opt[int]     `json:"experience_years,omitempty" nullable:"false" minimum:"0" maximum:"80"`
	AboutUs                httpx.Opt[string]  `json:"about_us,omitempty" nullable:"false" maxLength:"10000"`
	CanGiveConsultations   httpx.Opt[bool]    `json:"can_give_consultations,omitempty" nullable:"false"`
	CanOfferOnlineServices httpx.Opt[bool]    `json:"can_offer_online_services,omitempty" nullable:"false"`
	WorkImagesIDs          httpx.Opt[[]int64] `json:"work_images_ids,omitempty" nullable:"false" maxItems:"100" doc:"Media ids in the order to show them; repeated ones count once."`
	TitleID                httpx.Opt[int64]   `json:"verification_title_id,omitempty" minimum:"1" doc:"Media id; null removes it."`
	StudentCardID          httpx.Opt[int64]   `json:"verification_student_card_id,omitempty" minimum:"1" doc:"Media id; null removes it."`
	GraduationLetterID     httpx.Opt[int64]   `json:"verification_graduation_letter_id,omitempty" minimum:"1" doc:"Media id; null removes it."`
}

func (b SpecialistPatch) apply(s *profiles.Specialist) {
	set(&s.Profession, b.Profession)
	b.SpecialistFields.apply(s)
}

func (b SpecialistWhole) apply(s *profiles.Specialist) {
	s.Profession = b.Profession
	b.SpecialistFields.apply(s)
}

func (b SpecialistFields) apply(s *profiles.Specialist) {
	set(&s.ExperienceYears, b.ExperienceYears)
	set(&s.AboutUs, b.AboutUs)
	set(&s.CanGiveConsultations, b.CanGiveConsultations)
	set(&s.CanOfferOnlineServices, b.CanOfferOnlineServices)
	set(&s.WorkImageIDs, b.WorkImagesIDs)
	set(&s.Documents.TitleID, b.TitleID)
	set(&s.Documents.StudentCardID, b.StudentCardID)
	set(&s.Documents.GraduationLetterID, b.GraduationLetterID)
}

// BusinessmanPatch changes a businessman's profile: the fields that are sent.
type BusinessmanPatch struct {
	BusinessName httpx.Opt[string] `json:"business_name,omitempty" nullable:"false" maxLength:"255" doc:"May not be cleared."`
	Descriptions httpx.Opt[string] `json:"descriptions,omitempty" nullable:"false" maxLength:"10000" doc:"May not be cleared."`
	Contact      httpx.Opt[string] `json:"contact,omitempty" nullable:"false" maxLength:"255" doc:"Mail or phone. May not be cleared."`
	BusinessmanFields
}

// BusinessmanWhole fills a businessman's profile.
type BusinessmanWhole struct {
	BusinessName string `json:"business_name" minLength:"1" maxLength:"255"`
	Descriptions string `json:"descriptions" minLength:"1" maxLength:"10000"`
	Contact      string `json:"contact" minLength:"1" maxLength:"255" doc:"Mail or phone."`
	BusinessmanFields
}

// BusinessmanFields are the fields that are never required.
type BusinessmanFields struct {
	BusinessType        httpx.Opt[string]  `json:"business_type,omitempty" nullable:"false" enum:"Agroveterinaria,Empresa Agropecuaria"`
	OffersLocalProducts httpx.Opt[bool]    `json:"offers_local_products,omitempty" nullable:"false"`
	ProductIDs          httpx.Opt[[]int64] `json:"products_and_services_ids,omitempty" nullable:"false" maxItems:"100" doc:"Media ids in the order to show them; repeated ones count once."`
}

func (b BusinessmanPatch) apply(p *profiles.Businessman) {
	set(&p.BusinessName, b.BusinessName)
	set(&p.Descriptions, b.Descriptions)
	set(&p.Contact, b.Contact)
	b.BusinessmanFields.apply(p)
}

func (b BusinessmanWhole) apply(p *profiles.Businessman) {
	p.BusinessName, p.Descriptions, p.Contact = b.BusinessName, b.Descriptions, b.Contact
	b.BusinessmanFields.apply(p)
}

func (b BusinessmanFields) apply(p *profiles.Businessman) {
	set(&p.BusinessType, b.BusinessType)
	set(&p.OffersLocalProducts, b.OffersLocalProducts)
	set(&p.ProductIDs, b.ProductIDs)
}

// ConsumerBody is what clients send to a consumer's profile, which has no fields to change.
type ConsumerBody struct{}

func (ConsumerBody) apply(*profiles.Consumer) {}

// set takes over what was sent; null is the zero value.
func set[T any](to *T, from httpx.Opt[T]) {
	if from.Sent {
		*to = from.Value
	}
}
