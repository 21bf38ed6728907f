package web

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/core"
	"agrovet/internal/foro/internal/store"
	"agrovet/internal/platform/httpx"
)

const (
	queueDoc = "What was reported, flagged by a rule or appealed against: staff sees all, moderators what is in their communities. Open cases first: those that were reported or where " +
		"somebody may come to harm, the longest waiting first; then the decided, last decided first. The reader's own are left out."
	decideDoc = "`dismiss`: there is nothing wrong. `hide`: for the author and moderators alone. `remove`: its text is for the author and staff, its files are deleted at once and for good. " +
		"`restore`: it is shown again, without files. `lock`, `unlock`: a post takes (no) more comments. `warn`, `suspend`: the author; for `days`, by moderators in the community, by staff in the " +
		"whole forum; with `hide_content` what they wrote there under their name is hidden meanwhile. An appeal is `dismiss`ed, or `restore` undoes what it is against. `reason` is needed where it is against the " +
		"author, who reads it. What is decided already: 409 with code `foro.decided`; of another version than If-Match names: 412. About one's own: 403 with code `foro.own_case`; an appeal against " +
		"one's own decision: 403 with code `foro.decided_before`; against staff's, as a moderator: 403 with code `foro.staff_decides`."
	moderateDoc = "Decides without anybody having reported it; an open case about it is ended by it. As `moderation/cases/{id}/decide/`."
)

func registerModeration(r *httpx.Router, h handlers) {
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: root + "moderation/cases/", ID: "foro.cases.list", Summary: "List what moderators should look at",
		Doc: queueDoc, Access: httpx.Moderator}, h.listCases)
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: root + "moderation/cases/{id}/", ID: "foro.cases.get", Summary: "Show all about a case",
		Access: httpx.Moderator}, h.getCase)
	httpx.Handle(r, httpx.Route{Method: http.MethodPost, Path: root + "moderation/cases/{id}/decide/", ID: "foro.cases.decide", Summary: "Decide a case",
		Doc: decideDoc, Access: httpx.Moderator, Errors: []int{http.StatusPreconditionFailed}}, func(ctx context.Context, in *decideInput) (*httpx.Body[CaseDetails], error) {
		d, err := h.core.Decide(ctx, in.ID, in.verdict())
		return detailed(ctx, d, err)
	})
	httpx.Handle(r, httpx.Route{Method: http.MethodPost, Path: root + "posts/{id}/moderate/", ID: "foro.posts.moderate", Summary: "Decide about a post",
		Doc: moderateDoc, Access: httpx.Moderator, Errors: []int{http.StatusPreconditionFailed}}, func(ctx context.Context, in *decideInput) (*httpx.Body[CaseDetails], error) {
		d, err := h.core.Moderate(ctx, foro.Target{PostID: in.ID}, in.verdict())
		return detailed(ctx, d, err)
	})
	httpx.Handle(r, httpx.Route{Method: http.MethodPost, Path: root + "comments/{id}/moderate/", ID: "foro.comments.moderate", Summary: "Decide about a comment",
		Doc: moderateDoc, Access: httpx.Moderator, Errors: []int{http.StatusPreconditionFailed}}, func(ctx context.Context, in *decideInput) (*httpx.Body[CaseDetails], error) {
		d, err := h.core.Moderate(ctx, foro.Target{CommentID: in.ID}, in.verdict())
		return detailed(ctx, d, err)
	})
}

type queueInput struct {
	httpx.PageParams
	State     string `query:"state" enum:"open,decided"`
	Kind      string `query:"kind" enum:"report,flag,appeal,direct"`
	Community int64  `query:"community" minimum:"1" doc:"Only what is in the community with this id."`
}

func (h handlers) listCases(ctx context.Context, in *queueInput) (*httpx.Body[httpx.Page[Case]], error) {
	q := store.Queue{State: in.State, Kind: store.Kind(in.Kind)}
	return httpx.Paged(httpx.List(ctx, in.PageParams, httpx.Source[core.Case, store.CasePosition]{
		Count: func(ctx context.Context, limit int) (int64, error) {
			return h.core.QueueCount(ctx, q, in.Community, limit)
		},
		Rows: func(ctx context.Context, s httpx.Span[store.CasePosition]) ([]core.Case, bool, error) {
			return h.core.Queue(ctx, q, in.Community, store.CaseSpan(s))
		},
		End:  func(last core.Case) store.CasePosition { return q.End(last.Case) },
		Fits: q.Fits,
	}, httpx.Each(caseOf)))
}

type caseInput struct {
	ID int64 `path:"id" doc:"The case's id."`
}

func (h handlers) getCase(ctx context.Context, in *caseInput) (*httpx.Body[CaseDetails], error) {
	d, err := h.core.Case(ctx, in.ID)
	return detailed(ctx, d, err)
}

func detailed(ctx context.Context, d core.Details, err error) (*httpx.Body[CaseDetails], error) {
	if err != nil {
		return nil, err
	}
	return httpx.OK(details(ctx, d)), nil
}

// DecideBody is what a moderator says. What is missing is told once it is clear that they may decide.
type DecideBody struct {
	Decision    httpx.Opt[string] `json:"decision,omitempty" nullable:"false" doc:"Needed: dismiss, hide, remove, restore, lock, unlock, warn or suspend."`
	Reason      httpx.Opt[string] `json:"reason,omitempty" maxLength:"500" doc:"Needed unless it is dismissed, restored or unlocked; the author reads it."`
	Days        httpx.Opt[int]    `json:"days,omitempty" doc:"Of a suspension: 1 to 3650."`
	HideContent httpx.Opt[bool]   `json:"hide_content,omitempty" doc:"Of a suspension: what they wrote is hidden meanwhile."`
}

type decideInput struct {
	ID      int64  `path:"id" doc:"The id of the case, post or comment."`
	IfMatch string `header:"If-Match" doc:"The version of the case that the decision is made for."`
	Body    DecideBody
}

func (in *decideInput) verdict() core.Verdict {
	return core.Verdict{Decision: foro.Decision(in.Body.Decision.Or("")), Reason: in.Body.Reason.Or(""), Days: in.Body.Days.Or(0),
		HideContent: in.Body.HideContent.Or(false), Seen: in.version()}
}

// version is the case's that is asked for: 0 for any, -1 for one that no case has.
func (in *decideInput) version() int {
	switch tag := strings.Trim(strings.TrimPrefix(strings.TrimSpace(in.IfMatch), "W/"), `"`); tag {
	case "", "*":
		return 0
	default:
		if n, err := strconv.Atoi(tag); err == nil && n > 0 {
			return n
		}
		return -1
	}
}
