package core

import (
	"context"
	"errors"

	"agrovet/internal/auth"
	"agrovet/internal/auth/internal/store"
	"agrovet/internal/platform/errs"
)

// Login signs somebody in by number, in any spelling, and password.
//
// Errors: auth.ErrBadCredentials, whatever of it is wrong and whether or not the number is known;
// auth.ErrBusy; errs.ErrRateLimited after too many tries for one number; auth.ErrUnavailable when the original is to
// be asked and is away.
func (c *Core) Login(ctx context.Context, typed, plain, device string) (SignedIn, error) {
	u, err := c.verify(ctx, typed, plain)
	if err != nil {
		return SignedIn{}, err
	}
	in, err := c.enter(ctx, u, device)
	if errors.Is(err, errChanged) {
		if u, err = c.verifyAgain(ctx, u.ID, plain); err == nil {
			in, err = c.enter(ctx, u, device)
		}
	}
	if errors.Is(err, errChanged) {
		err = auth.ErrBadCredentials.Wrap(err)
	}
	return in, err
}

// errChanged says that the hash is another one than was verified: the password was changed at the
// same moment, or another device's login replaced the original's hash.
var errChanged = errors.New("auth: the password changed meanwhile")

// enter makes the session of a user whose password has been verified, unless it has changed since:
// nobody may slip in past a reset that is just ending all sessions.
func (c *Core) enter(ctx context.Context, u store.User, device string) (in SignedIn, err error) {
	err = c.tx(ctx, func(ctx context.Context) error {
		if in.User, err = c.lockVerified(ctx, u); err != nil {
			return err
		}
		if in.Token, err = c.newSession(ctx, u.ID, device); err != nil {
			return err
		}
		if err := c.store.LoggedIn(ctx, u.ID); err != nil {
			return err
		}
		return c.publish(ctx, auth.LoggedIn{UserID: u.ID})
	})
	return in, err
}

// lockVerified finds the user as they are now. Errors: errChanged, auth.ErrBadCredentials.
func (c *Core) lockVerified(ctx context.Context, u store.User) (store.User, error) {
	now, err := c.store.Lock(ctx, u.ID)
	switch {
	case errors.Is(err, auth.ErrUserUnknown), err == nil && !now.IsActive:
		return now, auth.ErrBadCredentials
	case err == nil && now.Password != u.Password:
		return now, errChanged
	}
	return now, err
}

// verify finds the user whose number and password these are. It takes as long for an unknown number
// as for a wrong password.
func (c *Core) verify(ctx context.Context, typed, plain string) (store.User, error) {
	number, err := c.parsePhone(typed, "phone_number")
	if err != nil {
		return store.User{}, c.refuse(ctx, plain)
	}
	if err := c.tryLogin(ctx, number); err != nil {
		return store.User{}, err
	}
	u, err := c.store.ByPhone(ctx, number)
	switch {
	case errors.Is(err, auth.ErrUserUnknown) && c.there != nil:
		return c.welcome(ctx, number, typed, plain)
	case errors.Is(err, auth.ErrUserUnknown):
		return store.User{}, c.refuse(ctx, plain)
	case err != nil:
		return store.User{}, err
	}
	return c.check(ctx, u, plain)
}

// verifyAgain checks the password against the hash that is there now.
func (c *Core) verifyAgain(ctx context.Context, id int64, plain string) (store.User, error) {
	u, err := c.store.ByID(ctx, id)
	if err != nil {
		return u, err
	}
	return c.check(ctx, u, plain)
}

// check verifies the password of a user, and replaces the hash if it is an old one.
func (c *Core) check(ctx context.Context, u store.User, plain string) (store.User, error) {
	if c.lives(u) {
		return c.complete(ctx, u, plain)
	}
	ok, stale, err := c.hasher.Verify(ctx, plain, u.Password)
	switch {
	case err != nil:
		return u, busy(err)
	case !ok || !u.IsActive:
		return u, auth.ErrBadCredentials
	case stale:
		return c.upgrade(ctx, u, plain), nil
	}
	return u, nil
}

// refuse answers as for a wrong password, and as late.
func (c *Core) refuse(ctx context.Context, plain string) error {
	if err := c.hasher.VerifyNothing(ctx, plain); err != nil {
		return busy(err)
	}
	return auth.ErrBadCredentials
}

// tryLogin counts a try for a number, known or not. When the counter is away signing in goes on:
// each try still costs a hash in a bounded queue.
func (c *Core) tryLogin(ctx context.Context, number string) error {
	d, err := c.deps.KV.Allow(ctx, "limit:login:phone:"+number, c.cfg.LoginPerPhone)
	if err != nil {
		c.log.WarnContext(ctx, "sign-in tries not counted", "error", err)
		return nil
	}
	if !d.Allowed {
		return errs.ErrRateLimited.After(d.RetryAfter)
	}
	return nil
}

// upgrade replaces a hash of the original system, or of weaker parameters, by today's. Failing to is
// no reason to keep somebody out.
func (c *Core) upgrade(ctx context.Context, u store.User, plain string) store.User {
	fresh, err := c.hasher.Hash(ctx, plain)
	replaced := false
	if err == nil {
		replaced, err = c.store.Rehash(ctx, u.ID, u.Password, fresh)
	}
	if err != nil {
		c.log.WarnContext(ctx, "password hash not upgraded", "user", u.ID, "error", err)
	}
	if replaced {
		u.Password = fresh
	}
	return u
}
