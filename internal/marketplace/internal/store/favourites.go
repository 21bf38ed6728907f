package store

import (
	"context"
	"time"

	"agrovet/internal/marketplace/internal/store/marketplacedb"
)

// Favourite is an advert that somebody wants to find again. The advert may be gone.
type Favourite struct {
	ID        int64
	UserID    int64
	AddID     int64
	CreatedAt time.Time
}

// AddFavourite makes one; ok is false when it is there already.
func (s Store) AddFavourite(ctx context.Context, userID, addID int64) (ok bool, err error) {
	n, err := queries.FavouriteInsert(ctx, s.DB.Q(ctx), marketplacedb.FavouriteInsertParams{UserID: userID, AddID: addID})
	return n > 0, err
}

// DeleteFavourite removes one, if it is there.
func (s Store) DeleteFavourite(ctx context.Context, userID, addID int64) error {
	return queries.FavouriteDelete(ctx, s.DB.Q(ctx), marketplacedb.FavouriteDeleteParams{UserID: userID, AddID: addID})
}

// Favourites is a part of somebody's, the last first.
func (s Store) Favourites(ctx context.Context, userID int64, span IDSpan) ([]Favourite, error) {
	rows, err := queries.Favourites(ctx, s.DB.Q(ctx), marketplacedb.FavouritesParams{
		UserID: userID, BeforeID: span.before(), Skip: int32(span.Skip), MaxRows: int32(span.Limit)})
	out := make([]Favourite, len(rows))
	for i, r := range rows {
		out[i] = Favourite(r)
	}
	return out, err
}

// CountFavourites counts them up to limit.
func (s Store) CountFavourites(ctx context.Context, userID int64, limit int) (int64, error) {
	return queries.FavouritesCount(ctx, s.DB.Q(ctx), marketplacedb.FavouritesCountParams{UserID: userID, MaxRows: int32(limit)})
}

// FavouritesAmong tells which of these adverts are somebody's favourites.
func (s Store) FavouritesAmong(ctx context.Context, userID int64, addIDs []int64) (map[int64]bool, error) {
	ids, err := queries.FavouritesAmong(ctx, s.DB.Q(ctx), marketplacedb.FavouritesAmongParams{UserID: userID, AddIds: addIDs})
	among := make(map[int64]bool, len(ids))
	for _, id := range ids {
		among[id] = true
	}
	return among, err
}
