package httpx

import (
	"context"
	"log/slog"
	"strconv"

	"github.com/labstack/echo/v5"

	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/kv"
)

// LimitBy says whose allowance a rate limit takes from.
type LimitBy uint8

// The choices.
const (
	ByAddress  LimitBy = iota // the client's address
	ByUser                    // the signed-in user, else the address
	ByStranger                // the address of those who are not signed in; others are not limited
)

// RateLimit is a route's allowance. Routes with the same name share it.
type RateLimit struct {
	Name string
	By   LimitBy
	kv.Limit
}

// take lets the request pass or refuses it with 429. When the store is away it lets pass: a rate
// limit protects capacity, and the places that protect secrets (guesses of a code) count in the
// database instead.
func (l RateLimit) take(ctx context.Context, store kv.Store, c *echo.Context) error {
	if l.Unlimited() {
		return nil
	}
	who, id := "address:"+c.RealIP(), authn.UserID(ctx)
	switch {
	case l.By == ByUser && id != 0:
		who = "user:" + strconv.FormatInt(id, 10)
	case l.By == ByStranger && id != 0:
		return nil
	}
	d, err := store.Allow(ctx, "limit:"+l.Name+":"+who, l.Limit)
	if err != nil {
		slog.WarnContext(ctx, "rate limit not checked", "limit", l.Name, "error", err)
		return nil
	}
	if !d.Allowed {
		return errs.ErrRateLimited.After(d.RetryAfter)
	}
	return nil
}
