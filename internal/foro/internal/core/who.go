package core

import (
	"context"

	"agrovet/internal/auth"
	"agrovet/internal/profiles"
)

// Who is as whom somebody appears to the reader.
type Who struct {
	User      auth.User
	Card      profiles.Card
	Anonymous bool // others do not learn who it is; the reader does when User has an id
}

// people are who they are, by id. What auth or profiles cannot tell now is left out: a post under a number
// says more than an error.
func (c *Core) people(ctx context.Context, ids []int64) map[int64]Who {
	all := make(map[int64]Who, len(ids))
	if len(ids) == 0 {
		return all
	}
	users := c.users(ctx, ids)
	var cards map[int64]profiles.Card
	if c.Profiles != nil {
		var err error
		if cards, err = c.Profiles.Cards(ctx, ids...); err != nil {
			c.Log.WarnContext(ctx, "profiles does not say what these users are", "users", len(ids), "error", err)
		}
	}
	for _, id := range ids {
		u, ok := users[id]
		if !ok {
			u = auth.User{ID: id}
		}
		all[id] = Who{User: u, Card: cards[id]}
	}
	return all
}

// users are what auth says of people, by id; nothing when it does not answer.
func (c *Core) users(ctx context.Context, ids []int64) map[int64]auth.User {
	if len(ids) == 0 {
		return nil
	}
	users, err := c.Users.Users(ctx, ids...)
	if err != nil {
		c.Log.WarnContext(ctx, "auth does not say who these users are, showing their ids", "users", len(ids), "error", err)
	}
	return users
}

// shownAs is the id under which somebody appears to the reader: 0 for whom they do not learn.
func shownAs(ctx context.Context, userID int64, anonymous bool) int64 {
	if anonymous && !is(ctx, userID) && !staff(ctx) {
		return 0
	}
	return userID
}

// author is as whom a post's or comment's author appears.
func author(ctx context.Context, people map[int64]Who, userID int64, anonymous bool) Who {
	who := people[shownAs(ctx, userID, anonymous)]
	who.Anonymous = anonymous
	return who
}
