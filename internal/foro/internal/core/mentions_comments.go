package core

import (
	"context"
	"slices"

	"agrovet/internal/foro"
)

// mentionable says whether these users are there to be mentioned, and makes them known to the forum.
//
// Errors: a wrong field; foro.ErrAuthUnavailable.
func (c *Core) mentionable(ctx context.Context, ids []int64) error {
	if len(ids) == 0 {
		return nil
	}
	users, err := c.Users.Users(ctx, ids...)
	if err != nil {
		return foro.ErrAuthUnavailable.Wrap(err)
	}
	known, err := c.store.People(ctx, ids...)
	if err != nil {
		return err
	}
	for _, id := range ids {
		u, there := users[id]
		p, ok := known[id]
		if !there || p.Gone {
			return noKey("mention_ids", id)
		}
		if !ok {
			if _, err := c.store.Join(ctx, id, u.Role); err != nil {
				return err
			}
		}
	}
	return nil
}

// mentionInComment stores whom a comment mentions, in place of those before.
func (c *Core) mentionInComment(ctx context.Context, m *foro.Comment, before []int64) (err error) {
	if slices.Equal(m.Mentions, before) {
		return nil
	}
	m.Mentions, err = c.store.MentionInComment(ctx, m.ID, m.Mentions)
	return err
}

// without is what is in all and not in some.
func without(all, some []int64) []int64 {
	return slices.DeleteFunc(slices.Clone(all), func(id int64) bool { return slices.Contains(some, id) })
}
