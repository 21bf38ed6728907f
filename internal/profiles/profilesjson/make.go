package profilesjson

import "agrovet/internal/profiles"

// NewSpecialist makes the JSON of s. display is the user's display name. The document ids are in it
// only when owner is true: the reader is the profile's owner, or staff.
//
// Nothing is verified before staff has decided (contract: rest.md §11, fault 24), and there are no
// decisions yet; addresses of images and documents belong to the media module, so there are none.
func NewSpecialist(s profiles.Specialist, display string, owner bool) Specialist {
	out := Specialist{
		ID: s.ID, UserID: s.UserID, UserDisplay: display,
		Profession: s.Profession, ExperienceYears: s.ExperienceYears, AboutUs: s.AboutUs,
		CanGiveConsultations: s.CanGiveConsultations, CanOfferOnlineServices: s.CanOfferOnlineServices,
		WorkImagesIDs: list(s.WorkImageIDs), WorkImages: []string{}, WorkImagesFull: []Picture{},
		Puntuations: s.Puntuations, Point: s.Point,
	}
	if owner {
		out.VerificationTitleID = id(s.Documents.TitleID)
		out.VerificationStudentCardID = id(s.Documents.StudentCardID)
		out.VerificationGraduationLetterID = id(s.Documents.GraduationLetterID)
	}
	return out
}

// NewBusinessman makes the JSON of b. display is the user's display name.
func NewBusinessman(b profiles.Businessman, display string) Businessman {
	return Businessman{
		ID: b.ID, UserID: b.UserID, UserDisplay: display,
		BusinessType: b.BusinessType, BusinessName: b.BusinessName, Descriptions: b.Descriptions,
		Contact: b.Contact, OffersLocalProducts: b.OffersLocalProducts,
		ProductsAndServicesIDs: list(b.ProductIDs), ProductsAndServices: []string{}, ProductsAndServicesAll: []Picture{},
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

func list(ids []int64) []int64 {
	if ids == nil {
		return []int64{}
	}
	return ids
}
