// Package rpc is auth over the wire: what it answers to modules in other processes.
package rpc

import (
	"context"

	"agrovet/internal/auth"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/httpx"
	"agrovet/internal/platform/rpc"
)

// The methods of auth.Service. All of them only read.
var (
	Authenticate = rpc.Method[string, authn.Principal]{Name: "auth/authenticate", Repeat: true}
	Users        = rpc.Method[[]int64, map[int64]auth.User]{Name: "auth/users", Repeat: true}
	PhoneNumbers = rpc.Method[[]int64, map[int64]string]{Name: "auth/phone_numbers", Repeat: true}
)

// Register answers them on the server.
func Register(s *httpx.Server, a auth.Service) {
	Authenticate.Handle(s, a.Authenticate)
	Users.Handle(s, func(ctx context.Context, ids []int64) (map[int64]auth.User, error) { return a.Users(ctx, ids...) })
	PhoneNumbers.Handle(s, func(ctx context.Context, ids []int64) (map[int64]string, error) { return a.PhoneNumbers(ctx, ids...) })
}
