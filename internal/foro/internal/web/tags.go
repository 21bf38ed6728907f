package web

import (
	"context"

	"agrovet/internal/foro/internal/store"
)

// Tag is a word that posts are found by.
type Tag struct {
	ID    int64  `json:"id"`
	Name  string `json:"name"`
	Posts int    `json:"posts_count" doc:"That all may see."`
}

func tag(_ context.Context, t store.Tag) Tag { return Tag(t) }
