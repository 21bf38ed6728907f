package core

import (
	"context"
	"errors"
	"fmt"

	"agrovet/internal/auth"
	"agrovet/internal/auth/authcache"
	"agrovet/internal/auth/internal/living"
	"agrovet/internal/auth/internal/store"
	"agrovet/internal/platform/bus"
)

// Taking people over from the original; package living has the rules, there.go and welcome.go ask for
// them.

// errRefused says that a person of the original does not become a user, for a reason that stays.
var errRefused = errors.New("auth: not taken over")

// take makes a person of the original a user with this password, or finds the user whom they have become before, and
// keeps the token that the original gave them, if it is known and has not ended here.
//
// Errors: errRefused, also for a token that has ended.
func (c *Core) take(ctx context.Context, p living.Person, password, token string) (u store.User, err error) {
	n, err := p.Newcomer(c.cfg.Country, password)
	if err != nil {
		return u, fmt.Errorf("%w: %w", errRefused, err)
	}
	err = c.tx(ctx, func(ctx context.Context) error {
		if u, err = c.arrive(ctx, n); err != nil {
			return err
		}
		return c.keepToken(ctx, u.ID, token)
	})
	return u, err
}

// arrive is take without a token, in ctx's transaction.
func (c *Core) arrive(ctx context.Context, n store.Newcomer) (u store.User, err error) {
	known, err := c.store.TakenOver(ctx, n.ID)
	if err != nil {
		return u, err
	}
	fresh := false
	if !known {
		if u, fresh, err = c.store.Take(ctx, n); err != nil {
			return u, err
		}
	}
	if !fresh {
		if u, err = c.resident(ctx, n, known); err != nil {
			return u, err
		}
	}
	if known {
		return u, nil
	}
	if err := c.store.NoteTaken(ctx, n.ID); err != nil || !fresh {
		return u, err
	}
	return u, c.publish(ctx, auth.UserCreated{UserID: u.ID, PhoneNumber: u.Phone, FullName: u.FullName, Role: auth.Role(u.Role)})
}

// resident finds the user whom a person has become before: known says that it was noted; else it is an import's, or
// happened at the same moment, and the number tells. Errors: errRefused.
func (c *Core) resident(ctx context.Context, n store.Newcomer, known bool) (store.User, error) {
	u, err := c.store.ByID(ctx, n.ID)
	switch {
	case errors.Is(err, auth.ErrUserUnknown) && known:
		return u, fmt.Errorf("%w: deleted since", errRefused)
	case errors.Is(err, auth.ErrUserUnknown):
		return u, fmt.Errorf("%w: the number is another user's", errRefused)
	case err == nil && !known && u.Phone != n.Phone:
		return u, fmt.Errorf("%w: the id is another user's", errRefused)
	}
	return u, err
}

// keepToken makes a session of the token that the original gave the user. Errors: errRefused: it has ended here.
func (c *Core) keepToken(ctx context.Context, userID int64, token string) error {
	if !living.Token(token) {
		return nil
	}
	kept, err := c.store.TakeToken(ctx, userID, authcache.HashToken(token))
	if err == nil && !kept {
		err = fmt.Errorf("%w: the token has ended", errRefused)
	}
	return err
}

// OriginalCreated takes in what the original tells of somebody who has just registered there. Whoever cannot become a
// user is left out for good; the log tells.
func (c *Core) OriginalCreated(ctx context.Context, e bus.Event) error {
	p, err := living.Created(e.Data)
	if err == nil {
		_, err = c.take(ctx, p, living.Password, "")
	} else {
		err = fmt.Errorf("%w: %w", errRefused, err)
	}
	if errors.Is(err, errRefused) {
		c.log.WarnContext(ctx, "somebody who registered in the original is left out", "user", p.ID, "event", e.ID, "reason", err)
		return nil
	}
	return err
}

// apart moves the ids of users who register here away from the original's, once, in ctx's transaction.
func (c *Core) apart(ctx context.Context) error {
	if c.there == nil || c.there.apart.Load() {
		return nil
	}
	if err := c.store.IDsFrom(ctx, c.cfg.Original.IDsFrom); err != nil {
		return err
	}
	c.there.apart.Store(true) // sequences are not rolled back
	return nil
}
