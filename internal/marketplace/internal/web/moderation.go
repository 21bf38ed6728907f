package web

import (
	"context"
	"net/http"

	"agrovet/internal/marketplace"
	"agrovet/internal/marketplace/internal/core"
	"agrovet/internal/marketplace/internal/store"
	"agrovet/internal/platform/httpx"
)

const (
	queueDoc = "Adverts that were reported or that the rules have flagged. Open ones: those first that were reported or where somebody may lose money, the longest waiting first. " +
		"Decided ones: the last decided first. All: the last first that came. The reader's own are left out."
	moderationDoc = "Publishers learn what was decided and why; staff also sees who reported, what the rules have found and what was decided before (200 of each at most)."
	decideDoc     = "`dismiss`: there is nothing wrong. `warn`: its publisher is told why not the next time. `remove`: it is archived, and its publisher cannot show it again, until " +
		"`restore`. Each closes all open reports and flags. `reason` is needed unless it is dismissed; the publisher reads it. With nothing open, only `remove` and `restore` " +
		"may be said, else 409 with code `marketplace.nothing_to_decide`. Of two who decide at the same time, or when `version` is given and not the last, 409 with code " +
		"`marketplace.moderation_decided`. About one's own advert: 403 with code `marketplace.own_moderation`."
	logDoc = "Who decided what about which advert, newest first. It is never changed, and stays when the advert is gone."
)

func registerModeration(r *httpx.Router, c *core.Core) {
	h, one := moderation{c}, root+"{id}/moderation/"
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: root + "moderation/", ID: "marketplace.moderation.list", Summary: "List adverts that staff should look at",
		Doc: queueDoc, Access: httpx.Staff}, h.list)
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: root + "moderation/log/", ID: "marketplace.moderation.log", Summary: "List decisions about adverts",
		Doc: logDoc, Access: httpx.Staff}, h.log)
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: one, ID: "marketplace.moderation.get", Summary: "Show what was decided about an advert",
		Doc: moderationDoc, Access: httpx.Owner}, h.get)
	httpx.Handle(r, httpx.Route{Method: http.MethodPost, Path: one + "decide/", ID: "marketplace.moderation.decide", Summary: "Decide about an advert",
		Doc: decideDoc, Access: httpx.Staff}, h.decide)
}

// moderation are staff's routes.
type moderation struct{ core *core.Core }

type queueInput struct {
	httpx.PageParams
	Status string `query:"status" enum:"open,decided,all" default:"open"`
}

func (h moderation) list(ctx context.Context, in *queueInput) (*httpx.Body[httpx.Page[Case]], error) {
	q := store.Queue(in.Status)
	page, err := httpx.List(ctx, in.PageParams, httpx.Source[core.Case, store.CasePosition]{
		Count: func(ctx context.Context, limit int) (int64, error) { return h.core.QueueCount(ctx, q, limit) },
		Rows: func(ctx context.Context, s httpx.Span[store.CasePosition]) ([]core.Case, bool, error) {
			return h.core.Queue(ctx, q, store.CaseSpan(s))
		},
		End:  func(last core.Case) store.CasePosition { return q.End(last.Entry) },
		Fits: q.Fits,
	}, cases)
	if err != nil {
		return nil, err
	}
	return httpx.OK(page), nil
}

func (h moderation) get(ctx context.Context, in *addInput) (*httpx.Body[Moderation], error) {
	m, err := h.core.Moderation(ctx, in.ID)
	return moderated(ctx, m, err)
}

// DecideBody is what staff says.
type DecideBody struct {
	Decision string            `json:"decision" enum:"dismiss,remove,restore,warn"`
	Reason   httpx.Opt[string] `json:"reason,omitempty" maxLength:"500" doc:"Needed unless it is dismissed; the publisher reads it."`
	Version  httpx.Opt[int64]  `json:"version,omitempty" minimum:"0" doc:"That of the case that the decision is made for; not sent: whatever it is."`
}

type decideInput struct {
	ID   int64 `path:"id" doc:"The advert's id."`
	Body DecideBody
}

func (h moderation) decide(ctx context.Context, in *decideInput) (*httpx.Body[Moderation], error) {
	m, err := h.core.Decide(ctx, in.ID, core.Verdict{Decision: marketplace.Decision(in.Body.Decision), Reason: in.Body.Reason.Or(""), Seen: in.Body.Version.Ptr()})
	return moderated(ctx, m, err)
}

func moderated(ctx context.Context, m core.Moderation, err error) (*httpx.Body[Moderation], error) {
	if err != nil {
		return nil, err
	}
	return httpx.OK(moderationOf(ctx, m)), nil
}

type logInput struct{ httpx.PageParams }

func (h moderation) log(ctx context.Context, in *logInput) (*httpx.Body[httpx.Page[Decision]], error) {
	page, err := httpx.List(ctx, in.PageParams, httpx.Source[store.Decision, int64]{
		Count: h.core.DecisionLogCount,
		Rows: func(ctx context.Context, s httpx.Span[int64]) ([]store.Decision, bool, error) {
			span := store.LogSpan{Skip: s.Skip, Limit: s.Limit}
			if s.After != nil {
				span.After = *s.After
			}
			return h.core.DecisionLog(ctx, span)
		},
		End:  func(last store.Decision) int64 { return last.ID },
		Fits: func(id int64) bool { return id > 0 },
	}, func(_ context.Context, rows []store.Decision) []Decision { return decisions(rows) })
	if err != nil {
		return nil, err
	}
	return httpx.OK(page), nil
}
