package web

import (
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/httpx"
	"agrovet/internal/profiles"
)

// What clients send. Clients send whole profiles back, so every other field of an answer may come
// along: it is ignored, the user's id above all.

// body is what a client sends to change a profile.
type body[T any] interface {
	check() error // what the types of the fields do not say
	apply(*T)     // of a body that was checked
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
	WorkImagesIDs          httpx.Opt[[]int64] `json:"work_images_ids,omitempty" nullable:"false" maxItems:"100" doc:"The owner's pictures, as media ids in the order to show them; repeated ones count once."`
	DocumentFields
	Species      httpx.Opt[[]string] `json:"species,omitempty" nullable:"false" maxItems:"50" enum:"bovinos,ovinos,caprinos,porcinos,equinos,aves,camelidos,peces,abejas,perros,gatos,cultivos,pastos,otros"`
	Services     httpx.Opt[[]string] `json:"services,omitempty" nullable:"false" maxItems:"50" enum:"consultas,domicilio,en_linea,cirugia,vacunacion,laboratorio,inseminacion,asesoria,otros"`
	Latitude     httpx.Opt[string]   `json:"latitude,omitempty" format:"decimal" doc:"Degrees from -90 to 90, at most 7 decimals; a number or a text. Others see a rough place. Null, with longitude, removes it."`
	Longitude    httpx.Opt[string]   `json:"longitude,omitempty" format:"decimal" doc:"Degrees from -180 to 180."`
	LocationName httpx.Opt[string]   `json:"location_name,omitempty" nullable:"false" maxLength:"255"`
	ShowPlace    httpx.Opt[bool]     `json:"show_place,omitempty" nullable:"false" doc:"False: others learn nothing of the place, and do not find it by near."`
}

// DocumentFields are what proves a specialist's title.
type DocumentFields struct {
	TitleID            httpx.Opt[int64] `json:"verification_title_id,omitempty" minimum:"1" doc:"A private file of the owner, as media id; null removes it."`
	StudentCardID      httpx.Opt[int64] `json:"verification_student_card_id,omitempty" minimum:"1" doc:"As verification_title_id."`
	GraduationLetterID httpx.Opt[int64] `json:"verification_graduation_letter_id,omitempty" minimum:"1" doc:"As verification_title_id."`
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
	b.DocumentFields.apply(s)
	set(&s.Species, b.Species)
	set(&s.Services, b.Services)
	set(&s.Place.Name, b.LocationName)
	setDegrees(&s.Place.Latitude, b.Latitude)
	setDegrees(&s.Place.Longitude, b.Longitude)
	if b.ShowPlace.Sent {
		s.Place.Hidden = !b.ShowPlace.Value
	}
}

func (b SpecialistFields) check() error {
	wrong := append(checkDegrees("latitude", b.Latitude, 90), checkDegrees("longitude", b.Longitude, 180)...)
	if len(wrong) > 0 {
		return errs.InvalidFields(wrong...)
	}
	return nil
}

func (b DocumentFields) apply(s *profiles.Specialist) {
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

func (b BusinessmanFields) check() error { return nil }

// ConsumerBody is what clients send to a consumer's profile, which has no fields to change.
type ConsumerBody struct{}

func (ConsumerBody) check() error             { return nil }
func (ConsumerBody) apply(*profiles.Consumer) {}

// set takes over what was sent; null is the zero value.
func set[T any](to *T, from httpx.Opt[T]) {
	if from.Sent {
		*to = from.Value
	}
}
