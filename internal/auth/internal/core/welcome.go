package core

import (
	"context"
	"errors"
	"slices"
	"strings"

	"agrovet/internal/auth"
	"agrovet/internal/auth/internal/living"
	"agrovet/internal/auth/internal/phone"
	"agrovet/internal/auth/internal/store"
)

// Signing in people who still live in the original, and finding them by their number.

// proven asks the original whose number and password these are. It comes after a computation as long as that of a
// wrong password, so that floods end in the hashing queue. Errors: auth.ErrBadCredentials, auth.ErrBusy, auth.ErrUnavailable.
func (c *Core) proven(ctx context.Context, number, plain string, spellings ...string) (p living.Person, token string, err error) {
	if err := c.hasher.VerifyNothing(ctx, plain); err != nil {
		return p, "", busy(err)
	}
	for _, s := range spelled(append(spellings, number[1:], number, phone.Number(number).National(c.cfg.Country))...) {
		p, token, err = c.there.Login(ctx, s, plain)
		switch {
		case errors.Is(err, living.ErrNobody):
			continue
		case err != nil:
			return p, "", awayThere(err)
		case living.Phone(p.Phone, c.cfg.Country) != number:
			c.log.WarnContext(ctx, "the original signs in somebody with another number", "user", p.ID)
			return p, "", auth.ErrBadCredentials
		}
		return p, token, nil
	}
	return p, "", auth.ErrBadCredentials
}

// spelled are the spellings that the original may know, each once: it compares letter by letter, and has digits alone,
// with or without a plus.
func spelled(all ...string) (some []string) {
	for _, s := range all {
		s = strings.TrimSpace(s)
		digits := strings.TrimPrefix(s, "+")
		if len(digits) >= 7 && len(digits) <= 15 && strings.Trim(digits, "0123456789") == "" && !slices.Contains(some, s) {
			some = append(some, s)
		}
	}
	return some
}

// welcome signs in somebody whom nobody here knows, by their password in the original. Errors: those of proven.
func (c *Core) welcome(ctx context.Context, number, typed, plain string) (u store.User, err error) {
	p, token, err := c.proven(ctx, number, plain, typed)
	if err != nil {
		return u, err
	}
	hash, err := c.hasher.Hash(ctx, plain)
	if err != nil {
		return u, busy(err)
	}
	u, err = c.take(ctx, p, hash, token)
	switch {
	case errors.Is(err, errRefused):
		c.log.WarnContext(ctx, "somebody of the original is refused", "user", p.ID, "reason", err)
		return u, auth.ErrBadCredentials
	case err != nil:
		return u, err
	case u.Phone != number:
		return u, auth.ErrBadCredentials
	case u.Password != hash: // another device, an event or a token was faster
		return c.check(ctx, u, plain)
	}
	return u, nil
}

// complete signs in a user whose password lives in the original, and brings it here. Errors: those of proven.
func (c *Core) complete(ctx context.Context, u store.User, plain string) (store.User, error) {
	p, token, err := c.proven(ctx, u.Phone, plain, u.PhoneTyped)
	if err != nil {
		return u, err
	}
	hash, err := c.hasher.Hash(ctx, plain)
	if err != nil {
		return u, busy(err)
	}
	if p.ID != u.ID || !u.IsActive {
		return u, auth.ErrBadCredentials
	}
	switch replaced, err := c.bring(ctx, u.ID, hash, token); {
	case err != nil:
		return u, err
	case !replaced: // another device was faster
		return c.verifyAgain(ctx, u.ID, plain)
	}
	u.Password = hash
	return u, nil
}

// bring replaces "lives in the original" by the hash of the password that was right there, and says whether it did.
func (c *Core) bring(ctx context.Context, userID int64, hash, token string) (replaced bool, err error) {
	err = c.tx(ctx, func(ctx context.Context) error {
		replaced, err = c.store.Rehash(ctx, userID, living.Password, hash)
		if err != nil || !replaced {
			return err
		}
		if err = c.keepToken(ctx, userID, token); errors.Is(err, errRefused) {
			return nil // it has ended here; the password has not
		}
		return err
	})
	return replaced, err
}

// lives says whether the original is to be asked for the user's password.
func (c *Core) lives(u store.User) bool { return c.there != nil && u.Password == living.Password }

// findThere takes over whoever has the number in the original; ok is false when nobody has, or they are refused.
// Errors: auth.ErrUnavailable.
func (c *Core) findThere(ctx context.Context, number string) (u store.User, ok bool, err error) {
	if c.there == nil || c.cfg.Original.Token == "" {
		return u, false, nil
	}
	if err := c.mayAsk(ctx, "number"); err != nil {
		return u, false, err
	}
	p, err := c.there.Find(ctx, number, c.cfg.Country)
	switch {
	case errors.Is(err, living.ErrNobody):
		return u, false, nil
	case err != nil:
		return u, false, awayThere(err)
	}
	u, err = c.take(ctx, p, living.Password, "")
	if errors.Is(err, errRefused) {
		return u, false, nil
	}
	return u, err == nil && u.Phone == number, err
}
