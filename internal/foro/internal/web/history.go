package web

import (
	"context"

	"agrovet/internal/foro/internal/core"
	"agrovet/internal/media/mediajson"
	"agrovet/internal/platform/httpx"
)

// PostVersion is what a post said before it was changed.
type PostVersion struct {
	Version int              `json:"version"`
	Title   string           `json:"title"`
	Content string           `json:"content"`
	Media   *mediajson.Media `json:"media" doc:"Null also when the file is gone."`
	Until   string           `json:"until" format:"date-time" doc:"When it was replaced."`
}

func postVersion(ctx context.Context, r core.RevisionShown) PostVersion {
	return PostVersion{r.Version, r.Title, r.Content, object(ctx, r.Object), written(r.Until)}
}

type historyInput struct {
	ID int64 `path:"id" doc:"The post's id."`
	httpx.PageParams
}

func (h handlers) history(ctx context.Context, in *historyInput) (*httpx.Body[httpx.Page[PostVersion]], error) {
	past, err := h.core.History(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	from := byID(past.Count, past.Rows, func(r core.RevisionShown) int64 { return int64(r.Version) })
	return httpx.Paged(httpx.List(ctx, in.PageParams, from, httpx.Each(postVersion)))
}
