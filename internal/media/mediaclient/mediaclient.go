// Package mediaclient is media.Service where media runs in another process.
package mediaclient

import (
	"bytes"
	"context"

	"agrovet/internal/media"
	wire "agrovet/internal/media/internal/rpc"
	"agrovet/internal/platform/rpc"
)

// Client is media.Service over the wire. Without an answer, its errors are media.ErrUnavailable.
type Client struct{ rpc *rpc.Client }

var _ media.Service = (*Client)(nil)

// New does not connect.
func New(clients *rpc.Clients, url string) *Client {
	return &Client{clients.To("media", url, media.ErrUnavailable)}
}

// Check is for /health/detailed/.
func (c *Client) Check(ctx context.Context) (map[string]any, error) { return c.rpc.Check(ctx) }

// Objects returns the objects with these ids; see media.Service.
func (c *Client) Objects(ctx context.Context, ids ...int64) (map[int64]media.Object, error) {
	if len(ids) == 0 {
		return map[int64]media.Object{}, nil
	}
	return wire.Objects.Call(ctx, c.rpc, ids)
}

// Claim makes unclaimed objects the user's; see media.Service.
func (c *Client) Claim(ctx context.Context, userID int64, ids ...int64) error {
	if len(ids) == 0 {
		return nil
	}
	done, err := wire.Claim.Call(ctx, c.rpc, wire.Claims{UserID: userID, IDs: ids})
	if err == nil && len(done.NotOwned) > 0 {
		return &media.NotOwned{IDs: done.NotOwned}
	}
	return err
}

// Links returns addresses of private objects; see media.Service.
func (c *Client) Links(ctx context.Context, ids ...int64) (map[int64]string, error) {
	if len(ids) == 0 {
		return map[int64]string{}, nil
	}
	return wire.Links.Call(ctx, c.rpc, ids)
}

// Upload sends a file; see media.Service. It may have been taken in although it fails with media.ErrUnavailable:
// then nobody shows it, and media sweeps it.
func (c *Client) Upload(ctx context.Context, u media.Upload) (media.Object, error) {
	if u.Content == nil {
		u.Content, u.Size = bytes.NewReader(nil), 0
	}
	file := wire.File{OwnerID: u.OwnerID, Folder: u.Folder, Name: clip(u.Name), MIME: clip(u.MIME), Size: u.Size}
	return wire.Upload.Send(ctx, c.rpc, file, u.Content, u.Size)
}

// maxWord is how many characters of a sender's words are sent: more than a file's name has.
const maxWord = 500

func clip(s string) string {
	if r := []rune(s); len(r) > maxWord {
		return string(r[:maxWord])
	}
	return s
}
