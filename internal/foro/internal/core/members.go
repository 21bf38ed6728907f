package core

import (
	"context"

	"agrovet/internal/auth"
	"agrovet/internal/foro/internal/store"
	"agrovet/internal/profiles"
)

// UserCreated makes somebody known to the forum, and puts them into the communities of their role.
func (c *Core) UserCreated(ctx context.Context, e auth.UserCreated) error {
	return c.hasRole(ctx, e.UserID, e.Role)
}

// RoleChanged notes somebody's new role, and puts them into its communities as well.
func (c *Core) RoleChanged(ctx context.Context, e auth.RoleChanged) error {
	return c.hasRole(ctx, e.UserID, e.Role)
}

func (c *Core) hasRole(ctx context.Context, userID int64, as auth.Role) error {
	role, _ := auth.ParseRole(string(as))
	if _, err := c.store.Join(ctx, userID, role); err != nil {
		return err
	}
	if err := c.store.SetPersonRole(ctx, userID, role); err != nil {
		return err
	}
	_, err := c.joinDefaults(ctx, userID, role)
	return err
}

// ProfileCreated, ProfileUpdated and VerificationChanged keep what the forum knows of specialists. Events may come
// late, so profiles is asked what is so now.
func (c *Core) ProfileCreated(ctx context.Context, e profiles.Created) error {
	return c.learn(ctx, e.UserID)
}

// ProfileUpdated is as ProfileCreated.
func (c *Core) ProfileUpdated(ctx context.Context, e profiles.Updated) error {
	return c.learn(ctx, e.UserID)
}

// VerificationChanged is as ProfileCreated.
func (c *Core) VerificationChanged(ctx context.Context, e profiles.VerificationChanged) error {
	return c.learn(ctx, e.UserID)
}

func (c *Core) learn(ctx context.Context, userID int64) error {
	if c.Profiles == nil {
		return nil
	}
	cards, err := c.Profiles.Cards(ctx, userID)
	if err != nil {
		return err
	}
	p := store.Person{UserID: userID}
	if s := cards[userID].Specialist; s != nil {
		p.Verified, p.Species, p.Place = s.Verification.Verified, s.Species, s.Place.Rough
	}
	return c.store.Learn(ctx, p)
}
