// Package chatclient is chat.Service where chat runs in another process.
package chatclient

import (
	"context"

	"agrovet/internal/chat"
	wire "agrovet/internal/chat/internal/rpc"
	"agrovet/internal/platform/rpc"
)

// Client is chat.Service over the wire. Without an answer, its errors are chat.ErrUnavailable.
type Client struct{ rpc *rpc.Client }

var _ chat.Service = (*Client)(nil)

// New does not connect.
func New(clients *rpc.Clients, url string) *Client {
	return &Client{clients.To("chat", url, chat.ErrUnavailable)}
}

// Check is for /health/detailed/.
func (c *Client) Check(ctx context.Context) (map[string]any, error) { return c.rpc.Check(ctx) }

// RoomAbout finds or makes a room; see chat.Service.
func (c *Client) RoomAbout(ctx context.Context, userID, otherID, addID int64) (roomID int64, err error) {
	return wire.RoomAbout.Call(ctx, c.rpc, wire.About{UserID: userID, OtherID: otherID, AddID: addID})
}
