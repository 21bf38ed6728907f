package core

import (
	"context"
	"errors"
	"time"

	"agrovet/internal/auth"
	"agrovet/internal/auth/internal/password"
	"agrovet/internal/auth/internal/store"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/errs"
)

// NewPassword is a password to be set.
type NewPassword struct {
	Current string // of whoever changes their own
	Fresh   string
	Field   string // the fresh one's name in the request
}

// ChangePassword sets a new password for whoever knows the current one, and ends all other sessions.
//
// Errors: auth.ErrPasswordWrong about current_password, field errors about the new one, auth.ErrBusy,
// errs.ErrRateLimited.
func (c *Core) ChangePassword(ctx context.Context, by authn.Principal, p NewPassword) error {
	_, err := c.Update(ctx, by, by.UserID, Change{Password: &p})
	return err
}

// secret is the hash of a new password, and the one that it replaces.
type secret struct{ old, fresh string }

// newSecret checks and hashes the new password of a change, before any transaction begins.
func (c *Core) newSecret(ctx context.Context, by authn.Principal, u store.User, p NewPassword) (s secret, err error) {
	if by.Is(u.ID) {
		if u, err = c.prove(ctx, u, p.Current, "current_password"); err != nil {
			return s, err
		}
	}
	fresh, err := c.hash(ctx, p.Fresh, u.Phone, p.Field)
	return secret{u.Password, fresh}, err
}

// setSecret replaces the password of the user, who is locked, and ends their sessions but one.
func (c *Core) setSecret(ctx context.Context, u store.User, s secret, keep int64) error {
	if u.Password != s.old { // somebody else, who knew it as well, was faster
		return auth.ErrPasswordWrong.At("current_password")
	}
	if err := c.store.SetPassword(ctx, u.ID, s.fresh); err != nil {
		return err
	}
	return c.EndOtherSessions(ctx, u.ID, keep)
}

// prove makes sure that the user's password is the given one, and returns the user with its hash. It takes from the
// same allowance as signing in.
//
// Errors: auth.ErrPasswordWrong about the field, auth.ErrBusy, errs.ErrRateLimited; auth.ErrUnavailable as Login.
func (c *Core) prove(ctx context.Context, u store.User, plain, field string) (store.User, error) {
	if err := c.tryLogin(ctx, u.Phone); err != nil {
		return u, err
	}
	if c.lives(u) {
		u, err := c.complete(ctx, u, plain)
		if errors.Is(err, auth.ErrBadCredentials) {
			err = auth.ErrPasswordWrong.At(field)
		}
		return u, err
	}
	ok, _, err := c.hasher.Verify(ctx, plain, u.Password)
	if err != nil {
		return u, busy(err)
	}
	if !ok {
		return u, auth.ErrPasswordWrong.At(field)
	}
	return u, nil
}

// busy turns a full queue into an answer.
func busy(err error) error {
	if errors.Is(err, password.ErrBusy) {
		return auth.ErrBusy.After(2 * time.Second)
	}
	return err
}

// hash hashes a password that the rules allow. Errors: field errors, auth.ErrBusy.
func (c *Core) hash(ctx context.Context, plain, phone, field string) (string, error) {
	if err := checkPassword(plain, phone, field); err != nil {
		return "", err
	}
	h, err := c.hasher.Hash(ctx, plain)
	return h, busy(err)
}

// checkPassword says what is wrong with a new password, in the field's shape.
func checkPassword(plain, phone, field string) error {
	err := password.Check(plain, phone)
	for _, p := range []struct {
		err    error
		es, en string
	}{
		{password.ErrTooShort, "La contraseña debe tener al menos 8 caracteres.", "The password must have at least 8 characters."},
		{password.ErrTooLong, "La contraseña es demasiado larga.", "The password is too long."},
		{password.ErrTooCommon, "Esta contraseña es demasiado común.", "This password is too common."},
		{password.ErrIsPhone, "La contraseña no puede ser el número de teléfono.", "The password cannot be the phone number."},
	} {
		if errors.Is(err, p.err) {
			return errs.New(errs.Invalid, "auth.password_weak", p.es, p.en).At(field).Wrap(err)
		}
	}
	return err
}
