package web

import (
	"context"
	"net/http"
	"time"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store"
	"agrovet/internal/platform/httpx"
	"agrovet/internal/platform/kv"
)

const (
	reportDoc = "Tells moderators that something is wrong with what somebody else wrote. Who has reported it already and waits for a decision gets that report again, with 200. " +
		"One's own: 403 with code `foro.own_content`. It stays visible until somebody decides, unless many report it."
	reportsPerHour = 30
)

func registerReports(r *httpx.Router, h handlers) {
	limits := []httpx.RateLimit{{Name: "foro.reports", By: httpx.ByUser, Limit: kv.Limit{Events: reportsPerHour, Period: time.Hour}}}
	httpx.Handle(r, httpx.Route{Method: http.MethodPost, Path: root + "posts/{id}/report/", ID: "foro.posts.report", Summary: "Report a post",
		Doc: reportDoc, Access: httpx.Member, Status: http.StatusCreated, Limits: limits}, func(ctx context.Context, in *reportInput) (*ReportAnswer, error) {
		return h.report(ctx, foro.Target{PostID: in.ID}, in.Body)
	})
	httpx.Handle(r, httpx.Route{Method: http.MethodPost, Path: root + "comments/{id}/report/", ID: "foro.comments.report", Summary: "Report a comment",
		Doc: reportDoc, Access: httpx.Member, Status: http.StatusCreated, Limits: limits}, func(ctx context.Context, in *reportInput) (*ReportAnswer, error) {
		return h.report(ctx, foro.Target{CommentID: in.ID}, in.Body)
	})
}

// ReportBody is what somebody reports.
type ReportBody struct {
	Reason string            `json:"reason" enum:"spam,scam,harassment,misinformation,dangerous_advice,off_topic,offensive,other"`
	Note   httpx.Opt[string] `json:"note,omitempty" maxLength:"1000" doc:"For moderators."`
}

type reportInput struct {
	ID   int64 `path:"id" doc:"The id of what is reported."`
	Body ReportBody
}

// Report is what somebody has reported.
type Report struct {
	ID        int64  `json:"id"`
	Reason    string `json:"reason"`
	Note      string `json:"note"`
	CreatedAt string `json:"created_at" format:"date-time"`
}

func report(r store.Report) Report { return Report{r.ID, r.Reason, r.Note, written(r.At)} }

// ReportAnswer is 201 for a new report, and 200 for one that was there.
type ReportAnswer struct {
	Status int
	Body   Report
}

func (h handlers) report(ctx context.Context, t foro.Target, b ReportBody) (*ReportAnswer, error) {
	r, fresh, err := h.core.Report(ctx, t, store.Report{Reason: b.Reason, Note: b.Note.Or("")})
	if err != nil {
		return nil, err
	}
	status := http.StatusOK
	if fresh {
		status = http.StatusCreated
	}
	return &ReportAnswer{status, report(r)}, nil
}
