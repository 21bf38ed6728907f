package store

import (
	"context"

	"agrovet/internal/platform/geo"
	"agrovet/internal/platform/pg"
	"agrovet/internal/profiles"
	"agrovet/internal/profiles/internal/store/profilesdb"
)

// Specialists is the table of specialists.
type Specialists struct{ DB *pg.DB }

// Of returns the profiles of those users who are specialists.
func (t Specialists) Of(ctx context.Context, userIDs ...int64) ([]Row[profiles.Specialist], error) {
	rows, err := queries.SpecialistsOf(ctx, t.DB.Q(ctx), userIDs)
	out := make([]Row[profiles.Specialist], len(rows))
	for i, r := range rows {
		out[i] = specialistRow(r.Specialist, r.WorkImageIds)
	}
	return out, err
}

// Stored returns the user's row, if any, whatever kind of profile the user shows.
func (t Specialists) Stored(ctx context.Context, userID int64) ([]Row[profiles.Specialist], error) {
	rows, err := queries.SpecialistStored(ctx, t.DB.Q(ctx), userID)
	out := make([]Row[profiles.Specialist], len(rows))
	for i, r := range rows {
		out[i] = specialistRow(r.Specialist, r.WorkImageIds)
	}
	return out, err
}

// Page returns a part of the list.
func (t Specialists) Page(ctx context.Context, s Span) ([]Row[profiles.Specialist], error) {
	rows, err := queries.SpecialistsPage(ctx, t.DB.Q(ctx), profilesdb.SpecialistsPageParams{
		AfterID: s.After, SkipRows: int32(s.Skip), MaxRows: int32(s.Limit)})
	out := make([]Row[profiles.Specialist], len(rows))
	for i, r := range rows {
		out[i] = specialistRow(r.Specialist, r.WorkImageIds)
	}
	return out, err
}

// Count counts the list, up to limit.
func (t Specialists) Count(ctx context.Context, limit int) (int64, error) {
	return queries.SpecialistsCount(ctx, t.DB.Q(ctx), int32(limit))
}

// Insert adds the row and returns its id.
func (t Specialists) Insert(ctx context.Context, r Row[profiles.Specialist]) (int64, error) {
	p, rough := r.Profile, roughColumns(r.Profile.Place.Rough)
	id, err := queries.SpecialistInsert(ctx, t.DB.Q(ctx), profilesdb.SpecialistInsertParams{
		UserID: r.UserID, Claimed: r.Claimed, Profession: p.Profession,
		ExperienceYears: int32(p.ExperienceYears), AboutUs: p.AboutUs,
		CanGiveConsultations: p.CanGiveConsultations, CanOfferOnlineServices: p.CanOfferOnlineServices,
		TitleID: p.Documents.TitleID, StudentCardID: p.Documents.StudentCardID,
		GraduationLetterID: p.Documents.GraduationLetterID, Species: p.Species, Services: p.Services,
		Latitude: p.Place.Latitude, Longitude: p.Place.Longitude, LocationName: p.Place.Name, ShowPlace: !p.Place.Hidden,
		RoughLatitude: rough.latitude, RoughLongitude: rough.longitude, Cell: rough.cell, Searchable: Searchable(p),
	})
	if err != nil {
		return 0, err
	}
	return id, t.insertImages(ctx, r)
}

// Update writes the row anew, but for the verification.
func (t Specialists) Update(ctx context.Context, r Row[profiles.Specialist]) error {
	p, rough := r.Profile, roughColumns(r.Profile.Place.Rough)
	err := queries.SpecialistUpdate(ctx, t.DB.Q(ctx), profilesdb.SpecialistUpdateParams{
		UserID: r.UserID, Claimed: r.Claimed, Profession: p.Profession,
		ExperienceYears: int32(p.ExperienceYears), AboutUs: p.AboutUs,
		CanGiveConsultations: p.CanGiveConsultations, CanOfferOnlineServices: p.CanOfferOnlineServices,
		TitleID: p.Documents.TitleID, StudentCardID: p.Documents.StudentCardID,
		GraduationLetterID: p.Documents.GraduationLetterID, Species: p.Species, Services: p.Services,
		Latitude: p.Place.Latitude, Longitude: p.Place.Longitude, LocationName: p.Place.Name, ShowPlace: !p.Place.Hidden,
		RoughLatitude: rough.latitude, RoughLongitude: rough.longitude, Cell: rough.cell, Searchable: Searchable(p),
	})
	if err == nil {
		err = queries.WorkImagesDelete(ctx, t.DB.Q(ctx), r.UserID)
	}
	if err != nil {
		return err
	}
	return t.insertImages(ctx, r)
}

func (t Specialists) insertImages(ctx context.Context, r Row[profiles.Specialist]) error {
	if len(r.Profile.WorkImageIDs) == 0 {
		return nil
	}
	return queries.WorkImagesInsert(ctx, t.DB.Q(ctx), profilesdb.WorkImagesInsertParams{
		UserID: r.UserID, MediaIds: r.Profile.WorkImageIDs})
}

// Delete removes the user's row; one that is not there is fine.
func (t Specialists) Delete(ctx context.Context, userID int64) error {
	return queries.SpecialistDelete(ctx, t.DB.Q(ctx), userID)
}

func specialistRow(s profilesdb.Specialist, images []int64) Row[profiles.Specialist] {
	return Row[profiles.Specialist]{ID: s.ID, UserID: s.UserID, Claimed: s.Claimed, Profile: profiles.Specialist{
		ID: s.ID, UserID: s.UserID, Profession: s.Profession,
		ExperienceYears: int(s.ExperienceYears), AboutUs: s.AboutUs,
		CanGiveConsultations: s.CanGiveConsultations, CanOfferOnlineServices: s.CanOfferOnlineServices,
		WorkImageIDs: images,
		Documents:    profiles.Documents{TitleID: s.TitleID, StudentCardID: s.StudentCardID, GraduationLetterID: s.GraduationLetterID},
		Species:      s.Species, Services: s.Services,
		Place: profiles.Place{Latitude: s.Latitude, Longitude: s.Longitude, Name: s.LocationName, Hidden: !s.ShowPlace,
			Rough: roughPoint(s)},
		Verification: verificationOf(s),
		Puntuations:  s.Puntuations, Point: int(s.Point),
	}}
}

// verificationOf reads the state as of today: a decision whose last day is over has expired, whether
// or not the job has marked it yet.
func verificationOf(s profilesdb.Specialist) profiles.Verification {
	v := profiles.Verification{State: profiles.VerificationState(s.VerificationState)}
	switch {
	case s.VerifiedType != "" && !Over(timeOf(s.VerifiedUntil)):
		v.Verified, v.Type = true, profiles.VerificationType(s.VerifiedType)
	case v.State == profiles.VerificationVerified:
		v.State = profiles.VerificationExpired
	}
	return v
}

// rough are the columns of a rough place; all null when there is none.
type rough struct {
	latitude, longitude *float64
	cell                *int32
}

func roughColumns(p *geo.Point) rough {
	if p == nil {
		return rough{}
	}
	cell := cellOf(*p)
	return rough{&p.Latitude, &p.Longitude, &cell}
}

func roughPoint(s profilesdb.Specialist) *geo.Point {
	if s.RoughLatitude == nil || s.RoughLongitude == nil {
		return nil
	}
	return &geo.Point{Latitude: *s.RoughLatitude, Longitude: *s.RoughLongitude}
}
