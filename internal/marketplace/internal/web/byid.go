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

// each makes the JSON of all rows from that of one.
func each[R, J any](one func(context.Context, R) J) func(context.Context, []R) []J {
	return func(ctx context.Context, rows []R) []J {
		out := make([]J, len(rows))
		for i, r := range rows {
			out[i] = one(ctx, r)
		}
		return out
	}
}

// answer makes the answer of a page.
func answer[J any](page httpx.Page[J], err error) (*httpx.Body[httpx.Page[J]], error) {
	if err != nil {
		return nil, err
	}
	return httpx.OK(page), nil
}

// PagedInput is what a list without filters is asked with.
type PagedInput struct{ httpx.PageParams }

func (h handlers) following(ctx context.Context, in *PagedInput) (*httpx.Body[httpx.Page[Follow]], error) {
	from := byID(h.core.CountFollowing, h.core.Following, func(f core.FollowShown) int64 { return f.ID })
	return answer(httpx.List(ctx, in.PageParams, from, each(follow)))
}

func (h handlers) followers(ctx context.Context, in *PagedInput) (*httpx.Body[httpx.Page[Follow]], error) {
	from := byID(h.core.CountFollowers, h.core.Followers, func(f core.FollowShown) int64 { return f.ID })
	return answer(httpx.List(ctx, in.PageParams, from, each(follow)))
}

func (h handlers) favourites(ctx context.Context, in *PagedInput) (*httpx.Body[httpx.Page[Favourite]], error) {
	from := byID(h.core.CountFavourites, h.core.Favourites, func(f core.FavouriteShown) int64 { return f.ID })
	return answer(httpx.List(ctx, in.PageParams, from, each(favourite)))
}

func (h handlers) blocks(ctx context.Context, in *PagedInput) (*httpx.Body[httpx.Page[Block]], error) {
	from := byID(h.core.CountBlocks, h.core.Blocks, func(b core.BlockShown) int64 { return b.ID })
	return answer(httpx.List(ctx, in.PageParams, from, each(block)))
}
