package core

import (
	"context"
	"errors"
	"strings"

	"agrovet/internal/auth"
	"agrovet/internal/auth/internal/store"
)

// CreateSuperuser makes a user who may do everything, or gives an existing one those rights and this
// password.
func (c *Core) CreateSuperuser(ctx context.Context, typed, plain string) (int64, error) {
	number, err := c.parsePhone(typed, "phone")
	if err != nil {
		return 0, err
	}
	hash, err := c.hash(ctx, plain, number, "password")
	if err != nil {
		return 0, err
	}
	var id int64
	err = c.tx(ctx, func(ctx context.Context) error {
		id, err = c.raise(ctx, number, typed, hash)
		return err
	})
	return id, err
}

// raise is CreateSuperuser's transaction.
func (c *Core) raise(ctx context.Context, number, typed, hash string) (int64, error) {
	old, err := c.store.ByPhone(ctx, number)
	if errors.Is(err, auth.ErrUserUnknown) {
		u, err := c.add(ctx, Picture{}, store.NewUser{Phone: number, PhoneTyped: strings.TrimSpace(typed), Password: hash,
			Role: string(auth.Consumer), IsStaff: true, IsSuperuser: true})
		return u.ID, err
	}
	if err != nil {
		return 0, err
	}
	if old, err = c.store.Lock(ctx, old.ID); err != nil {
		return 0, err
	}
	row := unchanged(old)
	row.IsActive, row.IsStaff, row.IsSuperuser = true, true, true
	u, err := c.store.Update(ctx, row)
	if err != nil {
		return 0, err
	}
	if err := c.store.SetPassword(ctx, old.ID, hash); err != nil {
		return 0, err
	}
	if err := c.tell(ctx, old, u); err != nil {
		return 0, err
	}
	return old.ID, c.EndOtherSessions(ctx, old.ID, 0)
}
