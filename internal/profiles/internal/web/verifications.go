package web

import (
	"context"
	"net/http"
	"time"

	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/httpx"
	"agrovet/internal/platform/kv"
	"agrovet/internal/profiles"
	"agrovet/internal/profiles/internal/core"
	"agrovet/internal/profiles/internal/store"
)

// verifications are the routes by which specialists become verified.
type verifications struct{ core *core.Core }

const (
	submitDoc = "Sends the profile's documents to staff; documents may come along and are then set as by PATCH. At least one is needed. " +
		"The licence is needed unless the only document is a student card. A pending submission is replaced. " +
		"A specialist who is verified stays so until the new submission is decided, and is not any more when it is rejected. " +
		"Changing documents while a submission is pending replaces it, too; removing all of them withdraws it. " +
		"PATCHing a document while nothing is pending and no decision stands makes a submission without a licence."
	queueDoc  = "Submissions of specialists, oldest first."
	decideDoc = "Only a pending submission can be decided, else 409 with code `profiles.verification_decided`. " +
		"`reason` is needed to reject. `type` is graduated, student or title; when it is not given, the documents say. " +
		"The decision stands until `expires_on` or the licence's last day, whichever comes first."
	revokeDoc = "A decision that stands is taken back: the specialist is rejected. Else 409 with code `profiles.verification_not_standing`."
)

func (h verifications) register(r *httpx.Router) {
	one := root + "specialists/{user_id}/verification/"
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: one, ID: "profiles.verification.get",
		Summary: "Show where a specialist stands with staff", Access: httpx.Self("user_id")}, h.get)
	httpx.Handle(r, httpx.Route{Method: http.MethodPost, Path: one, ID: "profiles.verification.submit", Summary: "Ask staff to verify oneself",
		Doc: submitDoc, Access: httpx.Self("user_id"), Status: http.StatusCreated,
		Limits: []httpx.RateLimit{{Name: "profiles.submissions", By: httpx.ByUser, Limit: kv.Limit{Events: 30, Period: time.Hour}}}}, h.submit)
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: root + "verifications/", ID: "profiles.verifications.list",
		Summary: "List submissions", Doc: queueDoc, Access: httpx.Staff}, h.list)
	httpx.Handle(r, httpx.Route{Method: http.MethodPost, Path: root + "verifications/{id}/decide/", ID: "profiles.verifications.decide",
		Summary: "Decide a submission", Doc: decideDoc, Access: httpx.Staff}, h.decide)
	httpx.Handle(r, httpx.Route{Method: http.MethodPost, Path: root + "verifications/{id}/revoke/", ID: "profiles.verifications.revoke",
		Summary: "Take a decision back", Doc: revokeDoc, Access: httpx.Staff}, h.revoke)
}

func (h verifications) get(ctx context.Context, in *userInput) (*httpx.Body[Standing], error) {
	s, err := h.core.Verification(ctx, in.UserID)
	if err != nil {
		return nil, err
	}
	return httpx.OK(h.standing(ctx, in.UserID, s)), nil
}

// SubmitBody is what a specialist submits.
type SubmitBody struct {
	Number    httpx.Opt[string] `json:"licence_number,omitempty" maxLength:"100"`
	Issuer    httpx.Opt[string] `json:"licence_body,omitempty" maxLength:"255" doc:"Who issued it." example:"Colegio de Médicos Veterinarios de Cochabamba"`
	Country   httpx.Opt[string] `json:"licence_country,omitempty" maxLength:"2" doc:"ISO 3166, two letters." example:"BO"`
	ExpiresOn httpx.Opt[string] `json:"licence_expires_on,omitempty" doc:"Its last day, as YYYY-MM-DD."`
	DocumentFields
}

type submitInput struct {
	UserID int64 `path:"user_id" doc:"The user's id, not the profile's."`
	Body   SubmitBody
}

func (h verifications) submit(ctx context.Context, in *submitInput) (*httpx.Body[Standing], error) {
	until, err := day("licence_expires_on", in.Body.ExpiresOn)
	if err != nil {
		return nil, err
	}
	l := store.Licence{Number: in.Body.Number.Or(""), Body: in.Body.Issuer.Or(""), Country: in.Body.Country.Or(""), ExpiresOn: until}
	s, err := h.core.Submit(ctx, in.UserID, l, in.Body.apply)
	if err != nil {
		return nil, err
	}
	return httpx.OK(h.standing(ctx, in.UserID, s)), nil
}

