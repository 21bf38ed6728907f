// Package rpc is profiles over the wire: what it answers to modules in other processes.
package rpc

import (
	"context"

	"agrovet/internal/platform/httpx"
	"agrovet/internal/platform/rpc"
	"agrovet/internal/profiles"
)

// Cards is profiles.Service.
var Cards = rpc.Method[[]int64, map[int64]profiles.Card]{Name: "profiles/cards", Repeat: true}

// Register answers it on the server.
func Register(s *httpx.Server, p profiles.Service) {
	Cards.Handle(s, func(ctx context.Context, ids []int64) (map[int64]profiles.Card, error) { return p.Cards(ctx, ids...) })
}
