package web

import (
	"context"

	"agrovet/internal/foro/internal/core"
	"agrovet/internal/foro/internal/store"
	"agrovet/internal/platform/httpx"
)

// Watched is what one follows or has muted.
type Watched struct {
	ID        int64  `json:"id"`
	Kind      string `json:"kind" enum:"post,tag,person"`
	ObjectID  int64  `json:"object_id" doc:"The post's, tag's or user's id."`
	CreatedAt string `json:"created_at" format:"date-time" doc:"Since when."`
	Post      *Post  `json:"post" doc:"Null: it is none, or one does not see it any more."`
	Tag       *Tag   `json:"tag"`
	Person    *Who   `json:"person"`
}

func watched(ctx context.Context, w core.Watched) Watched {
	out := Watched{ID: w.ID, Kind: string(w.Kind), ObjectID: w.ObjectID, CreatedAt: written(w.CreatedAt)}
	switch {
	case w.Kind == store.WatchTag:
		out.Tag = new(tag(ctx, w.Tag))
	case w.Kind == store.WatchPerson:
		out.Person = new(who(ctx, w.Who))
	case w.Post != nil:
		out.Post = new(post(ctx, *w.Post))
	}
	return out
}

type followsInput struct {
	httpx.PageParams
	Kind string `query:"kind" enum:"post,tag,person" default:"post"`
}

func (h handlers) follows(ctx context.Context, in *followsInput) (*httpx.Body[httpx.Page[Watched]], error) {
	return h.watches(ctx, in.PageParams, store.WatchKind(in.Kind), false)
}

type mutesInput struct {
	httpx.PageParams
	Kind string `query:"kind" enum:"post,person" default:"post"`
}

func (h handlers) mutes(ctx context.Context, in *mutesInput) (*httpx.Body[httpx.Page[Watched]], error) {
	return h.watches(ctx, in.PageParams, store.WatchKind(in.Kind), true)
}

func (h handlers) watches(ctx context.Context, in httpx.PageParams, k store.WatchKind, muted bool) (*httpx.Body[httpx.Page[Watched]], error) {
	return httpx.Paged(httpx.List(ctx, in, byID(
		func(ctx context.Context, limit int) (int64, error) { return h.core.CountWatches(ctx, k, muted, limit) },
		func(ctx context.Context, span store.IDSpan) ([]core.Watched, bool, error) {
			return h.core.Watches(ctx, k, muted, span)
		},
		func(last core.Watched) int64 { return last.ID }), httpx.Each(watched)))
}
