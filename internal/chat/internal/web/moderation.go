package web

import (
	"context"
	"net/http"

	"agrovet/internal/chat/internal/store"
	"agrovet/internal/chat/internal/wire"
	"agrovet/internal/platform/httpx"
)

func registerModeration(r *httpx.Router, h handlers) {
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: root + "messages/{id}/revisions/", ID: "chat.messages.revisions", Summary: "Show what a message said before",
		Doc: "Oldest first, also of a deleted message.", Access: httpx.Staff}, h.revisions)
}

type revisionsInput struct {
	MessagePath
	httpx.PageParams
}

func (h handlers) revisions(ctx context.Context, in *revisionsInput) (*httpx.Body[httpx.Page[wire.Revision]], error) {
	page, err := httpx.List(ctx, in.PageParams, httpx.Source[store.Revision, int]{
		Count: func(ctx context.Context, limit int) (int64, error) {
			return h.core.CountRevisions(ctx, in.ID, limit)
		},
		Rows: func(ctx context.Context, s httpx.Span[int]) ([]store.Revision, bool, error) {
			after := 0
			if s.After != nil {
				after = *s.After
			}
			return h.core.Revisions(ctx, in.ID, after, s.Skip, s.Limit)
		},
		End: func(last store.Revision) int { return last.Number },
	}, revisions)
	return httpx.OK(page), err
}

func revisions(_ context.Context, rows []store.Revision) []wire.Revision {
	out := make([]wire.Revision, len(rows))
	for i, r := range rows {
		out[i] = wire.RevisionOf(r)
	}
	return out
}
