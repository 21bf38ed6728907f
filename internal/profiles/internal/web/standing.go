package web

import (
	"context"
	"time"

	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/httpx"
	"agrovet/internal/profiles"
	"agrovet/internal/profiles/internal/core"
	"agrovet/internal/profiles/internal/store"
)

// How verifications look in answers; their routes are in verifications.go.

// Standing is where a specialist stands with staff.
type Standing struct {
	ID         *int64 `json:"id" doc:"Of the submission that the state comes from: the pending one, else the last decided. Null when there is none."`
	UserID     int64  `json:"user_id"`
	State      string `json:"state" doc:"none, pending, verified, rejected or expired."`
	IsVerified bool   `json:"is_verified" doc:"A decision stands; also while a newer submission is pending."`
	Details
	History []Step `json:"history" nullable:"false" doc:"Newest first, at most 50."`
}

// Submission is what a specialist has submitted, as staff lists it.
type Submission struct {
	ID          int64  `json:"id"`
	UserID      int64  `json:"user_id"`
	UserDisplay string `json:"user_display" doc:"The user's full name, else User and the id."`
	Status      string `json:"status" doc:"pending, verified, rejected, expired, replaced (by a newer one) or withdrawn (no document was left)."`
	Details
}

// Details are a submission and the decision on it.
type Details struct {
	LicenceNumber    string     `json:"licence_number" doc:"Empty: no licence was named."`
	LicenceBody      string     `json:"licence_body"`
	LicenceCountry   string     `json:"licence_country"`
	LicenceExpiresOn *string    `json:"licence_expires_on" format:"date"`
	Documents        []Document `json:"documents" nullable:"false"`
	SubmittedAt      *string    `json:"submitted_at" format:"date-time"`
	DecidedAt        *string    `json:"decided_at" format:"date-time"`
	DecidedBy        *int64     `json:"decided_by" doc:"The user who decided. For staff; null for everybody else."`
	Type             *string    `json:"type" doc:"What was found proven: graduated, student or title."`
	Reason           string     `json:"reason"`
	Note             string     `json:"note"`
	ExpiresOn        *string    `json:"expires_on" format:"date" doc:"The last day on which the decision stands; null: no end."`
}

// Document is a file that proves something.
type Document struct {
	Kind    string  `json:"kind" doc:"title, student_card or graduation_letter"`
	MediaID int64   `json:"media_id"`
	URL     *string `json:"url" doc:"Works for some minutes. Null when the file is gone or cannot be had now."`
}

// Step is a step of the history.
type Step struct {
	SubmissionID int64  `json:"submission_id"`
	At           string `json:"at" format:"date-time"`
	By           *int64 `json:"by" doc:"The user who did it. For staff; null for everybody else, and when nobody did."`
	What         string `json:"what" doc:"submitted, replaced, withdrawn, verified, rejected, revoked or expired."`
	Reason       string `json:"reason"`
	Note         string `json:"note"`
}

// timeFormat is the original's: ISO 8601, microseconds, UTC.
const timeFormat = "2006-01-02T15:04:05.000000Z"

func timeText(t *time.Time) *string {
	if t == nil {
		return nil
	}
	text := t.UTC().Format(timeFormat)
	return &text
}

// dayText is null for the zero time, which is no day.
func dayText(day time.Time) *string {
	if day.IsZero() {
		return nil
	}
	text := day.Format(time.DateOnly)
	return &text
}

// standing makes the JSON of where a user stands.
func (h verifications) standing(ctx context.Context, userID int64, s core.Standing) Standing {
	out := Standing{UserID: userID, State: string(s.Verification.State), IsVerified: s.Verification.Verified,
		Details: Details{Documents: []Document{}}, History: make([]Step, len(s.History))}
	if s.Current != nil {
		out.ID, out.Details = &s.Current.ID, details(ctx, *s.Current, h.links(ctx, *s.Current))
	}
	for i, e := range s.History {
		out.History[i] = Step{e.VerificationID, *timeText(&e.At), person(ctx, e.ActorID), e.What, e.Reason, e.Note}
	}
	return out
}

// submissions makes the JSON of a page.
func (h verifications) submissions(ctx context.Context, page ...core.Submission) []Submission {
	all := make([]store.Verification, len(page))
	for i, s := range page {
		all[i] = s.Verification
	}
	links := h.links(ctx, all...)
	out := make([]Submission, len(page))
	for i, s := range page {
		out[i] = Submission{s.ID, s.UserID, s.Display, string(s.Status), details(ctx, s.Verification, links)}
	}
	return out
}

// links are addresses of the submissions' documents, asked for at once. Without media there are none.
func (h verifications) links(ctx context.Context, all ...store.Verification) map[int64]string {
	var ids []int64
	for _, v := range all {
		for _, d := range documents(v.Documents) {
			ids = append(ids, d.MediaID)
		}
	}
	if h.core.Media == nil || len(ids) == 0 {
		return nil
	}
	links, err := h.core.Media.Links(ctx, ids...)
	if err != nil {
		h.core.Log.WarnContext(ctx, "documents shown without links", "error", err)
	}
	return links
}

// documents are those that are there.
func documents(d profiles.Documents) []Document {
	out := []Document{}
	for _, one := range []Document{{Kind: "title", MediaID: d.TitleID}, {Kind: "student_card", MediaID: d.StudentCardID},
		{Kind: "graduation_letter", MediaID: d.GraduationLetterID}} {
		if one.MediaID != 0 {
			out = append(out, one)
		}
	}
	return out
}

func details(ctx context.Context, v store.Verification, links map[int64]string) Details {
	out := Details{LicenceNumber: v.Licence.Number, LicenceBody: v.Licence.Body, LicenceCountry: v.Licence.Country,
		LicenceExpiresOn: dayText(v.Licence.ExpiresOn), Documents: documents(v.Documents),
		SubmittedAt: timeText(&v.SubmittedAt), DecidedAt: timeText(v.DecidedAt), DecidedBy: person(ctx, v.DecidedBy),
		Reason: v.Reason, Note: v.Note, ExpiresOn: dayText(v.ExpiresOn)}
	if v.Type != "" {
		kind := string(v.Type)
		out.Type = &kind
	}
	for i, d := range out.Documents {
		if link := links[d.MediaID]; link != "" {
			url := httpx.Absolute(ctx, link)
			out.Documents[i].URL = &url
		}
	}
	return out
}

// person is who acted, for staff: specialists do not learn who decides about them.
func person(ctx context.Context, id int64) *int64 {
	if p, _ := authn.From(ctx); id == 0 || !p.Staff && !p.Superuser {
		return nil
	}
	return &id
}
