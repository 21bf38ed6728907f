package web

import (
	"context"

	"agrovet/internal/marketplace/internal/core"
	"agrovet/internal/marketplace/internal/store"
	"agrovet/internal/platform/httpx"
)

// idPosition is where a page of a list in the order of ids ends.
type idPosition struct {
	ID int64 `json:"id"`
}

// byID is where such a list comes from.
func byID[R any](count func(context.Context, int) (int64, error), rows func(context.Context, store.IDSpan) ([]R, bool, error), id func(R) int64) httpx.Source[R, idPosition] {
	return httpx.Source[R, idPosition]{
		Count: count,
		Rows: func(ctx context.Context, s httpx.Span[idPosition]) ([]R, bool, error) {
			span := store.IDSpan{Skip: s.Skip, Limit: s.Limit}
			if s.After != nil {
				span.After = s.After.ID
			}
			return rows(ctx, span)
		},
		End:  func(last R) idPosition { return idPosition{id(last)} },
		Fits: func(p idPosition) bool { return p.ID > 0 },
	}
}

// PagedInput is what a list without filters is asked with.
type PagedInput struct{ httpx.PageParams }

func (h handlers) following(ctx context.Context, in *PagedInput) (*httpx.Body[httpx.Page[Follow]], error) {
	from := byID(h.core.CountFollowing, h.core.Following, func(f core.FollowShown) int64 { return f.ID })
	return httpx.Paged(httpx.List(ctx, in.PageParams, from, httpx.Each(follow)))
}

func (h handlers) followers(ctx context.Context, in *PagedInput) (*httpx.Body[httpx.Page[Follow]], error) {
	from := byID(h.core.CountFollowers, h.core.Followers, func(f core.FollowShown) int64 { return f.ID })
	return httpx.Paged(httpx.List(ctx, in.PageParams, from, httpx.Each(follow)))
}

func (h handlers) favourites(ctx context.Context, in *PagedInput) (*httpx.Body[httpx.Page[Favourite]], error) {
	from := byID(h.core.CountFavourites, h.core.Favourites, func(f core.FavouriteShown) int64 { return f.ID })
	return httpx.Paged(httpx.List(ctx, in.PageParams, from, httpx.Each(favourite)))
}

func (h handlers) blocks(ctx context.Context, in *PagedInput) (*httpx.Body[httpx.Page[Block]], error) {
	from := byID(h.core.CountBlocks, h.core.Blocks, func(b core.BlockShown) int64 { return b.ID })
	return httpx.Paged(httpx.List(ctx, in.PageParams, from, httpx.Each(block)))
}
