package core

import (
	"context"

	"agrovet/internal/auth"
	"agrovet/internal/marketplace"
	"agrovet/internal/marketplace/internal/store"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/errs"
)

// FollowShown is a follow with how both people are shown.
type FollowShown struct {
	store.Follow
	Follower, Following auth.User
}

// Follow has the caller follow somebody.
//
// Errors: marketplace.ErrFollowSelf, ErrFollowing, ErrFollowBlocked, ErrTooManyFollows;
// auth.ErrUserUnknown; marketplace.ErrAuthUnavailable.
func (c *Core) Follow(ctx context.Context, userID int64) (FollowShown, error) {
	me := authn.UserID(ctx)
	if userID == me {
		return FollowShown{}, marketplace.ErrFollowSelf
	}
	if err := c.exists(ctx, userID); err != nil {
		return FollowShown{}, err
	}
	var f store.Follow
	err := c.DB.Tx(ctx, func(ctx context.Context) (err error) {
		if err := c.lockPair(ctx, me, userID); err != nil {
			return err
		}
		f, err = c.follows(ctx, me, userID)
		return err
	})
	if err != nil {
		return FollowShown{}, err
	}
	return c.showFollows(ctx, []store.Follow{f})[0], nil
}

// follows makes a follow of a person who is locked.
func (c *Core) follows(ctx context.Context, me, userID int64) (f store.Follow, err error) {
	if blocked, err := c.store.HasBlocked(ctx, me, userID); err != nil || blocked {
		if err == nil {
			err = marketplace.ErrFollowBlocked
		}
		return f, err
	}
	f, ok, err := c.store.AddFollow(ctx, me, userID)
	if err == nil && !ok {
		err = marketplace.ErrFollowing
	}
	if err != nil {
		return f, err
	}
	n, err := c.store.CountFollowing(ctx, me, marketplace.MaxFollows+1)
	if err == nil && n > marketplace.MaxFollows {
		err = marketplace.ErrTooManyFollows
	}
	return f, err
}

// exists sees to it that auth knows the user.
//
// Errors: auth.ErrUserUnknown; marketplace.ErrAuthUnavailable when auth cannot be asked.
func (c *Core) exists(ctx context.Context, userID int64) error {
	users, err := c.Users.Users(ctx, userID)
	if err != nil {
		return marketplace.ErrAuthUnavailable.Wrap(err)
	}
	if _, ok := users[userID]; !ok {
		return auth.ErrUserUnknown
	}
	return nil
}

// lockPair locks the caller and keeps somebody else from going.
//
// Errors: auth.ErrUserUnknown for who is gone; errs.ErrForbidden when it is the caller.
func (c *Core) lockPair(ctx context.Context, me, userID int64) error {
	gone, otherGone, err := c.store.LockPair(ctx, me, userID)
	switch {
	case err != nil:
		return err
	case gone:
		return errs.ErrForbidden
	case otherGone:
		return auth.ErrUserUnknown
	}
	return nil
}

// Unfollow ends a follow.
//
// Errors: errs.ErrNotFound; marketplace.ErrFollowOfOthers unless the caller is its follower, or staff.
func (c *Core) Unfollow(ctx context.Context, id int64) error {
	f, ok, err := c.store.Follow(ctx, id)
	if err != nil {
		return err
	}
	p, _ := authn.From(ctx)
	if ok && !p.Is(f.FollowerID) && !p.Staff && !p.Superuser {
		return marketplace.ErrFollowOfOthers
	}
	if ok {
		ok, err = c.store.DeleteFollow(ctx, id) // not ok: somebody was faster
	}
	if err == nil && !ok {
		err = errs.ErrNotFound
	}
	return err
}

// FollowByID returns one of the caller's.
//
// Errors: errs.ErrNotFound, also for others'.
func (c *Core) FollowByID(ctx context.Context, id int64) (FollowShown, error) {
	f, ok, err := c.store.Follow(ctx, id)
	if err == nil && (!ok || f.FollowerID != authn.UserID(ctx)) {
		err = errs.ErrNotFound
	}
	if err != nil {
		return FollowShown{}, err
	}
	return c.showFollows(ctx, []store.Follow{f})[0], nil
}

// showFollows asks auth for all people of a page at once.
func (c *Core) showFollows(ctx context.Context, rows []store.Follow) []FollowShown {
	var ids []int64
	for _, f := range rows {
		ids = append(ids, f.FollowerID, f.FollowingID)
	}
	users := c.people(ctx, unique(ids))
	out := make([]FollowShown, len(rows))
	for i, f := range rows {
		out[i] = FollowShown{f, known(users, f.FollowerID), known(users, f.FollowingID)}
	}
	return out
}
