// Package authclient is auth.Service where auth runs in another process.
//
// What auth has said is found in the key-value store that all processes share (see authcache), so most questions
// do not leave this process but for that. When auth is away, sessions are believed for up to an hour and users for a
// day after they were last asked for.
package authclient

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"agrovet/internal/auth"
	"agrovet/internal/auth/authcache"
	wire "agrovet/internal/auth/internal/rpc"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/kv"
	"agrovet/internal/platform/rpc"
)

// patience is how long auth is waited for when there is an answer already, though a stale one.
const patience = time.Second

// Client is auth.Service over the wire.
type Client struct {
	rpc   *rpc.Client
	cache authcache.Cache
	log   *slog.Logger
}

var _ auth.Service = (*Client)(nil)

// New does not connect. store is the one that auth's process has, or users and sessions are asked for each time.
func New(clients *rpc.Clients, url string, store kv.Store, log *slog.Logger) *Client {
	return &Client{clients.To("auth", url, auth.ErrUnavailable), authcache.Cache{KV: store}, log}
}

// Check is for /health/detailed/.
func (c *Client) Check(ctx context.Context) (map[string]any, error) { return c.rpc.Check(ctx) }

// Authenticate says whose token this is; see authn.Authenticator. Auth itself writes what it answers to the store:
// it alone can see that a session has not been ended in between.
func (c *Client) Authenticate(ctx context.Context, token string) (authn.Principal, error) {
	stale, fresh, known := c.cache.Session(ctx, authcache.HashToken(token))
	switch {
	case fresh:
		return stale, nil
	case !known:
		return wire.Authenticate.Call(ctx, c.rpc, token)
	}
	p, err := wire.Authenticate.WithTimeout(patience).Call(ctx, c.rpc, token)
	if errors.Is(err, errs.ErrUnavailable) && ctx.Err() == nil {
		c.log.DebugContext(ctx, "auth is away, its session of some time ago is believed", "session", stale.SessionID, "error", err)
		return stale, nil
	}
	return p, err
}

// Users returns the users with these ids; see auth.Service.
func (c *Client) Users(ctx context.Context, ids ...int64) (map[int64]auth.User, error) {
	if len(ids) == 0 {
		return map[int64]auth.User{}, nil
	}
	found, ask := c.cache.Users(ctx, unique(ids)...)
	if len(ask) == 0 {
		return found, nil
	}
	method, complete := wire.Users, all(ask, found)
	if complete {
		method = method.WithTimeout(patience)
	}
	told, err := method.Call(ctx, c.rpc, ask)
	switch {
	case err != nil && complete && errors.Is(err, errs.ErrUnavailable):
		c.log.DebugContext(ctx, "auth is away, users are shown as they were some time ago", "users", len(ask), "error", err)
		return found, nil
	case err != nil:
		return found, err
	}
	c.keep(ctx, ask, told)
	for _, id := range ask {
		delete(found, id)
		if u, ok := told[id]; ok {
			found[id] = u
		}
	}
	return found, nil
}

// keep writes what auth has said. Who changes just then may be shown as before until it is not fresh any more;
// auth removes it once more by its event, so that is hardly ever.
func (c *Client) keep(ctx context.Context, asked []int64, told map[int64]auth.User) {
	if err := c.cache.PutUsers(ctx, asked, told); err != nil {
		c.log.DebugContext(ctx, "users are not kept", "error", err)
	}
}

// PhoneNumbers returns the numbers of these users; see auth.Service. They are kept nowhere.
func (c *Client) PhoneNumbers(ctx context.Context, ids ...int64) (map[int64]string, error) {
	if len(ids) == 0 {
		return map[int64]string{}, nil
	}
	return wire.PhoneNumbers.Call(ctx, c.rpc, unique(ids))
}
