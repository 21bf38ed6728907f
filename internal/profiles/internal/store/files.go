package store

import (
	"context"

	"github.com/google/uuid"

	"agrovet/internal/platform/pg"
)

// FileUsers are the users in whose rows, of whatever kind, the media object stands.
func FileUsers(ctx context.Context, db *pg.DB, mediaID int64) ([]int64, error) {
	return queries.FileUsers(ctx, db.Q(ctx), mediaID)
}

// PlaceKey is the key by which rough places are drawn.
func PlaceKey(ctx context.Context, db *pg.DB) (uuid.UUID, error) {
	return queries.PlaceKey(ctx, db.Q(ctx))
}
