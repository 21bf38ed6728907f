package web

import (
	"context"
	"net/http"

	"agrovet/internal/foro/internal/core"
	"agrovet/internal/platform/httpx"
)

const (
	suspensionsDoc = "Who may not write for a while, newest first: staff sees all, moderators those of their communities. Who wrote without their name is named to staff alone."
	liftNowDoc     = "It ends at once, and what it hid is shown again. Staff's: staff alone, else 403 with code `foro.staff_decides`. What is over: 409 with code `foro.nothing_to_decide`."
	meDoc          = "What was decided about the caller: warnings that stand, and suspensions."
)

func registerSuspensions(r *httpx.Router, h handlers) {
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: root + "moderation/suspensions/", ID: "foro.suspensions.list", Summary: "List suspensions",
		Doc: suspensionsDoc, Access: httpx.Moderator}, h.listSuspensions)
	httpx.Handle(r, httpx.Route{Method: http.MethodDelete, Path: root + "moderation/suspensions/{id}/", ID: "foro.suspensions.lift", Summary: "Lift a suspension",
		Doc: liftNowDoc, Access: httpx.Moderator, Status: http.StatusNoContent}, h.liftSuspension)
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: root + "moderation/me/", ID: "foro.moderation.me", Summary: "Show one's own standing",
		Doc: meDoc, Access: httpx.Member}, h.standing)
}

// Suspension keeps somebody from writing for a while.
type Suspension struct {
	ID          int64   `json:"id"`
	User        *Who    `json:"user" doc:"Null: they wrote without their name, and the reader is no staff."`
	CommunityID *int64  `json:"community_id" doc:"Null: in the whole forum."`
	Reason      string  `json:"reason"`
	Role        string  `json:"role" enum:"staff,moderator" doc:"As what somebody decided."`
	HideContent bool    `json:"hide_content" doc:"What they wrote there is hidden meanwhile."`
	Since       string  `json:"since" format:"date-time"`
	Until       string  `json:"until" format:"date-time"`
	LiftedAt    *string `json:"lifted_at" format:"date-time" doc:"Null: not before its end."`
	Active      bool    `json:"active"`
}

func suspension(ctx context.Context, b core.Ban) Suspension {
	role := "moderator"
	if b.By.Staff {
		role = "staff"
	}
	return Suspension{b.ID, whoOr(ctx, b.Who), some(b.CommunityID), b.By.Reason, role, b.Hiding != "", written(b.Since), written(b.Until), writtenOr(b.LiftedAt), b.Active}
}

type suspensionsInput struct {
	httpx.PageParams
	Community int64 `query:"community" minimum:"1" doc:"Only those of the community with this id."`
}

func (h handlers) listSuspensions(ctx context.Context, in *suspensionsInput) (*httpx.Body[httpx.Page[Suspension]], error) {
	return httpx.Paged(httpx.List(ctx, in.PageParams, httpx.Source[core.Ban, int64]{
		Count: func(ctx context.Context, limit int) (int64, error) {
			return h.core.SuspensionsCount(ctx, in.Community, limit)
		},
		Rows: func(ctx context.Context, s httpx.Span[int64]) ([]core.Ban, bool, error) {
			return h.core.Suspensions(ctx, in.Community, idSpan(s))
		},
		End:  func(last core.Ban) int64 { return last.ID },
		Fits: func(id int64) bool { return id > 0 },
	}, httpx.Each(suspension)))
}

type liftInput struct {
	ID     int64  `path:"id" doc:"The suspension's id."`
	Reason string `query:"reason" maxLength:"500" doc:"The person and everybody reads it."`
}

func (h handlers) liftSuspension(ctx context.Context, in *liftInput) (*struct{}, error) {
	return nil, h.core.Lift(ctx, in.ID, in.Reason)
}

// Standing is what was decided about the caller.
type Standing struct {
	Suspended   bool         `json:"suspended" doc:"In the whole forum."`
	Until       *string      `json:"until" format:"date-time"`
	Warnings    []LogEntry   `json:"warnings" nullable:"false" doc:"Newest first; without those that were taken back."`
	Suspensions []Suspension `json:"suspensions" nullable:"false" doc:"Newest first."`
}

func (h handlers) standing(ctx context.Context, _ *struct{}) (*httpx.Body[Standing], error) {
	s, err := h.core.Standing(ctx)
	if err != nil {
		return nil, err
	}
	return httpx.OK(Standing{!s.Until.IsZero(), writtenOr(s.Until), entries(ctx, s.Warnings), httpx.Each(suspension)(ctx, s.Suspensions)}), nil
}
