package core

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"agrovet/internal/auth"
	"agrovet/internal/auth/internal/store"
)

// RequestReset has a code sent to the number, if anybody has it. Answer and time are the same when
// nobody does.
//
// Errors: a field error about phone that is no number; as requestCode; auth.ErrUnavailable when the original is to be
// asked and is away.
func (c *Core) RequestReset(ctx context.Context, typed, address string) error {
	number, err := c.parsePhone(typed, "phone")
	if err != nil {
		return err
	}
	r := codeRequest{purpose: store.ForPassword, subject: number, phone: number, address: address}
	u, err := c.store.ByPhone(ctx, number)
	known := err == nil
	if errors.Is(err, auth.ErrUserUnknown) {
		u, known, err = c.findThere(ctx, number)
	}
	switch {
	case err != nil:
		return err
	case known && u.IsActive:
		r.user = &u.ID
	}
	return c.requestCode(ctx, r)
}

// Reset sets a new password for whoever received the code, and ends all their sessions. A code works
// once, for 10 minutes and 5 guesses.
//
// Errors: auth.ErrCodeInvalid, also when nobody has the number; field errors about new_password;
// auth.ErrBusy.
func (c *Core) Reset(ctx context.Context, typed, code, fresh string) error {
	number, err := c.parsePhone(typed, "phone")
	if err != nil {
		return auth.ErrCodeInvalid
	}
	hash, err := c.hash(ctx, fresh, number, "new_password") // first: the same work for a wrong code
	if err != nil {
		return err
	}
	return c.useCode(ctx, store.ForPassword, number, strings.TrimSpace(code), func(ctx context.Context, r store.Code) error {
		u, err := c.store.Lock(ctx, *r.UserID)
		switch {
		case errors.Is(err, auth.ErrUserUnknown), err == nil && (u.Phone != number || !u.IsActive):
			return auth.ErrCodeInvalid // the number is another's by now
		case err != nil:
			return err
		}
		return c.reset(ctx, u, hash)
	})
}

func (c *Core) reset(ctx context.Context, u store.User, hash string) error {
	if err := c.store.SetPassword(ctx, u.ID, hash); err != nil {
		return err
	}
	if err := c.EndOtherSessions(ctx, u.ID, 0); err != nil {
		return err
	}
	return c.publish(ctx, auth.PasswordReset{UserID: u.ID})
}

// RequestPhone has a code sent to the user's new number, for whoever knows the password.
//
// Errors: auth.ErrPasswordWrong about password, a field error about phone; as requestCode. Whether
// somebody else has the number shows only when the code is confirmed.
func (c *Core) RequestPhone(ctx context.Context, userID int64, typed, plain, address string) error {
	number, err := c.parsePhone(typed, "phone")
	if err != nil {
		return err
	}
	u, err := c.store.ByID(ctx, userID)
	if err != nil {
		return err
	}
	if _, err := c.prove(ctx, u, plain, "password"); err != nil {
		return err
	}
	return c.requestCode(ctx, codeRequest{purpose: store.ForPhone, subject: subjectOf(userID), user: &userID, phone: number,
		typed: strings.TrimSpace(typed), address: address})
}

// ConfirmPhone makes the number that received the code the user's.
//
// Errors: auth.ErrCodeInvalid, auth.ErrPhoneTaken.
func (c *Core) ConfirmPhone(ctx context.Context, userID int64, code string) (u store.User, err error) {
	err = c.useCode(ctx, store.ForPhone, subjectOf(userID), strings.TrimSpace(code), func(ctx context.Context, r store.Code) error {
		old, err := c.store.Lock(ctx, userID)
		if err != nil {
			return err
		}
		row := unchanged(old)
		row.Phone, row.PhoneTyped = r.Phone, r.Typed
		u, err = c.store.Update(ctx, row)
		return err
	})
	return u, err
}

func subjectOf(userID int64) string { return strconv.FormatInt(userID, 10) }
