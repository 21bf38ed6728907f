package core

import (
	"context"
	"slices"

	"agrovet/internal/foro"
)

// mentionable asks auth whether there are these people, whom a comment speaks of.
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
	for _, id := range ids {
		if _, ok := users[id]; !ok {
			return noKey("mention_ids", id)
		}
	}
	return nil
}

// mentionInComment stores whom a comment mentions, in place of those before: those who are not gone, and
// not the writer.
func (c *Core) mentionInComment(ctx context.Context, m *foro.Comment, before, staying []int64) error {
	m.Mentions = slices.DeleteFunc(slices.Clone(m.Mentions), func(id int64) bool { return id == m.UserID || !slices.Contains(staying, id) })
	if slices.Equal(m.Mentions, before) {
		return nil
	}
	return c.store.MentionInComment(ctx, m.ID, m.Mentions)
}
