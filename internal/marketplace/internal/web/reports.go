package web

import (
	"context"
	"net/http"
	"time"

	"agrovet/internal/marketplace/internal/core"
	"agrovet/internal/marketplace/internal/store"
	"agrovet/internal/platform/httpx"
	"agrovet/internal/platform/kv"
)

const (
	reportDoc = "Tells staff that something is wrong with somebody else's advert. Who has reported it already and waits for staff gets that report again, with 200. " +
		"One's own: 403 with code `marketplace.own_add`."
	reportsPerHour = 30
)

func registerReports(r *httpx.Router, c *core.Core) {
	limits := []httpx.RateLimit{{Name: "marketplace.reports", By: httpx.ByUser, Limit: kv.Limit{Events: reportsPerHour, Period: time.Hour}}}
	httpx.Handle(r, httpx.Route{Method: http.MethodPost, Path: root + "{id}/report/", ID: "marketplace.reports.create", Summary: "Report an advert",
		Doc: reportDoc, Access: httpx.Member, Status: http.StatusCreated, Limits: limits}, reports{c}.create)
}

// reports are the routes of what members report.
type reports struct{ core *core.Core }

// ReportBody is what a member reports.
type ReportBody struct {
	Reason string            `json:"reason" enum:"scam,prohibited,wrong_category,sold,offensive,duplicate,other"`
	Note   httpx.Opt[string] `json:"note,omitempty" maxLength:"1000" doc:"For staff."`
}

type reportInput struct {
	ID   int64 `path:"id" doc:"The advert's id."`
	Body ReportBody
}

// Report is what a member has reported.
type Report struct {
	ID        int64  `json:"id"`
	AddID     int64  `json:"add_id"`
	Reason    string `json:"reason" doc:"scam, prohibited, wrong_category, sold, offensive, duplicate or other"`
	Note      string `json:"note"`
	Open      bool   `json:"open" doc:"Staff has not decided yet."`
	CreatedAt string `json:"created_at" format:"date-time"`
}

func report(r store.Report) Report {
	return Report{r.ID, r.AddID, r.Reason, r.Note, r.DecisionID == 0, written(r.At)}
}

// ReportAnswer is 201 for a new report, and 200 for one that was there.
type ReportAnswer struct {
	Status int
	Body   Report
}

func (h reports) create(ctx context.Context, in *reportInput) (*ReportAnswer, error) {
	r, fresh, err := h.core.Report(ctx, store.Report{AddID: in.ID, Reason: in.Body.Reason, Note: in.Body.Note.Or("")})
	if err != nil {
		return nil, err
	}
	status := http.StatusOK
	if fresh {
		status = http.StatusCreated
	}
	return &ReportAnswer{status, report(r)}, nil
}
