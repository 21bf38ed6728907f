package core

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"

	"agrovet/internal/auth"
	"agrovet/internal/foro"
	"agrovet/internal/platform/errs"
)

// joinDefaults puts somebody into the communities of their role, and returns into which: not where they are
// already, and not where they were put out. It takes them out of none.
func (c *Core) joinDefaults(ctx context.Context, userID int64, role auth.Role) ([]int64, error) {
	p, ok, err := c.store.LockPerson(ctx, userID, false)
	if err != nil || !ok || p.Gone {
		return nil, err
	}
	ids, err := c.store.Standard(ctx, defaults(role))
	if err == nil && len(ids) == 0 { // the event comes before the start is done
		if err = c.SeedCommunities(ctx); err == nil {
			ids, err = c.store.Standard(ctx, defaults(role))
		}
	}
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	return c.store.AddToAll(ctx, userID, ids)
}

// HasInternal says whether the installation has a secret for what its other parts ask.
func (c *Core) HasInternal() bool { return c.cfg.InternalSecret != "" }

// AddUser puts a user into the communities of a role for who knows the installation's secret, and returns into
// which. A role that is none is that of everybody.
//
// Errors: foro.ErrInternalSecret; foro.ErrUserRequired; errs.ErrNotFound for a user who is not there;
// foro.ErrAuthUnavailable.
func (c *Core) AddUser(ctx context.Context, secret string, userID int64, role string) (joined []int64, err error) {
	given, own := sha256.Sum256([]byte(secret)), sha256.Sum256([]byte(c.cfg.InternalSecret))
	switch {
	case !c.HasInternal() || subtle.ConstantTimeCompare(given[:], own[:]) != 1:
		return nil, foro.ErrInternalSecret
	case userID <= 0:
		return nil, foro.ErrUserRequired
	}
	users, err := c.Users.Users(ctx, userID)
	if err != nil {
		return nil, foro.ErrAuthUnavailable.Wrap(err)
	}
	u, ok := users[userID]
	if !ok {
		return nil, errs.ErrNotFound
	}
	as, _ := auth.ParseRole(role)
	err = c.DB.Tx(ctx, func(ctx context.Context) error {
		if _, err := c.store.Join(ctx, userID, u.Role); err != nil {
			return err
		}
		joined, err = c.joinDefaults(ctx, userID, as)
		return err
	})
	return joined, err
}
