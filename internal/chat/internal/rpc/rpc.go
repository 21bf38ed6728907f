// Package rpc is chat over the wire: what it answers to modules in other processes.
package rpc

import (
	"context"

	"agrovet/internal/chat"
	"agrovet/internal/platform/httpx"
	"agrovet/internal/platform/rpc"
)

// About is what a room is asked for with.
type About struct{ UserID, OtherID, AddID int64 }

// RoomAbout is chat.Service. A room that was made is found when asked for again.
var RoomAbout = rpc.Method[About, int64]{Name: "chat/room_about", Repeat: true}

// Register answers it on the server.
func Register(s *httpx.Server, c chat.Service) {
	RoomAbout.Handle(s, func(ctx context.Context, a About) (int64, error) {
		return c.RoomAbout(ctx, a.UserID, a.OtherID, a.AddID)
	})
}
