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
	appealDoc = "What the author says against the last decision about what they wrote, once for each decision and within 30 days; also who is suspended. Somebody else decides about it " +
		"than who decided before, and staff about staff's. Errors: 409 with code `foro.nothing_to_appeal`, `foro.appealed` or `foro.appeal_late`."
	appealsPerHour = 20
)

func registerAppeals(r *httpx.Router, h handlers) {
	limits := []httpx.RateLimit{{Name: "foro.appeals", By: httpx.ByUser, Limit: kv.Limit{Events: appealsPerHour, Period: time.Hour}}}
	httpx.Handle(r, httpx.Route{Method: http.MethodPost, Path: root + "posts/{id}/appeal/", ID: "foro.posts.appeal", Summary: "Appeal against a decision about one's post",
		Doc: appealDoc, Access: httpx.Owner, Status: http.StatusCreated, Limits: limits}, func(ctx context.Context, in *appealInput) (*httpx.Body[OwnAppeal], error) {
		return h.appeal(ctx, foro.Target{PostID: in.ID}, in.Body)
	})
	httpx.Handle(r, httpx.Route{Method: http.MethodPost, Path: root + "comments/{id}/appeal/", ID: "foro.comments.appeal", Summary: "Appeal against a decision about one's comment",
		Doc: appealDoc, Access: httpx.Owner, Status: http.StatusCreated, Limits: limits}, func(ctx context.Context, in *appealInput) (*httpx.Body[OwnAppeal], error) {
		return h.appeal(ctx, foro.Target{CommentID: in.ID}, in.Body)
	})
}

// AppealBody is what an author says.
type AppealBody struct {
	Text httpx.Opt[string] `json:"text,omitempty" maxLength:"1000" doc:"Needed."`
}

type appealInput struct {
	ID   int64 `path:"id" doc:"The id of the post or comment."`
	Body AppealBody
}

// OwnAppeal is an appeal as its author sees it.
type OwnAppeal struct {
	ID         int64      `json:"id"`
	Target     TargetJSON `json:"target"`
	DecisionID int64      `json:"decision_id" doc:"Which it is against."`
	Text       string     `json:"text"`
	CreatedAt  string     `json:"created_at" format:"date-time"`
}

func ownAppeal(in store.Case) OwnAppeal {
	return OwnAppeal{in.ID, target(in.Target), in.Appeals, in.Said, written(in.OpenedAt)}
}

func (h handlers) appeal(ctx context.Context, t foro.Target, b AppealBody) (*httpx.Body[OwnAppeal], error) {
	in, err := h.core.Appeal(ctx, t, b.Text.Or(""))
	if err != nil {
		return nil, err
	}
	return httpx.OK(ownAppeal(in)), nil
}
