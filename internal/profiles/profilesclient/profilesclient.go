// Package profilesclient is profiles.Service where profiles runs in another process.
package profilesclient

import (
	"context"

	"agrovet/internal/platform/rpc"
	"agrovet/internal/profiles"
	wire "agrovet/internal/profiles/internal/rpc"
)

// Client is profiles.Service over the wire. Without an answer, its errors are profiles.ErrUnavailable.
type Client struct{ rpc *rpc.Client }

var _ profiles.Service = (*Client)(nil)

// New does not connect.
func New(clients *rpc.Clients, url string) *Client {
	return &Client{clients.To("profiles", url, profiles.ErrUnavailable)}
}

// Check is for /health/detailed/.
func (c *Client) Check(ctx context.Context) (map[string]any, error) { return c.rpc.Check(ctx) }

// Cards returns the profiles of these users; see profiles.Service.
func (c *Client) Cards(ctx context.Context, userIDs ...int64) (map[int64]profiles.Card, error) {
	if len(userIDs) == 0 {
		return map[int64]profiles.Card{}, nil
	}
	return wire.Cards.Call(ctx, c.rpc, userIDs)
}