// day reads a date; nothing is no day.
func day(field string, in httpx.Opt[string]) (time.Time, error) {
	if in.Or("") == "" {
		return time.Time{}, nil
	}
	t, err := time.Parse(time.DateOnly, in.Value)
	if err != nil || t.Year() < 1900 || t.Year() > 2200 {
		return t, errs.InField(field, "Fecha con formato erróneo. Use el formato YYYY-MM-DD.", "Date has wrong format. Use YYYY-MM-DD.")
	}
	return t, nil
}

type queueInput struct {
	httpx.PageParams
	Status string `query:"status" enum:"pending,verified,rejected,expired,all" default:"pending"`
}

// queuePosition is where a page of a cursor's walk ended.
type queuePosition struct {
	At time.Time `json:"at"`
	ID int64     `json:"id"`
}

func (h verifications) list(ctx context.Context, in *queueInput) (*httpx.Body[httpx.Page[Submission]], error) {
	status := store.Status(in.Status)
	if in.Status == "all" {
		status = store.AnyStatus
	}
	page, err := httpx.List(ctx, in.PageParams, httpx.Source[core.Submission, queuePosition]{
		Count: func(ctx context.Context, limit int) (int64, error) { return h.core.QueueCount(ctx, status, limit) },
		Rows: func(ctx context.Context, s httpx.Span[queuePosition]) ([]core.Submission, bool, error) {
			span := store.QueueSpan{Skip: s.Skip, Limit: s.Limit}
			if s.After != nil {
				span.AfterAt, span.After = s.After.At, s.After.ID
			}
			return h.core.Queue(ctx, status, span)
		},
		End: func(last core.Submission) queuePosition { return queuePosition{last.SubmittedAt, last.ID} },
	}, func(ctx context.Context, rows []core.Submission) []Submission { return h.submissions(ctx, rows...) })
	if err != nil {
		return nil, err
	}
	return httpx.OK(page), nil
}

// DecideBody is what staff says.
type DecideBody struct {
	Decision  string            `json:"decision" enum:"verified,rejected"`
	Reason    httpx.Opt[string] `json:"reason,omitempty" maxLength:"500" doc:"Why it is rejected; the specialist reads it. Ignored when verified."`
	Note      httpx.Opt[string] `json:"note,omitempty" maxLength:"1000" doc:"To the specialist."`
	Type      httpx.Opt[string] `json:"type,omitempty" enum:"graduated,title,student"`
	ExpiresOn httpx.Opt[string] `json:"expires_on,omitempty" doc:"The last day, as YYYY-MM-DD."`
}

type decideInput struct {
	ID   int64 `path:"id" doc:"The submission's id."`
	Body DecideBody
}

func (h verifications) decide(ctx context.Context, in *decideInput) (*httpx.Body[Submission], error) {
	until, err := day("expires_on", in.Body.ExpiresOn)
	if err != nil {
		return nil, err
	}
	s, err := h.core.Decide(ctx, in.ID, core.Decision{Verified: in.Body.Decision == "verified", Reason: in.Body.Reason.Or(""),
		Note: in.Body.Note.Or(""), Type: profiles.VerificationType(in.Body.Type.Or("")), ExpiresOn: until})
	if err != nil {
		return nil, err
	}
	return httpx.OK(h.submissions(ctx, s)[0]), nil
}

// RevokeBody is why a decision is taken back.
type RevokeBody struct {
	Reason string `json:"reason" minLength:"1" maxLength:"500" doc:"The specialist reads it."`
}

type revokeInput struct {
	ID   int64 `path:"id" doc:"The submission's id."`
	Body RevokeBody
}

func (h verifications) revoke(ctx context.Context, in *revokeInput) (*httpx.Body[Submission], error) {
	s, err := h.core.Revoke(ctx, in.ID, in.Body.Reason)
	if err != nil {
		return nil, err
	}
	return httpx.OK(h.submissions(ctx, s)[0]), nil
}
