package web

import (
	"context"
	"net/http"

	"agrovet/internal/chat/internal/core"
	"agrovet/internal/chat/internal/store"
	"agrovet/internal/chat/internal/wire"
	"agrovet/internal/platform/httpx"
)

const blockDoc = "Neither writes to the other in private rooms any more, nor opens new ones; groups stay as they are. They do not see when one is there, cannot add one to groups, and are not told. They may be blocked already. At most 1,000 people."

func registerBlocks(r *httpx.Router, h rooms) {
	list := root + "blocks/"
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: list, ID: "chat.blocks.list", Summary: "List whom one has blocked", Doc: "The last first.", Access: httpx.Member}, h.blocks)
	httpx.Handle(r, httpx.Route{Method: http.MethodPost, Path: list, ID: "chat.blocks.create", Summary: "Block a user", Doc: blockDoc,
		Access: httpx.Member, Status: http.StatusCreated, Limits: roomLimits}, h.block)
	httpx.Handle(r, httpx.Route{Method: http.MethodDelete, Path: list + "{user_id}/", ID: "chat.blocks.delete", Summary: "Unblock a user",
		Access: httpx.Member, Limits: roomLimits}, h.unblock)
}

// blockPosition is where a page of blocks ends.
type blockPosition struct {
	ID int64 `json:"id"`
}

func (h rooms) blocks(ctx context.Context, in *PagedInput) (*httpx.Body[httpx.Page[wire.Block]], error) {
	return httpx.Paged(httpx.List(ctx, in.PageParams, httpx.Source[core.BlockShown, blockPosition]{
		Count: h.core.CountBlocks,
		Rows: func(ctx context.Context, s httpx.Span[blockPosition]) ([]core.BlockShown, bool, error) {
			span := store.IDSpan{Skip: s.Skip, Limit: s.Limit}
			if s.After != nil {
				span.After = s.After.ID
			}
			return h.core.Blocks(ctx, span)
		},
		End:  func(last core.BlockShown) blockPosition { return blockPosition{last.ID} },
		Fits: func(p blockPosition) bool { return p.ID > 0 },
	}, httpx.Each(block)))
}

func block(ctx context.Context, b core.BlockShown) wire.Block {
	out := wire.BlockOf(b)
	absolutePerson(ctx, &out.User)
	return out
}

type blockInput struct {
	Body struct {
		UserID int64 `json:"user_id"`
	}
}

func (h rooms) block(ctx context.Context, in *blockInput) (*httpx.Body[wire.Block], error) {
	b, err := h.core.Block(ctx, in.Body.UserID)
	if err != nil {
		return nil, err
	}
	return httpx.OK(block(ctx, b)), nil
}

type userInput struct {
	UserID int64 `path:"user_id" doc:"The user's id."`
}

func (h rooms) unblock(ctx context.Context, in *userInput) (*struct{}, error) {
	return nil, h.core.Unblock(ctx, in.UserID)
}
