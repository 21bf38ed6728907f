package core

import (
	"context"
	"strings"

	"golang.org/x/text/language"

	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/errs"
	"agrovet/internal/profiles"
	"agrovet/internal/profiles/internal/store"
)

// Standing is where a specialist stands with staff.
type Standing struct {
	Verification profiles.Verification
	Current      *store.Verification // what the state comes from; nil for none
	History      []store.Entry       // newest first
}

// maxHistory is how much of the history is shown.
const maxHistory = 50

// Verification returns where the specialist stands.
//
// Errors: as [Profiles.Get].
func (c *Core) Verification(ctx context.Context, userID int64) (out Standing, err error) {
	s, err := c.Specialists.Get(ctx, userID)
	if err != nil {
		return out, err
	}
	out.Verification = s.Profile.Verification
	current, there, err := c.verifier.store.Current(ctx, userID)
	if err != nil {
		return out, err
	}
	if there {
		out.Current = &current
	}
	out.History, err = c.verifier.store.History(ctx, userID, maxHistory)
	return out, err
}

// Submit asks staff to verify the specialist, who must be the one who asks. change sets documents that
// come along; it may do nothing.
//
// Errors: errs.ErrForbidden for anybody else; wrong fields, non_field_errors without any document; as
// [Profiles.Change].
func (c *Core) Submit(ctx context.Context, userID int64, l store.Licence, change func(*profiles.Specialist)) (Standing, error) {
	if authn.UserID(ctx) != userID {
		return Standing{}, errs.ErrForbidden
	}
	l = tidyLicence(l)
	_, err := c.Specialists.write(ctx, userID, edit[profiles.Specialist]{change: change,
		then: func(ctx context.Context, _ profiles.Specialist, r *store.Row[profiles.Specialist]) error {
			if wrong := checkSubmission(l, r.Profile.Documents); len(wrong) > 0 {
				return errs.InvalidFields(wrong...)
			}
			return c.verifier.submit(ctx, r, l)
		}})
	if err != nil {
		return Standing{}, err
	}
	return c.Verification(ctx, userID)
}

func tidyLicence(l store.Licence) store.Licence {
	l.Number, l.Body = strings.TrimSpace(l.Number), strings.TrimSpace(l.Body)
	l.Country = strings.ToUpper(strings.TrimSpace(l.Country))
	return l
}

// checkSubmission tells what is wrong with a submission. Students have no licence yet, so with nothing
// but a student card none needs to be named; half a licence is none.
func checkSubmission(l store.Licence, d profiles.Documents) (wrong []errs.Field) {
	if d == (profiles.Documents{}) {
		wrong = append(wrong, errs.Field{Name: "non_field_errors", Text: errs.Text{
			ES: "Adjunte al menos un documento.", EN: "Attach at least one document."}})
	}
	student := d == profiles.Documents{StudentCardID: d.StudentCardID}
	if student && l == (store.Licence{}) {
		return wrong
	}
	for _, f := range []struct{ name, value string }{
		{"licence_number", l.Number}, {"licence_body", l.Body}, {"licence_country", l.Country},
	} {
		if f.value == "" {
			wrong = append(wrong, errs.Field{Name: f.name, Text: textRequired})
		}
	}
	if l.Country != "" && !isCountry(l.Country) {
		wrong = append(wrong, errs.Field{Name: "licence_country", Text: errs.Text{
			ES: "\"" + l.Country + "\" no es una elección válida.", EN: "\"" + l.Country + "\" is not a valid choice."}})
	}
	if store.Over(l.ExpiresOn) {
		wrong = append(wrong, errs.Field{Name: "licence_expires_on", Text: textPast})
	}
	return wrong
}

// textPast is for days that must not be over.
var textPast = errs.Text{ES: "Esta fecha ya pasó.", EN: "This date is over."}

// isCountry says whether code is a country's in ISO 3166-1 alpha-2, in capitals. Codes that have been
// given up for others, UK among them, are none.
func isCountry(code string) bool {
	region, err := language.ParseRegion(code)
	return err == nil && len(code) == 2 && region.IsCountry() && region.Canonicalize().String() == code
}
