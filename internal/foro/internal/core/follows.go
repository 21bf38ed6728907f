package core

import (
	"context"
	"slices"

	"agrovet/internal/auth"
	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store"
	"agrovet/internal/platform/authn"
)

// WatchPost has the caller follow a post, or mute it; the one ends the other.
//
// Errors: errs.ErrNotFound for what they do not see; foro.ErrAccountGone, ErrTooManyFollows, ErrTooManyMutes.
func (c *Core) WatchPost(ctx context.Context, id int64, mute bool) error {
	if _, err := c.seen(ctx, id); err != nil {
		return err
	}
	return c.DB.Tx(ctx, func(ctx context.Context) error {
		if _, err := c.admitAlone(ctx); err != nil {
			return err
		}
		return c.watch(ctx, store.WatchPost, id, mute)
	})
}

// FollowTag has the caller follow a tag.
//
// Errors: foro.ErrNoTag, ErrAccountGone, ErrTooManyFollows.
func (c *Core) FollowTag(ctx context.Context, name string) error {
	t, err := c.tag(ctx, name)
	if err != nil {
		return err
	}
	return c.DB.Tx(ctx, func(ctx context.Context) error {
		if _, err := c.admitAlone(ctx); err != nil {
			return err
		}
		return c.watch(ctx, store.WatchTag, t.ID, false)
	})
}

// tag is the one of a name, as it is written in any way.
//
// Errors: foro.ErrNoTag.
func (c *Core) tag(ctx context.Context, name string) (store.Tag, error) {
	folded, ok := FoldTag(name)
	if !ok {
		return store.Tag{}, foro.ErrNoTag
	}
	t, ok, err := c.store.TagByName(ctx, folded)
	if err == nil && !ok {
		err = foro.ErrNoTag
	}
	return t, err
}

// WatchPerson has the caller follow somebody, or mute them; the one ends the other.
//
// Errors: foro.ErrFollowSelf, ErrMuteSelf, ErrAccountGone, ErrTooManyFollows, ErrTooManyMutes, ErrAuthUnavailable;
// auth.ErrUserUnknown.
func (c *Core) WatchPerson(ctx context.Context, userID int64, mute bool) error {
	me, _ := authn.From(ctx)
	switch {
	case me.Is(userID) && mute:
		return foro.ErrMuteSelf
	case me.Is(userID):
		return foro.ErrFollowSelf
	}
	users, err := c.Users.Users(ctx, userID)
	if err != nil {
		return foro.ErrAuthUnavailable.Wrap(err)
	}
	other, ok := users[userID]
	if !ok {
		return auth.ErrUserUnknown
	}
	return c.DB.Tx(ctx, func(ctx context.Context) error {
		if err := c.lockPair(ctx, other); err != nil {
			return err
		}
		return c.watch(ctx, store.WatchPerson, userID, mute)
	})
}

// lockPair locks the caller alone and keeps somebody else from going: the lower id first, so that two who do it to
// each other do not wait in a circle.
//
// Errors: foro.ErrAccountGone; auth.ErrUserUnknown for who is gone.
func (c *Core) lockPair(ctx context.Context, other auth.User) error {
	ids := []int64{authn.UserID(ctx), other.ID}
	slices.Sort(ids)
	for _, id := range ids {
		if id != other.ID {
			if _, err := c.admitAlone(ctx); err != nil {
				return err
			}
		} else if p, err := c.lockKnown(ctx, other.ID, other.Role, c.stays); err != nil || p.Gone {
			if err == nil {
				err = auth.ErrUserUnknown
			}
			return err
		}
	}
	return nil
}

// watch makes the caller, who is locked alone, follow or mute something.
func (c *Core) watch(ctx context.Context, k store.WatchKind, objectID int64, mute bool) error {
	me, most, tooMany := authn.UserID(ctx), foro.MaxFollows, foro.ErrTooManyFollows
	if mute {
		most, tooMany = foro.MaxMutes, foro.ErrTooManyMutes
	}
	changed, err := c.store.SetWatch(ctx, k, me, objectID, mute)
	if err != nil || !changed {
		return err
	}
	n, err := c.store.CountWatches(ctx, k, me, mute, most+1)
	if err == nil && n > int64(most) {
		err = tooMany
	}
	return err
}

// Unwatch ends that the caller follows or mutes a post or a person, whether they did or not.
func (c *Core) Unwatch(ctx context.Context, k store.WatchKind, objectID int64, mute bool) error {
	return c.store.DeleteWatch(ctx, k, authn.UserID(ctx), objectID, mute)
}

// UnfollowTag ends that the caller follows a tag, whether they did or not.
//
// Errors: foro.ErrNoTag.
func (c *Core) UnfollowTag(ctx context.Context, name string) error {
	t, err := c.tag(ctx, name)
	if err != nil {
		return err
	}
	return c.Unwatch(ctx, store.WatchTag, t.ID, false)
}
