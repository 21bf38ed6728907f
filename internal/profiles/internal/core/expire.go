package core

import (
	"context"

	"agrovet/internal/profiles"
	"agrovet/internal/profiles/internal/store"
)

// expireBatch is how many users are read at once.
const expireBatch = 100

// ExpireVerifications marks decisions whose last day is over, and tells of them. Each is a transaction
// of its own, so nobody waits for the others.
func (c *Core) ExpireVerifications(ctx context.Context) error {
	for {
		users, err := c.verifier.store.Due(ctx, expireBatch)
		if err != nil || len(users) == 0 {
			return err
		}
		for _, id := range users {
			if err := c.DB.Tx(ctx, func(ctx context.Context) error { return c.expire(ctx, id) }); err != nil {
				return err
			}
		}
	}
}

// expire marks the user's decision, also while the user shows a profile of another kind.
func (c *Core) expire(ctx context.Context, userID int64) error {
	kind, _, err := c.owners.Lock(ctx, userID)
	if err != nil {
		return err
	}
	s, there, err := c.verifier.store.With(ctx, userID, store.Verified)
	if err != nil || !there || s.Status != store.Expired {
		return err // somebody was faster
	}
	rows, err := c.Specialists.table.Stored(ctx, userID)
	if err != nil {
		return err
	}
	if err := c.verifier.end(ctx, s, store.Expired); err != nil || len(rows) == 0 {
		return err
	}
	if kind == profiles.KindSpecialist { // what was told last
		rows[0].Profile.Verification = profiles.Verification{Verified: true, Type: s.Type}
	}
	if err := c.verifier.refresh(ctx, &rows[0]); err != nil {
		return err
	}
	return c.verifier.tell(ctx, &rows[0], profiles.VerificationExpired, "")
}
