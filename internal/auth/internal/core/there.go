package core

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"github.com/maypok86/otter/v2"
	"golang.org/x/sync/singleflight"

	"agrovet/internal/auth"
	"agrovet/internal/auth/internal/living"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/kv"
)

// Asking the original's auth for people who still live there.

const (
	nobodyKept  = time.Minute // that a token is nobody's
	nobodysKept = 10_000      // such tokens at most; the longest unused go first
	thereAgain  = 5 * time.Second
)

// asksThere is how often the installation asks for tokens that it does not know, and how often for numbers.
var asksThere = kv.Limit{Events: 50, Period: time.Second}

// there is the original's auth, as long as it runs beside this one.
type there struct {
	*living.Service
	asking singleflight.Group // a page asks for much at once with one token
	nobody *otter.Cache[string, struct{}]
	apart  atomic.Bool // the ids of new users have been moved away from the original's
}

// newThere returns nil when nothing runs beside.
func newThere(s *living.Service) *there {
	if s == nil {
		return nil
	}
	return &there{Service: s, nobody: otter.Must(&otter.Options[string, struct{}]{
		MaximumSize: nobodysKept, ExpiryCalculator: otter.ExpiryWriting[string, struct{}](nobodyKept)})}
}

func (t *there) close() {
	t.Close()
	t.nobody.StopAllGoroutines()
}

// CheckOriginal is for /health/detailed/. That the original is away is no fault of this process.
func (c *Core) CheckOriginal(ctx context.Context) (map[string]any, error) {
	err := c.there.Visit(ctx)
	if errors.Is(err, living.ErrAway) {
		return map[string]any{"away": true}, nil
	}
	return nil, err
}

// awayThere is the answer to whoever needs the original while it is away.
func awayThere(cause error) error {
	return auth.ErrUnavailable.After(thereAgain).Wrap(errs.ErrUnavailable.Wrap(cause))
}

// mayAsk counts a question about a token or a number, as what says. Without the counter nobody asks.
func (c *Core) mayAsk(ctx context.Context, what string) error {
	d, err := c.deps.KV.Allow(ctx, "limit:auth:original:"+what, asksThere)
	switch {
	case err != nil:
		return awayThere(err)
	case !d.Allowed:
		return awayThere(errors.New("asked too often"))
	}
	return nil
}

// admit asks the original whose the token is, and takes them over. Errors: errs.ErrTokenInvalid, errs.ErrUnavailable.
func (c *Core) admit(ctx context.Context, token string, hash []byte) (authn.Principal, error) {
	key := string(hash)
	if _, refused := c.there.nobody.GetIfPresent(key); refused || !living.Token(token) {
		return authn.Principal{}, errs.ErrTokenInvalid
	}
	_, err, _ := c.there.asking.Do(key, func() (any, error) {
		late, cancel := context.WithTimeout(c.deps.DB.Outside(ctx), 2*c.cfg.Original.Timeout)
		defer cancel() // whoever asked first may go, the others wait for the answer
		return nil, c.takeByToken(late, token)
	})
	if errors.Is(err, errs.ErrTokenInvalid) {
		c.there.nobody.Set(key, struct{}{})
	}
	if err != nil {
		return authn.Principal{}, err
	}
	return c.holder(ctx, hash)
}

func (c *Core) takeByToken(ctx context.Context, token string) error {
	if err := c.mayAsk(ctx, "token"); err != nil {
		return err
	}
	p, err := c.there.Me(ctx, token)
	switch {
	case errors.Is(err, living.ErrNobody):
		return errs.ErrTokenInvalid
	case err != nil:
		return awayThere(err)
	}
	_, err = c.take(ctx, p, living.Password, token)
	switch {
	case errors.Is(err, errRefused):
		c.log.WarnContext(ctx, "a token of the original is refused", "user", p.ID, "reason", err)
		return errs.ErrTokenInvalid
	case err != nil:
		return errs.ErrUnavailable.After(retryAfter).Wrap(err)
	}
	return nil
}
