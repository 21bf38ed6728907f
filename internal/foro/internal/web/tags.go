package web

import (
	"context"
	"math"

	"agrovet/internal/foro/internal/core"
	"agrovet/internal/foro/internal/store"
	"agrovet/internal/platform/httpx"
)

// Tag is a word that posts are found by.
type Tag struct {
	ID    int64  `json:"id"`
	Name  string `json:"name"`
	Posts int    `json:"posts_count" doc:"That all may see."`
}

func tag(_ context.Context, t store.Tag) Tag { return Tag(t) }

type tagsInput struct {
	httpx.PageParams
	Search string `query:"search" doc:"How the tag begins, spelled in any way."`
}

func (h handlers) tags(ctx context.Context, in *tagsInput) (*httpx.Body[httpx.Page[Tag]], error) {
	from := nothing[store.Tag, store.TagPosition]()
	if prefix, ok := core.FoldTag(in.Search); ok || in.Search == "" {
		from = h.tagsBeginning(prefix)
	}
	return httpx.Paged(httpx.List(ctx, in.PageParams, from, httpx.Each(tag)))
}

func (h handlers) tagsBeginning(prefix string) httpx.Source[store.Tag, store.TagPosition] {
	return httpx.Source[store.Tag, store.TagPosition]{
		Count: func(ctx context.Context, limit int) (int64, error) { return h.core.CountTags(ctx, prefix, limit) },
		Rows: func(ctx context.Context, s httpx.Span[store.TagPosition]) ([]store.Tag, bool, error) {
			return h.core.Tags(ctx, prefix, store.TagSpan(s))
		},
		End:  func(last store.Tag) store.TagPosition { return store.TagPosition{Posts: last.Posts, ID: last.ID} },
		Fits: func(p store.TagPosition) bool { return p.Posts > 0 && p.Posts <= math.MaxInt32 && p.ID > 0 },
	}
}
