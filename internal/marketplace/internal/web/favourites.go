package web

import (
	"context"
	"net/http"

	"agrovet/internal/marketplace/internal/core"
	"agrovet/internal/platform/httpx"
)

const (
	favouriteDoc  = "It may be one already. At most 5,000."
	favouritesDoc = "The last first. Adverts that one does not see any more (sold, paused, removed, or their publisher is blocked) stay in the list as not available, until they are taken out."
	blockDoc      = "Their adverts vanish from all lists, and one stops following them. They may be blocked already, and are not told. At most 1,000 people."
)

func registerFavourites(r *httpx.Router, h handlers) {
	one := root + "{id}/favourite/"
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: root + "favourites/", ID: "marketplace.favourites.list", Summary: "List one's favourites", Doc: favouritesDoc,
		Access: httpx.Member}, h.favourites)
	httpx.Handle(r, httpx.Route{Method: http.MethodPut, Path: one, ID: "marketplace.favourites.put", Summary: "Make an advert a favourite", Doc: favouriteDoc,
		Access: httpx.Member, Limits: peopleLimits}, h.favour)
	httpx.Handle(r, httpx.Route{Method: http.MethodDelete, Path: one, ID: "marketplace.favourites.delete", Summary: "Take an advert out of one's favourites",
		Access: httpx.Member, Limits: peopleLimits}, h.unfavour)
}

func registerBlocks(r *httpx.Router, h handlers) {
	list, one := root+"blocks/", root+"blocks/{user_id}/"
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: list, ID: "marketplace.blocks.list", Summary: "List whom one has blocked", Doc: "The last first.", Access: httpx.Member}, h.blocks)
	httpx.Handle(r, httpx.Route{Method: http.MethodPut, Path: one, ID: "marketplace.blocks.put", Summary: "Block a user", Doc: blockDoc, Access: httpx.Member, Limits: peopleLimits}, h.block)
	httpx.Handle(r, httpx.Route{Method: http.MethodDelete, Path: one, ID: "marketplace.blocks.delete", Summary: "Unblock a user", Access: httpx.Member, Limits: peopleLimits}, h.unblock)
}

// Favourite is an advert that somebody wants to find again.
type Favourite struct {
	AddID     int64  `json:"add_id"`
	CreatedAt string `json:"created_at" format:"date-time" doc:"When it became one."`
	Available bool   `json:"available" doc:"False: one does not see the advert any more."`
	Add       *Add   `json:"add" doc:"Null when it is not available."`
}

func favourite(ctx context.Context, f core.FavouriteShown) Favourite {
	out := Favourite{AddID: f.AddID, CreatedAt: written(f.CreatedAt), Available: f.Add != nil}
	if f.Add != nil {
		out.Add = new(add(ctx, *f.Add))
	}
	return out
}

func (h handlers) favour(ctx context.Context, in *addInput) (*struct{}, error) {
	return nil, h.core.Favour(ctx, in.ID)
}

func (h handlers) unfavour(ctx context.Context, in *addInput) (*struct{}, error) {
	return nil, h.core.Unfavour(ctx, in.ID)
}

// Block is that somebody does not want to see a user's adverts.
type Block struct {
	UserID    int64  `json:"user_id"`
	CreatedAt string `json:"created_at" format:"date-time"`
	User      Person `json:"user"`
}

func block(ctx context.Context, b core.BlockShown) Block {
	return Block{b.BlockedID, written(b.CreatedAt), personOf(ctx, b.Blocked)}
}

func (h handlers) block(ctx context.Context, in *userInput) (*struct{}, error) {
	return nil, h.core.Block(ctx, in.UserID)
}

func (h handlers) unblock(ctx context.Context, in *userInput) (*struct{}, error) {
	return nil, h.core.Unblock(ctx, in.UserID)
}
