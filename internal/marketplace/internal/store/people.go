package store

import (
	"context"
	"slices"
)

// LockPerson locks a person whose things change, until the commit; gone says that they were deleted.
func (s Store) LockPerson(ctx context.Context, userID int64) (gone bool, err error) {
	if err := queries.PeopleMake(ctx, s.DB.Q(ctx), []int64{userID}); err != nil {
		return false, err
	}
	return queries.PersonForUpdate(ctx, s.DB.Q(ctx), userID)
}

// LockPair locks a person whose things change and keeps another one, to whom they will refer, from
// going. The lower id is locked first, so that two who do it to each other do not wait in a circle.
func (s Store) LockPair(ctx context.Context, userID, otherID int64) (gone, otherGone bool, err error) {
	ids := []int64{userID, otherID}
	slices.Sort(ids)
	if err := queries.PeopleMake(ctx, s.DB.Q(ctx), ids); err != nil {
		return false, false, err
	}
	for _, id := range ids {
		if id == userID {
			gone, err = queries.PersonForUpdate(ctx, s.DB.Q(ctx), id)
		} else {
			otherGone, err = queries.PersonForShare(ctx, s.DB.Q(ctx), id)
		}
		if err != nil {
			return false, false, err
		}
	}
	return gone, otherGone, nil
}

// forgotten is how much one statement removes, so that none takes too long.
const forgotten = 10_000

// ForgetPerson marks a person as gone and removes what they have and what refers to them.
func (s Store) ForgetPerson(ctx context.Context, userID int64) error {
	if err := queries.PersonGone(ctx, s.DB.Q(ctx), userID); err != nil {
		return err
	}
	for {
		n, err := s.forgetFollows(ctx, userID)
		if err != nil {
			return err
		}
		if n == 0 {
			break
		}
	}
	if err := queries.FavouritesForget(ctx, s.DB.Q(ctx), userID); err != nil {
		return err
	}
	return queries.BlocksForget(ctx, s.DB.Q(ctx), userID)
}
