package store

import (
	"context"

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
	p := r.Profile
	id, err := queries.SpecialistInsert(ctx, t.DB.Q(ctx), profilesdb.SpecialistInsertParams{
		UserID: r.UserID, Claimed: r.Claimed, Profession: p.Profession,
		ExperienceYears: int32(p.ExperienceYears), AboutUs: p.AboutUs,
		CanGiveConsultations: p.CanGiveConsultations, CanOfferOnlineServices: p.CanOfferOnlineServices,
		TitleID: p.Documents.TitleID, StudentCardID: p.Documents.StudentCardID,
		GraduationLetterID: p.Documents.GraduationLetterID,
	})
	if err != nil {
		return 0, err
	}
	return id, t.insertImages(ctx, r)
}

// Update writes the row anew.
func (t Specialists) Update(ctx context.Context, r Row[profiles.Specialist]) error {
	p := r.Profile
	err := queries.SpecialistUpdate(ctx, t.DB.Q(ctx), profilesdb.SpecialistUpdateParams{
		UserID: r.UserID, Claimed: r.Claimed, Profession: p.Profession,
		ExperienceYears: int32(p.ExperienceYears), AboutUs: p.AboutUs,
		CanGiveConsultations: p.CanGiveConsultations, CanOfferOnlineServices: p.CanOfferOnlineServices,
		TitleID: p.Documents.TitleID, StudentCardID: p.Documents.StudentCardID,
		GraduationLetterID: p.Documents.GraduationLetterID,
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
		Puntuations:  s.Puntuations, Point: int(s.Point),
	}}
}
