package core

import (
	"context"

	"agrovet/internal/foro"
)

// exist asks auth whether there are these people, whom a text speaks of.
//
// Errors: a wrong field; foro.ErrAuthUnavailable.
func (c *Core) exist(ctx context.Context, userIDs []int64) error {
	if len(userIDs) == 0 {
		return nil
	}
	users, err := c.Users.Users(ctx, userIDs...)
	if err != nil {
		return foro.ErrAuthUnavailable.Wrap(err)
	}
	for _, id := range userIDs {
		if _, ok := users[id]; !ok {
			return noKey("mention_ids", id)
		}
	}
	return nil
}
