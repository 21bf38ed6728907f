package web

import (
	"context"
	"net/http"

	"agrovet/internal/foro/internal/core"
	"agrovet/internal/foro/internal/store"
	"agrovet/internal/platform/httpx"
)

const logDoc = "What moderators have decided, newest first, for everybody. It is never changed and stays when the post is gone; it names neither authors nor who reported, and who decided to staff alone."

func registerLog(r *httpx.Router, h handlers) {
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: root + "moderation/log/", ID: "foro.moderation.log", Summary: "List what moderators have decided",
		Doc: logDoc, Access: httpx.Anyone}, h.listLog)
}

// LogEntry is what a moderator has decided.
type LogEntry struct {
	ID          int64      `json:"id"`
	Decision    string     `json:"decision" enum:"dismiss,hide,remove,restore,lock,unlock,warn,suspend,lift"`
	Target      TargetJSON `json:"target"`
	CommunityID *int64     `json:"community_id"`
	Role        string     `json:"role" enum:"staff,moderator" doc:"As what somebody decided."`
	Reason      string     `json:"reason" doc:"Empty when the person whom it concerned is gone."`
	Days        int        `json:"days" doc:"Of a suspension; else 0."`
	At          string     `json:"at" format:"date-time"`
	Actor       *Who       `json:"actor,omitempty" doc:"For staff: who decided."`
}

func entry(ctx context.Context, r core.Ruling) LogEntry {
	role := "moderator"
	if r.Staff {
		role = "staff"
	}
	return LogEntry{r.ID, string(r.Decision.Decision), target(r.Target), some(r.CommunityID), role, r.Reason, r.Days, written(r.At), whoOr(ctx, r.Actor)}
}

func entryOf(ctx context.Context, r *core.Ruling) *LogEntry {
	if r == nil {
		return nil
	}
	return new(entry(ctx, *r))
}

func entries(ctx context.Context, rows []core.Ruling) []LogEntry { return httpx.Each(entry)(ctx, rows) }

type logInput struct{ httpx.PageParams }

func (h handlers) listLog(ctx context.Context, in *logInput) (*httpx.Body[httpx.Page[LogEntry]], error) {
	return httpx.Paged(httpx.List(ctx, in.PageParams, httpx.Source[core.Ruling, int64]{
		Count: h.core.DecisionsCount,
		Rows: func(ctx context.Context, s httpx.Span[int64]) ([]core.Ruling, bool, error) {
			return h.core.Decisions(ctx, idSpan(s))
		},
		End:  func(last core.Ruling) int64 { return last.ID },
		Fits: func(id int64) bool { return id > 0 },
	}, entries))
}

// idSpan is a part of a list against the order of ids.
func idSpan(s httpx.Span[int64]) store.IDSpan {
	span := store.IDSpan{Skip: s.Skip, Limit: s.Limit}
	if s.After != nil {
		span.Before = *s.After
	}
	return span
}
