package core

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"agrovet/internal/media"
	"agrovet/internal/platform/errs"
	"agrovet/internal/profiles"
)

// Media is what profiles asks of media.
type Media interface {
	Objects(ctx context.Context, ids ...int64) (map[int64]media.Object, error)
	Claim(ctx context.Context, userID int64, ids ...int64) error
	Links(ctx context.Context, ids ...int64) (map[int64]string, error)
	Upload(ctx context.Context, u media.Upload) (media.Object, error)
}

// place is where a profile shows files of its owner. Media learns of each place what it shows.
type place struct {
	name   string
	fields []field
	fits   func(media.Object) bool
}

// field is a field of REST with the files that it names.
type field struct {
	name string
	ids  []int64
}

func specialistFiles(s profiles.Specialist) []place {
	d := s.Documents
	return []place{
		{"work_images", []field{{"work_images_ids", s.WorkImageIDs}}, isPicture},
		{"documents", []field{
			{"verification_title_id", some(d.TitleID)},
			{"verification_student_card_id", some(d.StudentCardID)},
			{"verification_graduation_letter_id", some(d.GraduationLetterID)},
		}, isDocument},
	}
}

func businessmanFiles(b profiles.Businessman) []place {
	return []place{{"products", []field{{"products_and_services_ids", b.ProductIDs}}, isPicture}}
}

// isPicture says whether everybody may see the object, and can.
func isPicture(o media.Object) bool { return o.Kind == media.Image && !o.Private }

// isDocument says whether the object is private and can be looked at.
func isDocument(o media.Object) bool {
	return o.Private && (o.Kind == media.Image || o.Kind == media.Document)
}

// some is the id as a list, which is empty for 0.
func some(id int64) []int64 {
	if id == 0 {
		return nil
	}
	return []int64{id}
}

// ids are all files of the place, each once, in order.
func (p place) ids() []int64 {
	all := []int64{}
	for _, f := range p.fields {
		all = append(all, f.ids...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// admit sees to it that the files which an edit adds are the profile's owner's and of the right sort,
// whoever edits. It asks media before the transaction begins, so that nothing is locked meanwhile. What
// the profile shows already is not asked about again: clients send whole profiles back.
//
// Errors: wrong fields; profiles.ErrMediaUnavailable; those of a profile of another kind.
func (p *Profiles[T]) admit(ctx context.Context, who person, e edit[T]) error {
	given := p.empty(who.ID)
	e.change(&given)
	if !slices.ContainsFunc(p.files(given), func(p place) bool { return len(p.ids()) > 0 }) {
		return nil
	}
	if err := p.ofKind(ctx, who, e.create); err != nil {
		return err
	}
	row, err := p.row(ctx, who.ID)
	if err != nil {
		return err
	}
	before := row.Profile
	e.change(&row.Profile)
	p.tidy(&row.Profile)
	if wrong := p.check(before, row.Profile, e.whole); len(wrong) > 0 {
		return errs.InvalidFields(wrong...)
	}
	return p.claimFiles(ctx, who.ID, added(p.files(before), p.files(row.Profile)))
}

// added is what the places show more than before.
func added(before, after []place) []place {
	for i := range after {
		had := before[i].ids()
		for j, f := range after[i].fields {
			after[i].fields[j].ids = slices.DeleteFunc(slices.Clone(f.ids), func(id int64) bool { return slices.Contains(had, id) })
		}
	}
	return after
}

// claimFiles makes the files the user's, unless some are not there, somebody else's, or unfit.
func (b *base) claimFiles(ctx context.Context, userID int64, places []place) error {
	var ids []int64
	for _, p := range places {
		ids = append(ids, p.ids()...)
	}
	switch {
	case len(ids) == 0:
		return nil
	case b.Media == nil:
		return profiles.ErrMediaUnavailable
	}
	if err := b.inspect(ctx, userID, places, ids); err != nil {
		return err
	}
	var others *media.NotOwned
	switch err := b.Media.Claim(ctx, userID, ids...); {
	case errors.As(err, &others): // somebody was faster
		return errs.InvalidFields(unfit(places, func(_ place, id int64) bool { return !slices.Contains(others.IDs, id) })...)
	case err != nil:
		return profiles.ErrMediaUnavailable.Wrap(err)
	}
	return nil
}

// inspect looks at the files before any is claimed.
func (b *base) inspect(ctx context.Context, userID int64, places []place, ids []int64) error {
	objects, err := b.Media.Objects(ctx, ids...)
	if err != nil {
		return profiles.ErrMediaUnavailable.Wrap(err)
	}
	wrong := unfit(places, func(p place, id int64) bool {
		o, ok := objects[id]
		return ok && (o.OwnerID == 0 || o.OwnerID == userID) && p.fits(o)
	})
	if len(wrong) > 0 {
		return errs.InvalidFields(wrong...)
	}
	return nil
}

// unfit tells the fields of what may not be shown. All reasons read the same, so that nobody learns
// what others have.
func unfit(places []place, fits func(p place, id int64) bool) (wrong []errs.Field) {
	for _, p := range places {
		for _, f := range p.fields {
			for _, id := range f.ids {
				if !fits(p, id) {
					wrong = append(wrong, errs.Field{Name: f.name, Text: errs.Text{
						ES: fmt.Sprintf("Media %d no encontrada.", id), EN: fmt.Sprintf("Media %d not found.", id)}})
				}
			}
		}
	}
	return wrong
}
