package core

import (
	"context"

	"agrovet/internal/auth"
	"agrovet/internal/profiles"
)

// person is what auth says of a user.
type person struct {
	auth.User
	away bool // auth could not be asked: only the id is known
}

// person asks auth for one user. When auth cannot be asked, that is no error yet: it may not matter.
//
// Errors: profiles.ErrUserUnknown.
func (b *base) person(ctx context.Context, userID int64) (person, error) {
	users, err := b.people(ctx, userID)
	user, ok := users[userID]
	switch {
	case err != nil:
		return person{User: auth.User{ID: userID}, away: true}, nil
	case !ok:
		return person{}, profiles.ErrUserUnknown
	}
	return person{User: user}, nil
}

// people asks auth for all the users of a page at once.
func (b *base) people(ctx context.Context, ids ...int64) (map[int64]auth.User, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	users, err := b.Users.Users(ctx, ids...)
	if err != nil {
		b.Log.WarnContext(ctx, "auth does not say who these users are, showing their ids", "users", len(ids), "error", err)
	}
	return users, err
}

// display is how the user is called: "User <id>" when auth does not say.
func display(users map[int64]auth.User, userID int64) string {
	u, ok := users[userID]
	if !ok {
		u = auth.User{ID: userID}
	}
	return u.DisplayName()
}

// kindOf is the kind of profile that goes with a role in any spelling; ok is false for a role, or
// the want of one, that no profile goes with.
func kindOf(role auth.Role) (kind profiles.Kind, ok bool) {
	role, ok = auth.ParseRole(string(role))
	return profiles.Kind(role), ok && role != auth.NoRole
}
